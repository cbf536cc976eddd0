"""The rows of a collection's paragraphs and sentences, counted without gaps, and their numbers."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.collection_index import SENTENCE_BITS


class SentenceRows:
    """Turns the numbers of an index into rows of arrays, and rows back into numbers.

    `paragraphs` are their numbers in their order, `counts` how many sentences each has.
    """

    def __init__(self, paragraphs: Sequence[int], counts: Sequence[int]) -> None:
        self.paragraphs: NDArray[np.int64] = np.array(paragraphs, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(counts, dtype=np.intp)])

    def __len__(self) -> int:
        return int(self._starts[-1])

    def paragraph_row(self, number: int) -> int:
        """The row of a paragraph."""
        return int(np.searchsorted(self.paragraphs, number))

    def row(self, sentence: int) -> int:
        """The row of a sentence."""
        paragraph = sentence >> SENTENCE_BITS
        place = sentence - (paragraph << SENTENCE_BITS)
        return int(self._starts[self.paragraph_row(paragraph)]) + place

    def of_paragraph(self, row: int) -> range:
        """The rows of the sentences of a paragraph, which is given by its row."""
        return range(int(self._starts[row]), int(self._starts[row + 1]))

    def of_paragraphs(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of the sentences of paragraphs, which are given by their rows, one by one."""
        counts = self._starts[rows + 1] - self._starts[rows]
        ends = np.cumsum(counts)
        within = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
        found: NDArray[np.intp] = within + np.repeat(self._starts[rows], counts)
        return found

    def paragraphs_of(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """The rows of the paragraphs that sentences are in, which are given by their rows."""
        return np.searchsorted(self._starts, rows, "right") - 1

    def paragraph_of(self, row: int) -> int:
        """The row of the paragraph that a sentence is in, which is given by its row."""
        return int(np.searchsorted(self._starts, row, "right")) - 1

    def rows(self, sentences: Iterable[int]) -> NDArray[np.intp]:
        """The rows of sentences."""
        return np.fromiter(map(self.row, sentences), dtype=np.intp)

    def number(self, row: int) -> int:
        """The number of the sentence in a row."""
        paragraph = self.paragraph_of(row)
        place = row - int(self._starts[paragraph])
        return (int(self.paragraphs[paragraph]) << SENTENCE_BITS) + place

    def numbers(self) -> Iterator[int]:
        """The numbers of all sentences."""
        return map(self.number, range(len(self)))
