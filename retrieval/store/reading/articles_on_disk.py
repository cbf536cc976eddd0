"""The articles of a collection on disk, by key."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, overload

from retrieval.articles import Article, HeaderField, Paragraph, by_frequency
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.schema import ARTICLE_COLUMNS

FIELDS = f"row, {ARTICLE_COLUMNS}, paragraphs"
MOST_REMEMBERED_ARTICLES = 500
ARTICLES_AT_ONCE = 200


class ParagraphsOnDisk(Sequence[Paragraph]):
    """The paragraphs of one article, read when they are asked for."""

    def __init__(self, snapshot: Snapshot, article: str, row: int, count: int) -> None:
        self._snapshot = snapshot
        self._article = article
        self._row = row
        self._count = count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, place: int) -> Paragraph: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Paragraph]: ...
    def __getitem__(self, place: int | slice) -> Paragraph | Sequence[Paragraph]:
        if isinstance(place, slice):
            return tuple(self[n] for n in range(*place.indices(self._count)))
        if not -self._count <= place < self._count:
            raise IndexError(place)
        return self._snapshot.paragraph(self._row, place % self._count)

    def __iter__(self) -> Iterator[Paragraph]:
        return self._snapshot.paragraphs_of(self._row)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash((self._article, self._count))


class ArticlesOnDisk:
    """Looks articles up by key, see `Articles`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._by_id = lru_cache(maxsize=MOST_REMEMBERED_ARTICLES)(self._with_id)
        self._rank = lru_cache(maxsize=MOST_REMEMBERED_ARTICLES)(self._rank_of)
        self._by_row = lru_cache(maxsize=MOST_REMEMBERED_ARTICLES)(self.of_row)

    def __len__(self) -> int:
        return len(self._snapshot.rows)

    def __getitem__(self, article_id: str) -> Article:
        found = self._by_id(article_id)
        if found is None:
            raise KeyError(article_id)
        return found

    def __contains__(self, article_id: object) -> bool:
        return isinstance(article_id, str) and self._by_id(article_id) is not None

    def page(self, start: int, count: int) -> Sequence[Article]:
        """At most `count` articles in their order, from place `start` on."""
        rows = [int(row) for row in self._snapshot.rows[start : start + count]]
        found: dict[int, Article] = {}
        for begin in range(0, len(rows), ARTICLES_AT_ONCE):
            some = rows[begin : begin + ARTICLES_AT_ONCE]
            marks = ",".join("?" * len(some))
            for row in self._snapshot.all(
                f"SELECT {FIELDS} FROM articles WHERE row IN ({marks})",  # noqa: S608  # marks
                some,
            ):
                found[row[0]] = self._article(row)
        return [found[row] for row in rows]

    def paragraph(self, article_id: str, number: int) -> Paragraph | None:
        """The paragraph of that number, from 1; None where there is none."""
        article = self._by_id(article_id)
        if article is None or not 1 <= number <= len(article.paragraphs):
            return None
        return article.paragraphs[number - 1]

    def with_digest(self, digest: bytes) -> Article | None:
        """The article whose id has that digest; None if none has."""
        return self._one("digest = ?", digest) or self._first_in_order("former = ?", digest)

    def with_header(self, field: HeaderField, most: int) -> tuple[Sequence[Article], int]:
        """At most `most` of the articles whose header has that field, and how many there are."""
        column = field.value
        where = f"{column} IS NOT NULL AND {column} != ''"
        order = "published DESC, place" if field is HeaderField.PUBLISHED else "place"
        count = self._snapshot.one(f"SELECT count(*) FROM articles WHERE {where}")  # noqa: S608
        rows = self._snapshot.all(
            f"SELECT {FIELDS} FROM articles WHERE {where} ORDER BY {order} LIMIT ?",  # noqa: S608
            (most,),
        )
        return [self._article(row) for row in rows], int(count[0]) if count else 0

    @property
    def languages(self) -> tuple[str, ...]:
        """The articles' languages, the one with most articles first."""
        return by_frequency(self._snapshot.counts("language"))

    def of_row(self, row: int) -> Article:
        """The article of a row that there is."""
        found = self._one("row = ?", row)
        if found is None:
            raise KeyError(row)
        return found

    def of_rank(self, rank: int) -> Article:
        """The article at that place, from 0, in the order of the collection."""
        return self._by_row(int(self._snapshot.rows[rank]))

    def rank(self, article_id: str) -> int:
        """The place of an article in the order of the collection; KeyError if it has none."""
        return self._rank(article_id)

    def _rank_of(self, article_id: str) -> int:
        found = self._snapshot.one("SELECT row FROM articles WHERE id = ?", (article_id,))
        if found is None:
            found = self._snapshot.one(
                "SELECT row FROM articles WHERE short = ? ORDER BY place LIMIT 1", (article_id,)
            )
        if found is None:
            raise KeyError(article_id)
        return self._snapshot.rank(int(found[0]))

    def of_rows(self, rows: Sequence[int]) -> list[Article]:
        """The articles of rows, in the order of the collection."""
        return [self._by_row(row) for row in sorted(rows, key=self._snapshot.rank)]

    def _with_id(self, article_id: str) -> Article | None:
        return self._one("id = ?", article_id) or self._first_in_order("short = ?", article_id)

    def _one(self, where: str, key: object) -> Article | None:
        row = self._snapshot.one(f"SELECT {FIELDS} FROM articles WHERE {where}", (key,))  # noqa: S608
        return None if row is None else self._article(row)

    def _first_in_order(self, where: str, key: object) -> Article | None:
        return self._one(f"{where} ORDER BY place LIMIT 1", key)

    def _article(self, fields: Sequence[Any]) -> Article:
        row, identity, title, language, *header, count = fields
        paragraphs = ParagraphsOnDisk(self._snapshot, identity, row, count)
        return Article(identity, title, language, paragraphs, *header)
