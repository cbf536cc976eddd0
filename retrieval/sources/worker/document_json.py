"""Documents and feeds as JSON, on their way from the process that reads them."""

from collections.abc import Iterable, Iterator
from typing import Any

from retrieval.articles import Article, Place
from retrieval.errors import ArticleError
from retrieval.sources.article_json import article_fields, article_of
from retrieval.sources.blocks import Block, BlockKind
from retrieval.sources.documents.cautions import Caution, SourceWarning, warning_of
from retrieval.sources.documents.document import Document, SourceRefusal, UnreadableError
from retrieval.sources.documents.feed import Feed, FeedEntry
from retrieval.sources.documents.refusal_reasons import Reason

ENTRY_FIELDS = ("key", "address", "title", "published", "is_whole")
LONGEST_HEADER_LINE = 80  # of a header, shown
FIELDS = ("title", "language", "url", "published", "author", "pages", "is_wrapped")


def document_object(document: Document) -> dict[str, object]:
    """The document as an object of JSON."""
    return {
        **{name: getattr(document, name) for name in FIELDS},
        "warnings": [warning.fields for warning in document.warnings],
        "blocks": [_block_row(block) for block in document.blocks],
    }


def document_of(fields: dict[str, Any]) -> Document:
    """The document of such an object; raises KeyError, TypeError or ValueError."""
    return Document(
        tuple(_block(row) for row in fields["blocks"]),
        **{name: fields[name] for name in FIELDS},
        warnings=tuple(map(warning_of, fields["warnings"])),
    )


def refusal_object(refusal: SourceRefusal) -> dict[str, object]:
    """Why there is none, as an object of JSON."""
    return {"reason": refusal.reason.name, "values": dict(refusal.values)}


def refused_as(fields: dict[str, Any]) -> UnreadableError:
    """The refusal of such an object; raises KeyError, TypeError or ValueError."""
    return UnreadableError(Reason[fields["reason"]], **fields["values"])


def _block_row(block: Block) -> list[object]:
    place = block.place
    row: list[object] = [block.kind.value, block.level, block.text]
    return row if place is None else [*row, place.page, place.label, place.anchor]


def _block(row: list[Any]) -> Block:
    kind, level, text, *place = row
    return Block(str(text), 0, BlockKind(kind), int(level), Place(*place) if place else None)


def text_object(article: Article, warnings: Iterable[SourceWarning]) -> dict[str, object]:
    """The article of a text, as an object of JSON."""
    return {**article_fields(article), "warnings": [one.fields for one in warnings]}


def header_warnings(defects: Iterable[ArticleError], text: str) -> Iterator[SourceWarning]:
    """What of the header of a text does not count, with its lines."""
    lines = text.splitlines()
    for one in defects:
        said = (
            lines[one.line - 1][:LONGEST_HEADER_LINE]
            if one.line and one.line <= len(lines)
            else ""
        )
        values: dict[str, str | int] = {"line": one.line or 1, "said": said.strip()}
        yield SourceWarning(
            Caution.HEADER, {**values, "problem": one.problem, "remedy": one.remedy}
        )


def text_of(fields: dict[str, Any]) -> tuple[Article, tuple[SourceWarning, ...]]:
    """The article of such an object; raises KeyError, TypeError or ValueError."""
    return article_of(fields), tuple(map(warning_of, fields["warnings"]))


def feed_object(feed: Feed) -> dict[str, object]:
    """The feed as an object of JSON."""
    entries = [
        {name: getattr(entry, name) for name in ENTRY_FIELDS}
        | {"text": document_object(entry.text)}
        for entry in feed.entries
    ]
    return {"title": feed.title, "entries": entries}


def feed_of(fields: dict[str, Any]) -> Feed:
    """The feed of such an object; raises KeyError, TypeError or ValueError."""
    entries = (
        FeedEntry(text=document_of(one["text"]), **{name: one[name] for name in ENTRY_FIELDS})
        for one in fields["entries"]
    )
    return Feed(str(fields["title"]), tuple(entries))
