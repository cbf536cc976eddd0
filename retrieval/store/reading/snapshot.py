"""A snapshot of a collection on disk: what it was at one moment, whatever is changed meanwhile."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple, Protocol
from weakref import finalize

import numpy as np

from retrieval.articles import Paragraph
from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphTerms
from retrieval.index.statistics import Alternatives, TextStatistics
from retrieval.index.term_counts import Pair, TermCounts
from retrieval.store.tables.analysis_rows import (
    SELECT_ANALYSES,
    StoredTerms,
    analysed_of,
    counts_in,
)
from retrieval.store.tables.paragraph_rows import SELECT, Row, paragraph_of
from retrieval.store.tables.schema import PARAGRAPH_BITS, connect
from retrieval.store.tables.term_table import TermTable, looked_up

MOST_SNAPSHOT_TRIES = 100
IN_ARTICLE = (1 << PARAGRAPH_BITS) - 1
# As one text, because there may be very many.
ROWS = "SELECT group_concat(row) FROM (SELECT row FROM articles ORDER BY place)"


class Searcher(Protocol):
    """One state of an index that proposes paragraphs by their stored numbers."""

    def query(
        self,
        words: Sequence[Alternatives],
        pairs: Sequence[Alternatives],
        statistics: TextStatistics,
    ) -> Any | None:  # noqa: ANN401  # in the index's own language
        """What the words and pairs look up; None if no paragraph can hold any of it."""

    def best(self, query: Any, limit: int) -> list[int]:  # noqa: ANN401
        """The numbers of the paragraphs that come first."""

    def holding_pair(self, pair: str) -> int:
        """How many paragraphs hold a pair."""

    def with_pair(self, pair: str, most: int) -> list[int]:
        """The numbers of the paragraphs that hold a pair."""


class ProposingIndex(Protocol):
    """An index that proposes paragraphs."""

    def searcher(self) -> Searcher:
        """The index as it is at this moment."""


class StoredParagraph(NamedTuple):
    """A paragraph of which the analysis was read, see `ParagraphSource`."""

    snapshot: "Snapshot"
    analysis: Row

    @property
    def paragraph(self) -> Paragraph:
        """What it says and where it stands."""
        return self.snapshot.stored_paragraph(self.analysis[0])

    @property
    def terms(self) -> ParagraphTerms:
        """Its terms, of which only those are looked up that are asked for."""
        return self.snapshot.terms_of(self.analysis)


class Snapshot:
    """Reads one state of the tables and of the index that belongs to them.

    Articles have rows, which mean nothing, and ranks, which are their places in the order of the
    collection. A paragraph's number is its article's rank in front of 24 bits for its place there;
    in the tables the row stands in front.
    """

    def __init__(self, folder: Path, index: ProposingIndex) -> None:
        self._lock = Lock()
        self._connection = connect(folder)
        self._close = finalize(self, self._connection.close)
        for _ in range(MOST_SNAPSHOT_TRIES):
            before = self._version()
            self.searcher: Searcher = index.searcher()
            self._connection.execute("BEGIN")
            self.version = self._version()
            if self.version == before:
                break
            self._connection.execute("ROLLBACK")
        else:
            raise TimeoutError("the collection changes without end")
        self.terms = TermTable(self.all)
        self.is_clean = bool(self.meta("clean", 1))
        (rows,) = self._connection.execute(ROWS).fetchone()
        self.rows = np.fromstring(rows or "", dtype=np.int64, sep=",")
        # By their rows; the last place is that of all rows that came later.
        self._ranks = np.full(int(self.rows.max(initial=0)) + 2, -1, dtype=np.int32)
        self._ranks[self.rows] = np.arange(len(self.rows), dtype=np.int32)

    def close(self) -> None:
        """Close the snapshot; it also closes by itself once nothing refers to it."""
        self._close()

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

    def numbers_of(self, stored: Sequence[int]) -> list[int]:
        """The numbers of paragraphs by those that are stored, without those that are gone."""
        found = np.asarray(stored, dtype=np.int64)
        rows = found >> PARAGRAPH_BITS
        ranks = self._ranks.take(rows, mode="clip").astype(np.int64)
        numbers = (ranks << PARAGRAPH_BITS) + (found & IN_ARTICLE)
        there: list[int] = numbers[ranks >= 0].tolist()
        return there

    def stored_numbers(self, numbers: Sequence[int]) -> list[int]:
        """The numbers that paragraphs have in the tables."""
        wanted = np.asarray(numbers, dtype=np.int64)
        stored: list[int] = (
            (self.rows[wanted >> PARAGRAPH_BITS] << PARAGRAPH_BITS) + (wanted & IN_ARTICLE)
        ).tolist()
        return stored

    def with_numbers(self, select: str, stored: Sequence[int]) -> list[Row]:
        """The rows of the paragraphs of those numbers in the tables, in that order.

        `select` begins with the number and ends in it. KeyError if there is no such paragraph.
        """
        found = {row[0]: row for row in looked_up(self.all, f"{select} IN", stored)}
        return [found[number] for number in stored]

    def analyses(self, numbers: Sequence[int]) -> list[Row]:
        """What is known of the paragraphs of those numbers, as rows."""
        return self.with_numbers(SELECT_ANALYSES, self.stored_numbers(numbers))

    def analysed(self, analysis: Row) -> AnalysedParagraph:
        """The paragraph of such a row, whose text is read when it is asked for."""
        return analysed_of(analysis, StoredParagraph(self, analysis))

    def terms_of(self, analysis: Row) -> ParagraphTerms:
        """The terms of the paragraph of such a row."""
        return StoredTerms(analysis, self.terms.named)

    def counts_in(
        self, analyses: Sequence[Row], terms: Sequence[str], pairs: Sequence[Pair]
    ) -> TermCounts:
        """How often the terms, and pairs of those, come in at least one paragraph."""
        return counts_in(analyses, terms, [self.terms.row(term).id for term in terms], pairs)

    def paragraph(self, row: int, place: int) -> Paragraph:
        """The paragraph at that place, from 0, of the article in that row."""
        return self.stored_paragraph((row << PARAGRAPH_BITS) + place)

    def stored_paragraph(self, stored: int) -> Paragraph:
        """The paragraph of that number in the tables."""
        return paragraph_of(self.with_numbers(SELECT, [stored])[0])

    def paragraphs_of(self, row: int) -> Iterator[Paragraph]:
        """The paragraphs of the article in that row."""
        first = row << PARAGRAPH_BITS
        last = first + IN_ARTICLE
        found = self.all(f"{SELECT} BETWEEN ? AND ? ORDER BY number", (first, last))
        return map(paragraph_of, found)

    def _version(self) -> int:
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'version'").fetchone()
        return 0 if row is None else int(row[0])
