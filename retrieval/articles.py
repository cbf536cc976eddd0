"""Articles, their paragraphs, and quotes, which are spans of paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple, Protocol

OMISSION = " […] "
DIGEST_BYTES = 5
# Fields of an article beside its title and language, each a text or None, in the order in which
# they are kept; `sources/headers/header.py` reads them.
HEADER_FIELDS = ("url", "published", "author", "updated")


class Span(NamedTuple):
    """Code points `start` (included) to `end` (excluded) of a paragraph's text."""

    start: int
    end: int


class ParagraphKind(StrEnum):
    """What a paragraph is made of: running text, or a unit of lines."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


class Place(NamedTuple):
    """Where a paragraph stands in what its article was read from.

    `page` counts the pages of a PDF from 1; `label` is what is printed on the page, if that
    differs, or on the page of the printed book; `anchor` is the id of the nearest element above
    it on a web page or, behind the name of its file, in a book (`text/ch02.xhtml#s3`).
    """

    page: int | None = None
    label: str = ""
    anchor: str = ""

    @property
    def printed_page(self) -> str:
        """What the page is called; empty if there are no pages."""
        return self.label or (str(self.page) if self.page is not None else "")

    @property
    def fragment(self) -> str:
        """What opens the place behind `#` in the address of a web page or a PDF, if anything."""
        return self.anchor or (f"page={self.page}" if self.page is not None else "")


class Paragraph(NamedTuple):
    """A paragraph of an article; `number` counts from 1, `heading` is empty if there is none.

    `ancestors` are the headings above that one, the outermost first; `place` is where it stands
    in a document that has pages or anchors.

    A text is one line, or several where their ends mean something (verse, an address). A list
    has its lead-in first, the paragraph right before it, if no heading stands between; then an
    entry begins with a bullet (`• `), a box (`☐ `, `☑ `), its number (`1. `), or in plain text
    with the mark that it has there. What belongs to an entry, such as entries of its own, is
    indented below it. A table has its header row and then a row a line, the cells with ` | `
    between. A long list or table becomes several paragraphs of at most a hundred entries or rows,
    each with the lead-in or header row again. Code keeps its lines and indents.
    """

    article: str
    number: int
    heading: str
    text: str
    ancestors: tuple[str, ...] = ()
    kind: ParagraphKind = ParagraphKind.TEXT
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `language` is an ISO 639-1 code, the HEADER_FIELDS come from its header."""

    id: str
    title: str
    language: str
    paragraphs: Sequence[Paragraph]
    url: str | None = None
    published: str | None = None
    author: str | None = None
    updated: str | None = None


def header_values(of: object) -> tuple[str | None, ...]:
    """The values of the HEADER_FIELDS of an article, or of a header that was read."""
    return tuple(getattr(of, name) for name in HEADER_FIELDS)


class Quote(NamedTuple):
    """One or more spans of one paragraph, in order and apart; between two of them text is omitted.

    The text is sliced from the paragraph and never stored, so it cannot be wrong.
    """

    paragraph: Paragraph
    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """The code point at which the quote begins."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """The code point behind the quote's last one."""
        return self.spans[-1].end

    def is_within(self, other: "Quote") -> bool:
        """Whether another quote of the same paragraph holds all of this one."""
        return self.paragraph == other.paragraph and all(
            any(o.start <= s.start and s.end <= o.end for o in other.spans) for s in self.spans
        )

    @property
    def text(self) -> str:
        """The article's own words, omissions shown as ` […] `."""
        return OMISSION.join(self.paragraph.text[span.start : span.end] for span in self.spans)


class HeaderField(StrEnum):
    """A field of a header that questions ask for."""

    AUTHOR = "author"
    PUBLISHED = "published"


