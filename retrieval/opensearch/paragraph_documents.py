"""Analysed paragraphs as documents, and documents as the rows that they were made from."""

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from retrieval.articles import Paragraph, paragraph_digest
from retrieval.index.analysed_paragraph import ParagraphTerms, pairs_of
from retrieval.opensearch.search_server import Json
from retrieval.store.tables.analysis_rows import unpacked
from retrieval.store.tables.paragraph_rows import KINDS, Row

LONGEST_PUBLISHED_TERM = 8000  # Lucene takes 32,766 bytes; nobody asks for such a word
NUMBER_BYTES = 4


class DamagedError(ValueError):
    """A document is not what was published."""


class RowDocument(BaseModel):
    """What the rows of a paragraph are read from; numbers are packed and in base64."""

    model_config = ConfigDict(strict=True, extra="forbid")
    heading: str
    ancestors: list[str]
    kind: str
    place: dict[str, Any] | None
    text: str
    bounds: str
    filler: str
    denials: str
    lines: list[Any] | None
    ids: str
    sizes: str
    headed: str


@dataclass(frozen=True, slots=True)
class StoredRows:
    """The rows of a paragraph, as `SELECT` and `SELECT_ANALYSES` give them."""

    paragraph: Row
    analysis: Row


def document_of(rows: StoredRows, terms: ParagraphTerms) -> Json:
    """The document of a paragraph: its terms, which are searched, and what it is read from."""
    _, heading, ancestors, kind, place, text, _ = rows.paragraph
    *_, bounds, filler, denials, lines, ids, sizes, headed = rows.analysis
    every = [*terms.above, *(term for sentence in terms.sentences for term in sentence)]
    return {
        "terms": _searched(every),
        "pairs": _searched(pairs_of(every)),
        "row": {
            "heading": heading,
            "ancestors": json.loads(ancestors) if ancestors else [],
            "kind": kind,
            "place": None if place is None else json.loads(place),
            "text": text,
            "bounds": _written(bounds),
            "filler": _written(filler),
            "denials": _written(denials),
            "lines": None if lines is None else json.loads(lines),
            "ids": _written(ids),
            "sizes": _written(sizes),
            "headed": _written(headed),
        },
    }


def rows_of_document(
    number: int, article: tuple[str, str], digest: bytes, fields: object
) -> StoredRows:
    """The rows of a paragraph that has that digest, of an article of that id and language.

    Raises DamagedError if the document is another one.
    """
    try:
        one = RowDocument.model_validate(fields)
        bounds, filler, denials = map(_read, (one.bounds, one.filler, one.denials))
        ids, sizes, headed = map(_read, (one.ids, one.sizes, one.headed))
    except ValueError as error:
        raise DamagedError from error
    if not _is_whole(one, article[0], digest, bounds, (filler, denials), (ids, sizes)):
        raise DamagedError
    ancestors = json.dumps(one.ancestors) if one.ancestors else ""
    place = None if one.place is None else json.dumps(one.place)
    lines = None if one.lines is None else json.dumps(one.lines)
    identity, language = article
    return StoredRows(
        (number, one.heading, ancestors, one.kind, place, one.text, identity),
        (
            *(number, one.kind, language, bounds, filler, denials, lines),
            *(ids, sizes, headed),
        ),
    )


def _is_whole(  # noqa: PLR0913, PLR0917  # each against the others
    one: RowDocument,
    article: str,
    digest: bytes,
    bounds: bytes,
    places: tuple[bytes, bytes],
    terms: tuple[bytes, bytes],
) -> bool:
    """Whether it says what was published, and its numbers fit one another."""
    said = Paragraph(article, 1, one.heading, one.text)
    if paragraph_digest(said) != digest or one.kind not in KINDS:
        return False
    limits, sizes = unpacked(bounds), unpacked(terms[1])
    count = len(limits) // 2
    return (
        len(limits) == 2 * count
        and all(a <= b for a, b in zip(limits[::2], limits[1::2], strict=True))
        and max(limits, default=0) <= len(one.text)
        and all(place < count for part in places for place in unpacked(part))
        and len(sizes) == count + 1
        and NUMBER_BYTES * sum(sizes) == len(terms[0])
    )


def _searched(terms: list[str]) -> list[str]:
    return [term for term in terms if len(term) <= LONGEST_PUBLISHED_TERM]


def _written(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def _read(text: str) -> bytes:
    content = b64decode(text, validate=True)
    if len(content) % NUMBER_BYTES:
        raise ValueError(text)
    return content
