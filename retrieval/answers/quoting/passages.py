"""A passage: the sentences of one paragraph that are quoted together."""

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple


class Passage(NamedTuple):
    """Sentences of one paragraph, by their numbers.

    All from the first to the last one; of a list or a table only those in `chosen`, in order.
    """

    paragraph: int
    first: int
    last: int
    chosen: tuple[int, ...] = ()

    @property
    def sentences(self) -> range | tuple[int, ...]:
        """The numbers of the sentences."""
        return self.chosen or range(self.first, self.last + 1)

    @property
    def runs(self) -> list[tuple[int, int]]:
        """The first and last sentence of each part in which nothing is omitted."""
        breaks = [(one, two) for one, two in pairwise(self.chosen) if two > one + 1]
        firsts = [self.first, *(two for _, two in breaks)]
        lasts = [*(one for one, _ in breaks), self.last]
        return list(zip(firsts, lasts, strict=True))

    def touches(self, other: "Passage") -> bool:
        """Whether the two share a sentence."""
        overlap = self.first <= other.last and other.first <= self.last
        if not overlap or not (self.chosen or other.chosen):
            return overlap
        return not set(self.sentences).isdisjoint(other.sentences)

    def joined(self, other: "Passage") -> "Passage":
        """Both and what is between them."""
        return Passage(self.paragraph, min(self.first, other.first), max(self.last, other.last))


def passage_of(paragraph: int, sentences: Iterable[int]) -> Passage:
    """The passage of these sentences, of which there is at least one."""
    numbers = tuple(sorted(set(sentences)))
    return Passage(paragraph, numbers[0], numbers[-1], numbers)