class Articles(Protocol):
    """The articles that questions are asked of, in a stable order, looked up by key.

    Only the articles that are asked for are read, however many there are. An article in a
    subfolder is also found by the name of its file alone, its id in earlier versions, if no other
    article has that id.
    """

    @property
    def languages(self) -> tuple[str, ...]:
        """The articles' languages, the one with most articles first."""

    def __len__(self) -> int: ...

    def __getitem__(self, article_id: str) -> Article:
        """The article of that id; KeyError where there is none."""

    def __contains__(self, article_id: object) -> bool: ...

    def page(self, start: int, count: int) -> Sequence[Article]:
        """At most `count` articles in their order, from place `start` on."""

    def paragraph(self, article_id: str, number: int) -> Paragraph | None:
        """The paragraph of that number, from 1; None where there is none."""

    def with_digest(self, digest: bytes) -> Article | None:
        """The article whose id has that digest, see `article_digest`; None if none has."""

    def with_header(self, field: HeaderField, most: int) -> tuple[Sequence[Article], int]:
        """At most `most` of the articles whose header has that field, and how many there are.

        Those with a date are the newest first, others in their order.
        """


def article_digest(article_id: str) -> bytes:
    """Five bytes that stand for the id of an article."""
    return blake2b(article_id.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).digest()


def paragraph_digest(paragraph: Paragraph) -> bytes:
    """Sixteen bytes that stand for what a paragraph says, and in which article."""
    said = f"{paragraph.article}\n{paragraph.heading}\n{paragraph.text}"
    return blake2b(said.encode(errors="surrogatepass"), digest_size=16).digest()


def edition_part(digest: bytes) -> int:
    """What a paragraph adds to the number that stands for all of a collection."""
    return int.from_bytes(digest[:5], "big")


def short_id(article_id: str) -> str:
    """The id without its folders, which was the whole id in earlier versions."""
    return article_id.rpartition("/")[2]


def by_frequency(counts: dict[str, int]) -> tuple[str, ...]:
    """The keys, the most frequent one first, equal ones in the order of the alphabet."""
    return tuple(sorted(counts, key=lambda key: (-counts[key], key)))


class Collection:
    """Articles in memory, see `Articles`. Raises ValueError if two of them share an id."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self.paragraphs = tuple(p for article in self.articles for p in article.paragraphs)
        self._by_id = {article.id: article for article in self.articles}
        if len(self._by_id) != len(self.articles):
            raise ValueError("two articles of a collection share an id")
        self._by_file_name: dict[str, Article] = {}
        for article in self.articles:
            self._by_file_name.setdefault(short_id(article.id), article)

    def __len__(self) -> int:
        return len(self.articles)

    def __getitem__(self, article_id: str) -> Article:
        return self._by_id.get(article_id) or self._by_file_name[article_id]

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._by_id or article_id in self._by_file_name

    def page(self, start: int, count: int) -> Sequence[Article]:
        """At most `count` articles in their order, from place `start` on."""
        return self.articles[start : start + count]

    def paragraph(self, article_id: str, number: int) -> Paragraph | None:
        """The paragraph of that number, from 1; None where there is none."""
        article = self._by_id.get(article_id) or self._by_file_name.get(article_id)
        if article is None or not 1 <= number <= len(article.paragraphs):
            return None
        return article.paragraphs[number - 1]

    def with_digest(self, digest: bytes) -> Article | None:
        """The article whose id has that digest; None if none has."""
        return self._by_digest.get(digest)

    def with_header(self, field: HeaderField, most: int) -> tuple[Sequence[Article], int]:
        """At most `most` of the articles whose header has that field, and how many there are."""
        found = [article for article in self.articles if getattr(article, field)]
        if field is HeaderField.PUBLISHED:
            found.sort(key=lambda article: article.published or "", reverse=True)
        return found[:most], len(found)

    @cached_property
    def _by_digest(self) -> dict[bytes, Article]:
        former = {article_digest(name): found for name, found in self._by_file_name.items()}
        return former | {article_digest(a.id): a for a in self.articles}

    @property
    def languages(self) -> tuple[str, ...]:
        """The articles' languages, the one with most articles first."""
        counts: dict[str, int] = {}
        for article in self.articles:
            counts[article.language] = counts.get(article.language, 0) + 1
        return by_frequency(counts)
