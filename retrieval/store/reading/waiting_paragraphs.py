"""Paragraphs that were added a moment ago, and are not in the inverted index yet.

A commit of that index costs more than everything else that an addition takes. So what is new
waits until it is worth one, and is proposed for every question meanwhile.
"""

from itertools import chain

import numpy as np

from retrieval.index.analysed_paragraph import splits
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.schema import PARAGRAPH_BITS

SELECT = """SELECT number, ids FROM waiting JOIN analyses
    ON number BETWEEN row << 24 AND (row << 24) + ?"""


class WaitingParagraphs:
    """The paragraphs of a snapshot that are not in its inverted index."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        rows = snapshot.all(SELECT, ((1 << PARAGRAPH_BITS) - 1,))
        self.numbers = snapshot.numbers_of([number for number, _ in rows])
        self._terms = np.frombuffer(b"".join(ids for _, ids in rows), dtype=np.uint32)
        sizes = [len(ids) // self._terms.itemsize for _, ids in rows]
        self._owner = np.repeat(np.array(self.numbers, dtype=np.int64), sizes)

    def with_pair(self, pair: str) -> frozenset[int]:
        """The numbers of those that hold a pair of neighbouring terms."""
        return frozenset(chain.from_iterable(self._side_by_side(*two) for two in splits(pair)))

    def _side_by_side(self, one: str, other: str) -> list[int]:
        first, second = (self._snapshot.terms.row(term).id for term in (one, other))
        if first is None or second is None or not self.numbers:
            return []
        are_there = (self._terms[:-1] == first) & (self._terms[1:] == second)
        are_there &= self._owner[:-1] == self._owner[1:]
        found: list[int] = self._owner[:-1][are_there].tolist()
        return found
