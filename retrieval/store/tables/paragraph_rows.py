"""Analysed paragraphs as rows of a table, quickly written and read."""

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from typing import Any, TypeAlias

from retrieval.articles import Paragraph, ParagraphKind, Place, Span, paragraph_digest
from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphTerms
from retrieval.store.tables.schema import PARAGRAPH_BITS
from retrieval.text.line_structure import Line, LineStructure

# What is read of paragraphs, and of the articles that they are in.
SELECT = """SELECT number, heading, ancestors, kind, paragraphs.place, text, bounds, filler,
    denials, lines, id, language
    FROM paragraphs JOIN articles ON row = number >> 24 WHERE number"""
KINDS = {kind.value: kind for kind in ParagraphKind}  # looked up quickly
NONE = frozenset[int]()
Row: TypeAlias = tuple[Any, ...]


def row_of(number: int, found: AnalysedParagraph) -> Row:
    """The row of a paragraph, its columns in the order of the table."""
    paragraph = found.paragraph
    return (
        number,
        _plain(paragraph.heading),
        json.dumps(paragraph.ancestors) if paragraph.ancestors else "",
        paragraph.kind.value,
        None if paragraph.place is None else json.dumps(asdict(paragraph.place)),
        _plain(paragraph.text),
        packed(found.bounds),
        packed(sorted(found.filler)),
        packed(sorted(found.denials)),
        None if found.structure is None else _lines(found.structure),
        paragraph_digest(paragraph),
    )


def paragraph_of(row: Row) -> Paragraph:
    """The paragraph of what was read."""
    number, heading, ancestors, kind, place, text = row[:6]
    return Paragraph(
        row[10],
        (number & (1 << PARAGRAPH_BITS) - 1) + 1,
        heading,
        text,
        tuple(json.loads(ancestors)) if ancestors else (),
        KINDS[kind],
        None if place is None else Place(**json.loads(place)),
    )


def analysed_of(row: Row, read_terms: Callable[[], ParagraphTerms]) -> AnalysedParagraph:
    """The analysed paragraph of what was read."""
    bounds, filler, denials, lines = row[6:10]
    found = unpacked(bounds)
    return AnalysedParagraph(
        paragraph=paragraph_of(row),
        language=row[11],
        bounds=found,
        filler=frozenset(unpacked(filler)) if filler else NONE,
        denials=frozenset(unpacked(denials)) if denials else NONE,
        structure=None if lines is None else _structure(lines, found),
        read_terms=read_terms,
    )


def packed(numbers: Iterable[int]) -> bytes:
    """Numbers of 32 bits, from 0, as bytes."""
    return array("I", numbers).tobytes()


def unpacked(content: bytes) -> Sequence[int]:
    """The numbers that were packed."""
    found = array("I")
    found.frombytes(content)
    return found


def _plain(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _lines(structure: LineStructure) -> str:
    lines = [(len(line.sentences), line.parent, line.end, line.number) for line in structure.lines]
    return json.dumps([len(structure.lead), lines])


def _structure(lines: str, bounds: Sequence[int]) -> LineStructure:
    spans = tuple(map(Span, bounds[::2], bounds[1::2]))
    lead, fields = json.loads(lines)
    found, start = [], lead
    for size, parent, end, number in fields:
        found.append(Line(spans[start : start + size], parent, end, number))
        start += size
    return LineStructure(spans[:lead], tuple(found))
