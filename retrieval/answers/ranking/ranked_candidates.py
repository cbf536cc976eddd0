"""Ranked candidates, of which only those are scored that are looked at."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import islice
from math import inf
from typing import overload

from retrieval.answers.ranking.candidates import Candidate


def looked_at(
    found: Sequence[Candidate], is_wanted: Callable[[int], bool], least: float = -inf
) -> Iterator[Candidate]:
    """The candidates in their order that score at least so much, if their paragraph is wanted.

    That is asked when it is their turn; what is not wanted once never is again.
    """
    if isinstance(found, RankedCandidates):
        return found.looked_at(is_wanted, least)
    return (c for c in found if c.score >= least and is_wanted(c.paragraph))


class RankedCandidates(Sequence[Candidate]):
    """Candidates by their scores, the best first, equal ones in the order of the collection.

    `ceilings` are the sentences in any order: more than each can score, its number and that of its
    paragraph. `scored` gives its candidate. A sentence is not scored before another one that is
    sure to be better was looked at, so of most questions few are.
    """

    def __init__(
        self, ceilings: Iterable[tuple[float, int, int]], scored: Callable[[int], Candidate]
    ) -> None:
        self._ceilings = sorted(ceilings, reverse=True)
        self._score = scored
        self._scored: dict[int, Candidate] = {}

    def looked_at(self, is_wanted: Callable[[int], bool], least: float) -> Iterator[Candidate]:
        """See the function of that name."""
        heap: list[tuple[float, int, Candidate]] = []
        for ceiling, sentence, paragraph in [*self._ceilings, (-inf, 0, 0)]:
            while heap and -heap[0][0] > ceiling:
                candidate = heappop(heap)[-1]
                if is_wanted(candidate.paragraph):
                    yield candidate
            if ceiling > least and is_wanted(paragraph):
                candidate = self._candidate(sentence)
                if candidate.score >= least:
                    heappush(heap, (-candidate.score, sentence, candidate))

    def _candidate(self, sentence: int) -> Candidate:
        found = self._scored.get(sentence)
        if found is None:
            found = self._scored[sentence] = self._score(sentence)
        return found

    def __len__(self) -> int:
        return len(self._ceilings)

    def __iter__(self) -> Iterator[Candidate]:
        return self.looked_at(lambda _: True, -inf)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...
    @overload
    def __getitem__(self, place: slice) -> list[Candidate]: ...
    def __getitem__(self, place: int | slice) -> Candidate | list[Candidate]:
        if isinstance(place, slice):
            return list(islice(self, *place.indices(len(self))))
        return next(islice(self, range(len(self))[place], None))
