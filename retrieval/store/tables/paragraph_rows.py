"""Paragraphs as rows of a table: what they say, and where they stand."""

import json
from typing import Any, TypeAlias

from retrieval.articles import Paragraph, ParagraphKind, Place, paragraph_digest
from retrieval.store.tables.compressed_texts import DECOMPRESSED, compressed
from retrieval.store.tables.schema import PARAGRAPH_BITS

# What is read of paragraphs, and of the articles that they are in.
SELECT = f"""SELECT number, heading, ancestors, kind, paragraphs.place, {DECOMPRESSED}(text), id
    FROM paragraphs JOIN articles ON row = number >> 24 WHERE number"""  # noqa: S608
KINDS = {kind.value: kind for kind in ParagraphKind}  # looked up quickly
Row: TypeAlias = tuple[Any, ...]


def row_of(number: int, paragraph: Paragraph) -> Row:
    """The row of a paragraph, its columns in the order of the table."""
    return (
        number,
        _plain(paragraph.heading),
        json.dumps(paragraph.ancestors) if paragraph.ancestors else "",
        paragraph.kind.value,
        None if paragraph.place is None else json.dumps(paragraph.place._asdict()),
        compressed(paragraph.text),
        paragraph_digest(paragraph),
    )


def paragraph_of(row: Row) -> Paragraph:
    """The paragraph of what was read."""
    number, heading, ancestors, kind, place, text, article = row
    return Paragraph(
        article,
        (number & (1 << PARAGRAPH_BITS) - 1) + 1,
        heading,
        text,
        tuple(json.loads(ancestors)) if ancestors else (),
        KINDS[kind],
        None if place is None else Place(**json.loads(place)),
    )


def _plain(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")
