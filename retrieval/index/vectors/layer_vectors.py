"""The vectors of one layer of a collection, and which of them are there."""

from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.vectors.quantization import Cosines, Quantized, nothing
from retrieval.index.vectors.vector_store import Keys, VectorStore

Rows: TypeAlias = NDArray[np.intp]
Places: TypeAlias = NDArray[np.int32]

RECORDS_READ_AT_ONCE = 4096  # and checked, so that no second copy of all is in memory


class Layer(StrEnum):
    """What has a vector; they are made in this order."""

    PARAGRAPH = "paragraph"
    WINDOW = "window"
    PLAIN = "plain"


class LayerVectors:
    """The vectors of one layer, in the order in which they came, and which rows they are of.

    Rows are in the index's order. The vector of every `step`-th one is wanted in any case, others
    once `want` says so. Those that are not there take no memory.
    """

    def __init__(self, keys: Keys, dimensions: int, step: int = 1) -> None:
        self._vectors = nothing(len(keys), dimensions)
        self._count = 0  # of them have come
        self._place_of = np.full(len(keys), -1, dtype=np.int32)  # of a row's; -1: not there
        self.step = step
        self.keys = keys
        self._are_wanted = np.zeros(len(keys), dtype=bool)
        self._are_wanted[::step] = True
        self._record_of = np.full(len(keys), -1, dtype=np.int32)
        self._order = np.argsort(keys[:, 0], kind="stable").astype(np.int32)

    def __len__(self) -> int:
        return len(self._place_of)

    @property
    def came(self) -> Quantized:
        """The vectors that are there, in the order in which they came."""
        return self._vectors[: self._count]

    @property
    def are_there(self) -> NDArray[np.bool_]:
        """Of each row, whether its vector is there."""
        return self._place_of >= 0

    @property
    def share(self) -> float:
        """The share that is there of those wanted in any case, from 0 to 1; 0 of none."""
        return float((self._place_of[:: self.step] >= 0).mean()) if len(self) else 0.0

    @property
    def missing(self) -> Rows:
        """The rows of the vectors that are wanted and not there."""
        return np.flatnonzero(self._are_wanted & ~self.are_there)

    def places(self, rows: Rows | range) -> Places:
        """Where the vectors of these rows stand in `came`; -1 for one that is not there."""
        return self._place_of[rows]

    def cosines(self, other: Quantized, places: Places) -> Cosines:
        """The cosines of the vectors in these places with another; shape (places,), NaN for -1."""
        are_there = places >= 0
        found = places[are_there]
        cosines = np.full(len(places), np.nan)
        if len(places) == len(self):  # none is picked out first, which takes memory
            cosines[are_there] = self.came.cosines(other)[found, 0]
        else:
            cosines[are_there] = self._vectors[found].cosines(other)[:, 0]
        return cosines

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
                vectors = self._vectors[self.places(some)]
                store.add([key.tobytes() for key in self.keys[some]], vectors)

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
        places = np.arange(self._count, self._count + len(rows), dtype=np.int32)
        self._vectors.codes[places] = found["codes"]
        self._vectors.scales[places] = found["scale"]
        self._count += len(rows)
        self._place_of[rows] = places  # last, as others may be reading
        return len(rows)
