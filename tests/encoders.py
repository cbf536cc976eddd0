"""An encoder that needs no package: texts with words in common come close to each other."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from retrieval.index.vectors.encoder import Vectors
from retrieval.text.analysis import words


class WordEncoder:
    """Each word adds to one of 64 numbers; `seen` are all passages that it was given."""

    dimensions = 64

    def __init__(self, name: str = "words-1") -> None:
        self.name = name
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> Vectors:
        self.seen += texts
        return np.stack([self._vector(text) for text in texts])

    def questions(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def tokens(self, text: str) -> int:
        return len(list(words(text)))

    def _vector(self, text: str) -> Vectors:
        vector = np.full(self.dimensions, 0.01, dtype=np.float32)
        for word in words(text.casefold()):
            vector[crc32(word.text.encode("utf-8", "replace")) % self.dimensions] += 1
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)
