"""A snapshot of a collection on disk: what it was at one moment, whatever is changed meanwhile."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from retrieval.articles import Paragraph
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.store.candidate_index import CandidateIndex, CandidateSearcher
from retrieval.store.paragraph_rows import COLUMNS, Row, analysed_of, paragraph_of
from retrieval.store.schema import PARAGRAPH_BITS, connect

MOST_TRIES = 100
SELECT = f"SELECT {COLUMNS} FROM paragraphs"  # noqa: S608  # names of columns


class Snapshot:
    """Reads one state of the tables and of the candidates that belong to it.

    Articles have rows, which mean nothing, and ranks, which are their places in the order of the
    collection. A paragraph's number is its article's rank in front of 24 bits for its place there;
    in the tables the row stands in front.
    """

    def __init__(self, folder: Path, candidates: CandidateIndex) -> None:
        self._lock = Lock()
        self._connection = connect(folder)
        for _ in range(MOST_TRIES):
            before = self._version()
            self.searcher: CandidateSearcher = candidates.searcher()
            self._connection.execute("BEGIN")
            self.version = self._version()
            if self.version == before:
                break
            self._connection.execute("ROLLBACK")
        else:
            raise TimeoutError("the collection changes without end")
        self.is_clean = bool(self.meta("clean", 1))
        rows = self._connection.execute("SELECT row FROM articles ORDER BY place").fetchall()
        self.rows = np.fromiter((row for (row,) in rows), dtype=np.int64)
        self._ranks = np.full(int(self.rows.max(initial=0)) + 1, -1, dtype=np.int32)
        self._ranks[self.rows] = np.arange(len(self.rows), dtype=np.int32)

    def close(self) -> None:
        """Let go of the state; it is closed by itself when nothing refers to it any more."""
        self._connection.close()

    def one(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """The first row that a statement gives; None if it gives none."""
        with self._lock:
            row: Row | None = self._connection.execute(statement, values).fetchone()
            return row

    def all(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows that a statement gives."""
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def meta(self, name: str, default: Any = 0) -> Any:  # noqa: ANN401  # as SQLite has it
        """What is noted under that name."""
        row = self.one("SELECT value FROM meta WHERE name = ?", (name,))
        return default if row is None else row[0]

    def counts(self, of: str) -> dict[str, int]:
        """The counts of that kind by their keys."""
        return dict(self.all("SELECT key, count FROM counts WHERE of = ?", (of,)))

    def rank(self, row: int) -> int:
        """The place of an article in the collection, from 0; -1 if it is not there."""
        return int(self._ranks[row]) if row < len(self._ranks) else -1

    def number_of(self, stored: int) -> int:
        """The number of a paragraph by the one that is stored; negative if it is not there."""
        place = stored & ((1 << PARAGRAPH_BITS) - 1)
        return (self.rank(stored >> PARAGRAPH_BITS) << PARAGRAPH_BITS) + place

    def stored_number(self, number: int) -> int:
        """The number that a paragraph has in the tables."""
        place = number & ((1 << PARAGRAPH_BITS) - 1)
        return (int(self.rows[number >> PARAGRAPH_BITS]) << PARAGRAPH_BITS) + place

    def analysed(self, number: int, article: str, language: str) -> AnalysedParagraph:
        """The paragraph of that number, of an article of that id and language."""
        stored = self.stored_number(number)
        row = self.one(f"{SELECT} WHERE number = ?", (stored,))
        if row is None:
            raise KeyError(number)
        first = stored >> PARAGRAPH_BITS << PARAGRAPH_BITS
        return analysed_of(row, article, first, language)

    def paragraph(self, article: str, row: int, place: int) -> Paragraph:
        """The paragraph at that place, from 0, of the article in that row."""
        first = row << PARAGRAPH_BITS
        found = self.one(f"{SELECT} WHERE number = ?", (first + place,))
        if found is None:
            raise KeyError(place)
        return paragraph_of(found, article, first)

    def paragraphs_of(self, article: str, row: int) -> Iterator[Paragraph]:
        """The paragraphs of the article in that row."""
        first = row << PARAGRAPH_BITS
        last = first + (1 << PARAGRAPH_BITS)
        found = self.all(
            f"{SELECT} WHERE number >= ? AND number < ? ORDER BY number", (first, last)
        )
        return (paragraph_of(row, article, first) for row in found)

    def _version(self) -> int:
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        return 0 if row is None else int(row[0])
