"""Analysed paragraphs as rows of a table, quickly written and read."""

import json
from array import array
from dataclasses import asdict
from typing import Any, TypeAlias

from retrieval.articles import Paragraph, ParagraphKind, Place, Span, paragraph_digest
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.text.line_structure import Line, LineStructure

# No term holds these, as they are no characters of words.
BETWEEN_TERMS, BETWEEN_SENTENCES = "\x1f", "\x1e"
COLUMNS = (
    "number, heading, ancestors, kind, place, text, above, headed, sentences, spans, filler, "
    "lines, digest"
)
Row: TypeAlias = tuple[Any, ...]


def row_of(number: int, found: AnalysedParagraph) -> Row:
    """The row of a paragraph, its columns in the order of `COLUMNS`."""
    paragraph = found.paragraph
    flat = array("I", (n for span in found.spans for n in (span.start, span.end)))
    return (
        number,
        _plain(paragraph.heading),
        json.dumps(paragraph.ancestors),
        paragraph.kind.value,
        None if paragraph.place is None else json.dumps(asdict(paragraph.place)),
        _plain(paragraph.text),
        BETWEEN_TERMS.join(found.above),
        BETWEEN_TERMS.join(sorted(found.heading)),
        BETWEEN_SENTENCES.join(map(BETWEEN_TERMS.join, found.sentences)),
        flat.tobytes(),
        array("I", sorted(found.filler)).tobytes(),
        None if found.structure is None else _lines(found.structure),
        paragraph_digest(paragraph),
    )


def paragraph_of(row: Row, article: str, first: int) -> Paragraph:
    """The paragraph of a row; `first` is the number of its article's first one."""
    number, heading, ancestors, kind, place, text = row[:6]
    return Paragraph(
        article,
        number - first + 1,
        heading,
        text,
        tuple(json.loads(ancestors)),
        ParagraphKind(kind),
        None if place is None else Place(**json.loads(place)),
    )


def analysed_of(row: Row, article: str, first: int, language: str) -> AnalysedParagraph:
    """The analysed paragraph of a row."""
    above, headed, sentences, spans, filler, lines = row[6:12]
    flat, empty = array("I"), array("I")
    flat.frombytes(spans)
    empty.frombytes(filler)
    found = tuple(map(Span, flat[::2], flat[1::2]))
    texts = sentences.split(BETWEEN_SENTENCES) if found else ()
    return AnalysedParagraph(
        paragraph=paragraph_of(row, article, first),
        language=language,
        above=_terms(above),
        heading=frozenset(_terms(headed)),
        spans=found,
        sentences=tuple(map(_terms, texts)),
        filler=frozenset(empty),
        structure=None if lines is None else _structure(lines, found),
    )


def _terms(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(BETWEEN_TERMS)) if joined else ()


def _plain(text: str) -> str:
    """The text without lone surrogates, which no database takes."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _lines(structure: LineStructure) -> str:
    lines = [(len(line.sentences), line.parent, line.end, line.number) for line in structure.lines]
    return json.dumps([len(structure.lead), lines])


def _structure(lines: str, spans: tuple[Span, ...]) -> LineStructure:
    lead, fields = json.loads(lines)
    found, start = [], lead
    for size, parent, end, number in fields:
        found.append(Line(spans[start : start + size], parent, end, number))
        start += size
    return LineStructure(spans[:lead], tuple(found))
