"""A briefing as a file: one page to read, print and forward, with every passage in full behind it.

It needs nothing but itself: no script, no font and no picture from elsewhere.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, pairwise
from textwrap import shorten
from urllib.parse import urlsplit

from bot.composing.answer_composer import Citation
from bot.composing.briefing_composer import WordedBriefing
from bot.composing.wording import html
from retrieval.articles import Article, Paragraph

LONGEST_FILE_NAME = 50  # code points: with the suffix always within the 255 bytes of a file system
UNNAMED = "briefing"
APOSTROPHES = str.maketrans("", "", "'’ʼ")
# https://learn.microsoft.com/windows/win32/fileio/naming-a-file, whatever the suffix
RESERVED = {"con", "prn", "aux", "nul"} | {f"{d}{n}" for d in ("com", "lpt") for n in range(10)}


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph, and the numbers of the quotes that begin in front of and end behind it.

    A quote ends wherever it omits something, too.
    """

    text: str
    beginning: tuple[int, ...]
    ending: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Pieces of a paragraph that are all quoted, or all are not."""

    is_quoted: bool
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PassageInFull:
    """A paragraph in full, in stretches."""

    paragraph: Paragraph
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """An article, the address that it may be linked to, and its cited paragraphs in its order."""

    article: Article
    url: str | None
    passages: tuple[PassageInFull, ...]


def briefing_file(worded: WordedBriefing, made: datetime) -> bytes:
    """The briefing as an HTML file in UTF-8 that says when it was made."""
    page = html("briefing_file", briefing=worded, sources=_sources(worded), made=made)
    return page.encode(errors="replace")


def file_name(worded: WordedBriefing) -> str:
    """A name for the file, from the briefing's title, that every system takes."""
    title = unicodedata.normalize("NFKC", worded.title).translate(APOSTROPHES)
    words = "".join(char if _is_of_word(char) else " " for char in title).split()
    spaced = " ".join(filter(None, map(_without_leading_marks, words)))
    name = shorten(spaced, LONGEST_FILE_NAME, placeholder="") or spaced[:LONGEST_FILE_NAME]
    if not name or name.casefold() in RESERVED:
        name = f"{UNNAMED} {name}".strip()
    return f"{name.replace(' ', '-')}.html"


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def _without_leading_marks(word: str) -> str:
    """The word from its first letter or digit: a mark alone may be invisible."""
    marks = (place for place, c in enumerate(word) if unicodedata.category(c)[0] != "M")
    return word[next(marks, len(word)) :]


def _sources(worded: WordedBriefing) -> list[Source]:
    return [
        Source(article, _web_address(article.url), tuple(_passages(places)))
        for article, places in worded.footnotes
    ]


def _web_address(url: str | None) -> str | None:
    """The address if a browser may open it; never one that runs something."""
    try:
        return url if url and urlsplit(url).scheme in {"http", "https"} else None
    except ValueError:
        return None


def _passages(places: Sequence[tuple[Paragraph, Sequence[Citation]]]) -> Iterator[PassageInFull]:
    for paragraph, citations in sorted(places, key=lambda place: place[0].number):
        yield PassageInFull(paragraph, tuple(_stretches(paragraph, citations)))


def _stretches(paragraph: Paragraph, citations: Sequence[Citation]) -> Iterator[Stretch]:
    """The paragraph cut where a quote begins or ends; quotes that overlap or touch are one."""
    spans = [span for citation in citations for span in citation.quote.spans]
    edges = {edge for span in spans for edge in (span.start, span.end)}
    cuts = sorted({0, len(paragraph.text), *edges})

    def is_quoted(cut: tuple[int, int]) -> bool:
        return any(span.start <= cut[0] and cut[1] <= span.end for span in spans)

    for quoted, found in groupby(pairwise(cuts), key=is_quoted):
        pieces = (_piece(paragraph, start, end, citations) for start, end in found)
        yield Stretch(quoted, tuple(pieces))


def _piece(paragraph: Paragraph, start: int, end: int, citations: Sequence[Citation]) -> Piece:
    return Piece(
        paragraph.text[start:end],
        tuple(c.number for c in citations if c.quote.start == start),
        tuple(c.number for c in citations if any(span.end == end for span in c.quote.spans)),
    )
