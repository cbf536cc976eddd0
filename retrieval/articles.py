"""Articles, their paragraphs, and quotes, which are spans of paragraphs."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

OMISSION = " […] "


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Code points `start` (included) to `end` (excluded) of a paragraph's text."""

    start: int
    end: int


class ParagraphKind(StrEnum):
    """What a paragraph is made of: running text, or a unit of lines."""

    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article; `number` counts from 1, `heading` is empty if there is none.

    `ancestors` are the headings above that one, the outermost first.

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


@dataclass(frozen=True, slots=True)
class Article:
    """An article; `language` is an ISO 639-1 code, the optional fields come from its header."""

    id: str
    title: str
    language: str
    paragraphs: tuple[Paragraph, ...]
    url: str | None = None
    published: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
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

    @property
    def text(self) -> str:
        """The article's own words, omissions shown as ` […] `."""
        return OMISSION.join(self.paragraph.text[span.start : span.end] for span in self.spans)


class Collection:
    """The articles that questions are asked of, in a stable order.

    An article in a folder inside of the collection's is found by the name of its file as well,
    as it was called once, if no other article has that id. Raises ValueError if two articles
    share an id.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = tuple(articles)
        self.paragraphs = tuple(p for article in self.articles for p in article.paragraphs)
        self._by_id = {article.id: article for article in self.articles}
        if len(self._by_id) != len(self.articles):
            raise ValueError("two articles of a collection share an id")
        self._by_file_name: dict[str, Article] = {}
        for article in self.articles:
            self._by_file_name.setdefault(article.id.rpartition("/")[2], article)

    def __getitem__(self, article_id: str) -> Article:
        """The article of that id; KeyError where there is none."""
        return self._by_id.get(article_id) or self._by_file_name[article_id]

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._by_id or article_id in self._by_file_name

    @property
    def former_ids(self) -> dict[str, Article]:
        """The articles by the name of their file alone, where that is no other article's id."""
        return {
            name: article
            for name, article in self._by_file_name.items()
            if name not in self._by_id
        }

    def paragraph(self, article_id: str, number: int) -> Paragraph | None:
        """The paragraph of that number, from 1; None where there is none."""
        article = self._by_id.get(article_id) or self._by_file_name.get(article_id)
        if article is None or not 1 <= number <= len(article.paragraphs):
            return None
        return article.paragraphs[number - 1]

    @property
    def languages(self) -> tuple[str, ...]:
        """The articles' languages, the one with most articles first."""
        counts: dict[str, int] = {}
        for article in self.articles:
            counts[article.language] = counts.get(article.language, 0) + 1
        return tuple(sorted(counts, key=lambda language: (-counts[language], language)))
