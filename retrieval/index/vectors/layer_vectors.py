"""The vectors of one layer of a collection, and which of them are there."""

from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.vectors.quantization import Quantized, nothing
from retrieval.index.vectors.vector_store import Keys, VectorStore

Rows: TypeAlias = NDArray[np.intp]

RECORDS_READ_AT_ONCE = 4096  # and checked, so that no second copy of all is in memory


class Layer(StrEnum):
    """What has a vector; they are made in this order."""

    PARAGRAPH = "paragraph"
    WINDOW = "window"
    PLAIN = "plain"


class LayerVectors:
    """The vectors of one layer, in the index's order, and which of them are there.

    Every `step`-th one is wanted in any case, others once `want` says so. Those that are not
    there take no memory.
    """

    def __init__(self, keys: Keys, dimensions: int, step: int = 1) -> None:
        self.vectors: Quantized = nothing(len(keys), dimensions)
        self.are_there = np.zeros(len(keys), dtype=bool)
        self.step = step
        self.keys = keys
        self._are_wanted = np.zeros(len(keys), dtype=bool)
        self._are_wanted[::step] = True
        self._record_of = np.full(len(keys), -1, dtype=np.int32)
        self._order = np.argsort(keys[:, 0], kind="stable").astype(np.int32)

    def __len__(self) -> int:
        return len(self.are_there)

    @property
    def share(self) -> float:
        """The share that is there of those wanted in any case, from 0 to 1; 0 of none."""
        return float(self.are_there[:: self.step].mean()) if len(self) else 0.0

    @property
    def missing(self) -> Rows:
        """The rows of the vectors that are wanted and not there."""
        return np.flatnonzero(self._are_wanted & ~self.are_there)

    def want(self, rows: range) -> None:
        """Want the vectors of these rows from now on."""
        self._are_wanted[rows] = True

    def note(self, keys: Keys, first: int) -> None:
        """Note which records of the store belong here, by their keys from number `first` on.

        Where there are several of one text, the last one counts: it was made for a damaged one.
        """
        own = self.keys[:, 0]
        start = np.searchsorted(own, keys[:, 0], "left", sorter=self._order)
        counts = np.searchsorted(own, keys[:, 0], "right", sorter=self._order) - start
        records = np.repeat(np.arange(len(keys)), counts)
        within = np.arange(len(records)) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = self._order[np.repeat(start, counts) + within]
        are_same = self.keys[rows, 1] == keys[records, 1]
        self._record_of[rows[are_same]] = first + records[are_same]

    def copy_to(self, store: VectorStore) -> None:
        """Add what is there, of that which is wanted in any case, to another store, each once."""
        rows = np.flatnonzero(self.are_there[:: self.step]) * self.step
        _, first = np.unique(self.keys[rows], axis=0, return_index=True)
        for some in np.array_split(rows[np.sort(first)], len(first) // RECORDS_READ_AT_ONCE + 1):
            if len(some):
                store.add([key.tobytes() for key in self.keys[some]], self.vectors[some])

    def take(self, store: VectorStore) -> bool:
        """Take over what is wanted, in the store and not damaged; whether there was any."""
        rows = self.missing
        rows = rows[self._record_of[rows] >= 0]
        if not len(rows):
            return False
        parts = np.array_split(rows, len(rows) // RECORDS_READ_AT_ONCE + 1)
        return sum(self._take_over(part, store) for part in parts) > 0

    def _take_over(self, rows: Rows, store: VectorStore) -> int:
        records = store.records()  # the file is mapped only so long
        if not len(records):
            return 0
        found = records.take(self._record_of[rows], mode="clip")
        under = np.ascontiguousarray(found["digest"]).view("<u8").reshape(-1, 2)
        # In another file the records have other numbers.
        are_sound = store.sound(found) & (under == self.keys[rows]).all(axis=1)
        self._record_of[rows[~are_sound]] = -1
        rows, found = rows[are_sound], found[are_sound]
        self.vectors.codes[rows] = found["codes"]
        self.vectors.scales[rows] = found["scale"]
        self.are_there[rows] = True
        return len(rows)
