"""The port of a sentence encoder: texts go in, unit vectors come out."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vectors: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """Turns texts into unit vectors; two texts with the same meaning come close to each other.

    The vector of a text does not depend on the texts that are encoded beside it.
    """

    @property
    def name(self) -> str:
        """The encoder and its version; vectors of different names do not compare."""

    @property
    def dimensions(self) -> int:
        """How many numbers a vector has."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that may answer; shape (texts, dimensions)."""

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that ask; shape (texts, dimensions)."""

    def tokens(self, text: str) -> int:
        """How many tokens the encoder cuts the text into; its work grows with them."""
