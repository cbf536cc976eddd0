"""Vectors as whole numbers of eight bits: a quarter of the memory, and sums without rounding.

In what form they lie on disk is in `vector_store.py`.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.vectors.encoder import Vectors

Codes: TypeAlias = NDArray[np.int8]
Cosines: TypeAlias = NDArray[np.float64]

LARGEST_CODE = 127
ROWS_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Quantized:
    """Vectors as codes and scales: `vector = code * scale`; shapes (n, dimensions) and (n,)."""

    codes: Codes
    scales: Vectors

    def __len__(self) -> int:
        return len(self.scales)

    def __getitem__(self, rows: NDArray[np.intp] | NDArray[np.int32] | slice) -> "Quantized":
        return Quantized(self.codes[rows], self.scales[rows])

    def cosines(self, other: "Quantized") -> Cosines:
        """The cosine of each vector here with each one there; shape (n, other's n).

        A product of two codes is at most 127 * 127 and so the sum over 384 of them is below
        2 ** 24: float32 holds it exactly, in whichever order, on however many threads.
        """
        right = other.codes.astype(np.float32).T
        found = np.empty((len(self), len(other)))
        for start in range(0, len(self), ROWS_AT_ONCE):
            block = self.codes[start : start + ROWS_AT_ONCE].astype(np.float32)
            part = found[start : start + ROWS_AT_ONCE]
            if len(other) == 1:  # BLAS would start threads, which spin while they wait
                part[:, 0] = np.einsum("ij,j->i", block, right[:, 0])
            else:
                part[:] = block @ right
        return np.multiply(found, np.outer(self.scales, other.scales))


def quantized(vectors: Vectors) -> Quantized:
    """The vectors in eight bits a number; each one's largest number becomes 127."""
    largest = np.abs(vectors).max(axis=1, initial=0.0)
    scales = np.where(largest > 0, largest / LARGEST_CODE, 1.0).astype(np.float32)
    return Quantized(np.rint(vectors / scales[:, None]).astype(np.int8), scales)


def nothing(count: int, dimensions: int) -> Quantized:
    """As many vectors of zeros; those behind the last one that is filled in take no memory."""
    codes = np.zeros((count, dimensions), dtype=np.int8)
    return Quantized(codes, np.zeros(count, dtype=np.float32))
