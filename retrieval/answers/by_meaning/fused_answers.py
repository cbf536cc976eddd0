"""What answers by words and by meaning, where a collection has vectors."""

from collections.abc import Sequence

from retrieval.answers.by_meaning.fused_confidence import FusedConfidence, Signals
from retrieval.answers.by_meaning.fusion import is_near_the_best, spread
from retrieval.answers.quoting.completion import with_code
from retrieval.answers.quoting.evidence import MOST_RELATED_QUOTES, Evidence
from retrieval.answers.quoting.passage_selection import PassageSelection
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.surroundings import with_surroundings
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.missing_subject import (
    asks_whether_unknown,
    lacks_name,
    speaks_of_other,
)
from retrieval.answers.ranking.needs import fits_need, measures_what_is_asked
from retrieval.questions.question_kinds import GATED


class FusedAnswers:
    """Which of the candidates answer a query, as `WordAnswers` says it by words alone.

    Behind the first quote of an answer come those whose scores are near; of the closest passages
    there are always three.
    """

    def __init__(
        self,
        selection: PassageSelection,
        found: Sequence[Candidate],
        confidence: FusedConfidence,
        limit: int,
    ) -> None:
        self._selection = selection
        self.held = selection.scores.held
        self._index = selection.index
        self._query = selection.query
        self._quoter = selection.quoter
        self._confidence = confidence
        self._limit = limit
        self.found = self._fitting_first(found) if self._query.need in GATED else found
        self._first = next(iter(selection.select(self.found, limit)), None)

    def answers(self, limit: int | None = None) -> list[Passage]:
        """The passages that answer, at most `limit`; none if the first one does not."""
        if self._first is None or not self._is_there(self._first):
            return []
        if not self._suffices(self._first):
            return []
        near = [c for c in self.found if is_near_the_best(c, self.found[0])]
        return self._quoter.without_excess(self._selection.select(near, limit or self._limit))

    def closest(self) -> Evidence:
        """The passages that come closest to a query that nothing answers, in their surroundings.

        Often what was asked stands beside the sentence that comes closest. Of a list behind the
        first one only the entry that comes close: a phone shows no more.
        """
        spaced = self._selection.select(spread(self.found), MOST_RELATED_QUOTES)
        short = self._quoter.without_excess([*spaced[:1], *map(self._entry_of, spaced[1:])])
        nearness = self._confidence.likeness.evenly_of
        whole = with_surroundings(self._index, self._quoter, short, nearness)
        near = with_code(self._index, whole)
        closest = self._quoter.quotes(near)
        return Evidence(self._query, related=closest, by_meaning=bool(closest))

    def _entry_of(self, passage: Passage) -> Passage:
        listed = self._index.list_or_table(passage.paragraph)
        shown = [n for n in passage.sentences if listed is not None and n not in listed.lead]
        if not shown:
            return passage
        best = next((c.sentence for c in self.found if c.sentence in shown), shown[0])
        return self._quoter.passage(best)

    def further(self, shown: Sequence[Passage], most: int) -> list[Passage]:
        """The next best passages, which say what those shown do not."""
        return self._selection.select(
            self.found, most, lambda _, passage: self._quoter.is_new(passage, shown)
        )

    @property
    def is_by_meaning(self) -> bool:
        """Whether the first passage holds no word of the question, or is in another language."""
        if self._query.foreign or self._first is None:
            return True
        return not self._confidence.told(self._first)

    def signals(self) -> Signals | None:
        """What confidence weighs for the first passage; None where that may not answer at all."""
        if self._first is None or not self._is_there(self._first):
            return None
        return self._confidence.signals(self.found[0], self._first)

    def _fitting_first(self, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates, in front the first with what has to be there if it is near enough."""
        near = [c for c in found if is_near_the_best(c, found[0])]
        best = next((c for c in near if self._fits(self._selection.passage(c))), None)
        if best is None or not self._surely_fits(self._selection.passage(best)):
            return found
        rest = [candidate for candidate in found if candidate is not best]
        return [best._replace(score=found[0].score), *rest]

    def _fits(self, passage: Passage) -> bool:
        return any(fits_need(self._index, self._query, number) for number in passage.sentences)

    def _surely_fits(self, passage: Passage) -> bool:
        sentences = passage.sentences
        return any(measures_what_is_asked(self._index, self._query, n) for n in sentences)

    def _is_there(self, first: Passage) -> bool:
        """Whether what is asked about, and a year, a time or a number asked for, is there."""
        if self._query.need in GATED and not self._fits(first):
            return False
        if speaks_of_other(self._index, self._query, first.paragraph):
            return False
        is_foreign = bool(self._query.foreign)
        return is_foreign or not lacks_name(self._index, self._query, self.found)

    def _suffices(self, first: Passage) -> bool:
        is_unknown = not self._query.foreign and asks_whether_unknown(
            self._index, self._query, self.found
        )
        return self._confidence.suffices(self.found[0], first, by_meaning_alone=is_unknown)
