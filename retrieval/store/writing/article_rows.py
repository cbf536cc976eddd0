"""Writes the rows of articles into the tables of a collection, and deletes them."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from retrieval.articles import HEADER_FIELDS, Article, article_digest, header_values, short_id
from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphInMemory
from retrieval.index.titles_by_term import keys_of, written_title
from retrieval.index.vectors.embedded_texts import embedded_digests
from retrieval.store.tables.analysis_rows import (
    SELECT_ANALYSES,
    StoredTerms,
    analysed_of,
    analysis_row,
)
from retrieval.store.tables.paragraph_rows import SELECT, paragraph_of, row_of
from retrieval.store.tables.schema import ARTICLE_COLUMNS, PARAGRAPH_BITS
from retrieval.store.tables.term_table import TermTable, given_ids, reader
from retrieval.store.writing.word_changes import WordChanges
from retrieval.text.analysis import analyzer_of

ADD_ARTICLE = f"INSERT INTO articles VALUES ({', '.join('?' * (10 + len(HEADER_FIELDS)))})"  # noqa: S608
ADD_PARAGRAPH = "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?)"
ADD_ANALYSIS = "INSERT INTO analyses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
ADD_EMBEDDED = "INSERT INTO embedded VALUES (?, ?, ?)"


class ArticleRows:
    """The rows of articles; the caller opens the transaction.

    The number of an article's first paragraph is that of its row, shifted by `PARAGRAPH_BITS`; the
    others follow.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def add(self, row: int, place: bytes, article: Article) -> None:
        """Add an article that was read from that place, and the texts of its paragraphs."""
        analyzer = analyzer_of(article.language)
        short = short_id(article.id)
        self._connection.execute(
            ADD_ARTICLE,
            (
                *(row, place, article.id, article_digest(article.id)),
                *(article_digest(short), article.title, written_title(article.title)),
                *(article.language, *header_values(article)),
                *(len(article.paragraphs), short),
            ),
        )
        terms = dict.fromkeys(analyzer.compound_terms(article.title))
        self._connection.executemany(
            "INSERT INTO title_terms VALUES (?, ?)", [(term, row) for term in terms]
        )
        self._connection.executemany(
            "INSERT INTO title_keys VALUES (?, ?)",
            [(key, row) for key in keys_of(article.title, analyzer)],
        )
        start = row << PARAGRAPH_BITS
        self._connection.executemany(
            ADD_PARAGRAPH, (row_of(start + n, one) for n, one in enumerate(article.paragraphs))
        )

    def add_analyses(
        self, found: Mapping[int, Sequence[AnalysedParagraph]], holding: Mapping[str, int]
    ) -> dict[str, int]:
        """Add the analyses of paragraphs, which are in order and by the number of the first.

        Returns the ids of their terms; `holding` is in how many of the paragraphs each term is.
        """
        headings = chain.from_iterable(one.heading for one in chain.from_iterable(found.values()))
        ids = given_ids(self._connection, dict.fromkeys(headings, 0) | dict(holding))
        for first, paragraphs in found.items():
            self._connection.executemany(
                ADD_ANALYSIS,
                (analysis_row(n, one, ids) for n, one in enumerate(paragraphs, first)),
            )
        return ids

    def embed(self, first: int, title: str, paragraphs: Iterable[AnalysedParagraph]) -> None:
        """Add the digests of the texts that are encoded, of paragraphs from that number on."""
        encoded = (embedded_digests(one, title) for one in paragraphs)
        self._connection.executemany(
            ADD_EMBEDDED,
            (
                (number, one.sentences, one.digests)
                for number, one in enumerate(encoded, start=first)
            ),
        )

    def remove(self, row: int, changes: WordChanges) -> None:
        """Delete an article, and note in `changes` that its words are gone."""
        fields = self._connection.execute(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE row = ?",  # noqa: S608
            (row,),
        ).fetchone()
        identity, title, language, *header = fields
        article = Article(identity, title, language, (), *header)
        changes.take_away(article, list(self.paragraphs(row)))
        analyzer = analyzer_of(language)
        terms = dict.fromkeys(analyzer.compound_terms(title))
        self._connection.executemany(
            "DELETE FROM title_terms WHERE term = ? AND row = ?", [(t, row) for t in terms]
        )
        self._connection.executemany(
            "DELETE FROM title_keys WHERE key = ? AND row = ?",
            [(key, row) for key in keys_of(title, analyzer)],
        )
        for table in ("paragraphs", "analyses", "embedded"):
            self._connection.execute(
                f"DELETE FROM {table} WHERE number BETWEEN ? AND ?",  # noqa: S608
                _numbers(row),
            )
        self._connection.execute("DELETE FROM articles WHERE row = ?", (row,))
        self._connection.execute("DELETE FROM waiting WHERE row = ?", (row,))

    def paragraphs(self, row: int) -> Iterator[AnalysedParagraph]:
        """The paragraphs of an article, as they are in the tables."""
        read = reader(self._connection)
        texts = {text[0]: text for text in read(f"{SELECT} BETWEEN ? AND ?", _numbers(row))}
        terms = TermTable(read)
        for known in read(f"{SELECT_ANALYSES} BETWEEN ? AND ?", _numbers(row)):
            paragraph = paragraph_of(texts[known[0]])
            yield analysed_of(known, ParagraphInMemory(paragraph, StoredTerms(known, terms.named)))


def _numbers(row: int) -> tuple[int, int]:
    """The first and the last number that a paragraph of that article may have."""
    first = row << PARAGRAPH_BITS
    return first, first + (1 << PARAGRAPH_BITS) - 1
