"""Changes a collection on disk, each change all at once.

The tables and the inverted index lie in two places, which cannot change in one moment. So articles
are never changed in place: what is new gets a row of its own and stands in the index first; then
one transaction moves the tables from the old to the new; what is old leaves the index last. A
reader passes over paragraphs that its tables do not know. Whoever writes next after a process was
killed takes away what that left. Of a long article only a piece is held at a time.

Few paragraphs that are new are not worth a commit of the index: they wait in the tables.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from retrieval.articles import Article
from retrieval.store.tables.file_states import FileState, FileStates
from retrieval.store.tables.inverted_index import IndexWriter, InvertedIndex
from retrieval.store.tables.schema import EMBEDDED, PARAGRAPH_BITS, meta, note_of, transaction
from retrieval.store.writing.article_analysis import ArticleAnalysis, ArticleAnalysts, pieces_of
from retrieval.store.writing.article_rows import ArticleRows
from retrieval.store.writing.word_changes import WordChanges

BULK_CACHE_KIB = 128_000
BULK_WAL_PAGES = 16_000  # of 8 KiB
NOTE_EDITION = """INSERT OR REPLACE INTO editions
    SELECT CAST(count AS TEXT), ? FROM counts WHERE of = 'total' AND key = 'edition'"""

# A file that was read, and the article that it gives.
ReadArticle: TypeAlias = tuple[FileState, Article | None]


class StoreWriter:
    """Changes a collection; `files` are those that it was made from.

    Digests of what is encoded are kept only if it `embeds`, because they take a quarter as much
    room as the texts. The first writer that does makes up for those that did not.
    """

    def __init__(
        self, folder: Path, connection: sqlite3.Connection, most_waiting: int, *, embeds: bool
    ) -> None:
        self._folder = folder
        self._connection = connection
        self.files = FileStates(connection)
        self._rows = ArticleRows(connection)
        self._most_waiting = most_waiting
        self._embeds = embeds
        self._is_bulk = False
        self._writer: IndexWriter | None = None
        self._analysts = ArticleAnalysts()

    @contextmanager
    def open(self) -> Iterator["StoreWriter"]:
        """Take away what a process that was killed has left; close the index at the end."""
        try:
            self._recover()
            if self._embeds and not meta(self._connection, EMBEDDED, 1):
                self._embed_all()
            yield self
        finally:
            self._close_index()
            self._analysts.close()

    def expect_many(self) -> None:
        """Take more memory for many articles that are about to come, and write to disk less often.

        Of the words most come in each batch, and so do the pages that they are counted on.
        """
        self._is_bulk = True
        self._connection.execute(f"PRAGMA cache_size = -{BULK_CACHE_KIB}")
        self._connection.execute(f"PRAGMA wal_autocheckpoint = {BULK_WAL_PAGES}")

    def meta(self, name: str) -> bytes | None:
        """What is noted under that name."""
        noted: bytes | None = note_of(self._connection, name)
        return noted

    def note(self, name: str, value: object) -> None:
        """Note something under a name."""
        self._connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def apply_all(
        self, batches: Iterable[Sequence[ReadArticle]], removed: Iterable[bytes] = ()
    ) -> None:
        """Take in files and what they give, each batch at once, and take out what is gone.

        While one batch is written, the next is read and other processes analyse it.
        """
        removed = list(removed)
        waiting: tuple[Sequence[ReadArticle], Iterator[ArticleAnalysis]] | None = None
        for batch in batches:
            analyses = self._analysts.analyses([article for _, article in batch if article])
            if waiting is not None:
                self._write(*waiting, removed)
                removed = []
            waiting = batch, analyses
        if waiting is not None or removed:
            self._write(*(waiting or ((), iter(()))), removed)

    def _write(
        self,
        read: Sequence[ReadArticle],
        coming: Iterator[ArticleAnalysis],
        removed: Sequence[bytes],
    ) -> None:
        dead = self.files.rows_of([*(state.place for state, _ in read), *removed])
        gone = sorted({*dead}.difference(self._waiting()))
        first = meta(self._connection, "next row") or 1
        new = [(first + n, state, article) for n, (state, article) in enumerate(read) if article]
        articles = {row: article for row, _, article in new}
        if is_settled := self._is_worth_a_commit(articles.values(), gone):
            self._announce(first, first + len(read))
        with transaction(self._connection):
            changes = WordChanges()
            for row in dead:
                self._rows.remove(row, changes)
            self._connection.executemany("INSERT INTO dead VALUES (?)", [(row,) for row in gone])
            for row, state, article in new:
                self._rows.add(row, state.place, article)
                changes.add_article(article)
            for part in _parts(articles, coming):
                self._add_analyses(part, changes, articles, is_settled=is_settled)
                changes = WordChanges()
            if is_settled:
                self._settle()
            self._note_waiting(() if is_settled else articles, all_settled=is_settled)
            rows = {state.place: row for row, state, _ in new}
            self.files.note([(state, rows.get(state.place)) for state, _ in read], removed)
            self.note("next row", first + len(read))
            self._connection.execute(NOTE_EDITION, (first + len(read),))
            self.note("clean", not gone)
            if new and not self._embeds:
                self.note(EMBEDDED, 0)
            self._count_version()
        if gone:
            self._bury()

    def _add_analyses(
        self,
        part: Mapping[int, ArticleAnalysis],
        changes: WordChanges,
        articles: Mapping[int, Article],
        *,
        is_settled: bool,
    ) -> None:
        """Add analyses, by the numbers of their first paragraphs, to the tables and the index."""
        for first, found in part.items():
            row = first >> PARAGRAPH_BITS
            changes.add(found.paragraphs, found.words)
            if is_settled:
                self._index_writer().add(row, enumerate(found.paragraphs, first))
            if self._embeds:
                self._rows.embed(first, articles[row].title, found.paragraphs)
        paragraphs = {first: found.paragraphs for first, found in part.items()}
        changes.write(self._connection, self._rows.add_analyses(paragraphs, changes.coming))

    def _waiting(self) -> list[int]:
        """The rows of the articles that are not in the index yet."""
        return [row for (row,) in self._connection.execute("SELECT row FROM waiting")]

    def _is_worth_a_commit(self, articles: Iterable[Article], gone: Sequence[int]) -> bool:
        """Whether there is enough for the index to be changed now."""
        before = self._connection.execute(
            "SELECT total(paragraphs) FROM articles JOIN waiting USING (row)"
        ).fetchone()[0]
        wait = int(before) + sum(len(article.paragraphs) for article in articles)
        return self._is_bulk or bool(gone) or wait > self._most_waiting

    def _settle(self) -> None:
        """Add what has waited so far to the index, too, and make what is added to it last."""
        writer = self._index_writer()
        for row in self._waiting():
            waited = self._rows.paragraphs(row)
            writer.add(row, enumerate(waited, start=row << PARAGRAPH_BITS))
        writer.commit()

    def _note_waiting(self, rows: Iterable[int], *, all_settled: bool) -> None:
        if all_settled:
            self._connection.execute("DELETE FROM waiting")
        self._connection.executemany("INSERT INTO waiting VALUES (?)", [(row,) for row in rows])

    def _announce(self, first: int, behind: int) -> None:
        """Note which rows are about to come into the index, before any of them does."""
        with transaction(self._connection):
            self.note("next row", behind)
            self.note("pending", first)
            self.note("clean", 0)

    def _embed_all(self) -> None:
        """Make up for what writers did not keep that do not embed."""
        with transaction(self._connection):
            self._connection.execute("DELETE FROM embedded")
            articles = self._connection.execute("SELECT row, title FROM articles").fetchall()
            for row, title in articles:
                self._rows.embed(row << PARAGRAPH_BITS, title, self._rows.paragraphs(row))
            self.note(EMBEDDED, 1)
            self._count_version()

    def _bury(self, others: Iterable[int] = ()) -> None:
        """Take what the tables do not know any more, and other rows, out of the index."""
        rows = [row for (row,) in self._connection.execute("SELECT row FROM dead")]
        writer = self._index_writer()
        writer.remove([*rows, *others])
        writer.commit()
        with transaction(self._connection):
            self._connection.execute("DELETE FROM dead")
            self.note("clean", 1)
            self._count_version()

    def _recover(self) -> None:
        if meta(self._connection, "clean", 1):
            return
        pending, behind = (meta(self._connection, name) for name in ("pending", "next row"))
        known = self._connection.execute("SELECT row FROM articles WHERE row >= ?", (pending,))
        lost = set(range(pending, behind)) - {row for (row,) in known}
        with transaction(self._connection):
            self._connection.executemany(
                "INSERT OR IGNORE INTO dead VALUES (?)", [(row,) for row in lost]
            )
        self._bury(self._waiting())  # they may have been added, or may not

    def _close_index(self) -> None:
        if self._writer is not None:
            self._writer.close()

    def _index_writer(self) -> IndexWriter:
        if self._writer is None:
            self._writer = InvertedIndex(self._folder).writer(is_bulk=self._is_bulk)
        return self._writer

    def _count_version(self) -> None:
        self.note("version", meta(self._connection, "version") + 1)


def _parts(
    articles: Mapping[int, Article], coming: Iterator[ArticleAnalysis]
) -> Iterator[dict[int, ArticleAnalysis]]:
    """The analyses that are written at once, by the numbers of their first paragraphs.

    They are all, but for pieces of a long article, which are written one by one.
    """
    part: dict[int, ArticleAnalysis] = {}
    for row, article in articles.items():
        number = row << PARAGRAPH_BITS
        for piece in pieces_of(article):
            if part and piece is not article:
                yield part
                part = {}
            part[number] = next(coming)
            number += len(piece.paragraphs)
    yield part
