"""Finds what is repeated at the head and the foot of pages, such as titles and page numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from retrieval.sources.pdf.text_lines import TextLine, TextPage, usual_leading, usual_size

OUTER = 0.12  # of the height of a page without its empty margins
OUTER_EDGE = 0.17
OUTERMOST = 0.08
MARGIN = 0.08  # of a page's height; wider margins are those of a larger sheet
LEAST_FILLED = 0.5  # of the height, by the text of all pages
APART = 1.6  # of the size, from a line at the edge to the next one
WIDER = 1.25  # than the usual distance of lines
FEWEST_PAGES = 3
SHARE_OF_PAGES = 0.3
LONGEST_HEAD = 160
LARGER = 1.02  # than the text, as headings are
MUCH_LARGER = 1.1  # as few lines with a number that goes on from page to page are
MOST_PARTS = 2  # left and right; more are the head of a table
FEWEST_OF_PART = 12  # characters, by which a part of a line is known again
PLACE = 10  # points
SAME_SIZE = 0.6  # points
SHARE_OF_NUMBERED = 0.5
SHARE_OF_MOST = 0.5  # of the pages
TITLE_SIZE = 1.15  # of the text's
SPREAD = 1.0  # of the size, for each character
NUMBER = re.compile(r"\d{1,4}")
DIGITS = re.compile(r"\d+")
ROMAN = re.compile(r"\b[ivxlc]+\b", re.IGNORECASE)
IMPRINT = re.compile(
    r"©|\(c\)\s*\d{4}|\b(?:doi|issn|isbn)\b|\bvol\.\s*\d+,\s*no\.\s*\d+,.*\d{4}\W*$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|s\.|página|pagina|pág\.|стр\.|с\.)\s*)?"
    r"(?:(?:(?:[A-Z]|\d{1,3})[-–])?\d{1,4}|[ivxlc]{1,6})"
    r"(?:\s*(?:/|of|von|de|sur|di|из)\s*\d{1,4})?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page, and from where to where text may stand on it, in points from its foot."""

    page: TextPage
    low: float
    high: float

    def is_outer(self, line: TextLine, share: float) -> bool:
        """Whether a line stands in the outer share of it, at its head or its foot."""
        reach = share * (self.high - self.low)
        return not self.low + reach < line.base < self.high - reach


def without_running_heads(
    pages: Sequence[TextPage], rows: Sequence[Sequence[TextLine]]
) -> list[list[TextLine]]:
    """The rows of each page that are no running head.

    That is a line in the outer part of a page whose text, its numbers aside, comes back on three
    pages, or in a short file on two at one place, or whose place three pages in ten use; and a
    page number at the very edge, alone or with a few words, or anywhere if the numbers go on from
    page to page; and on the first page a line of an imprint in the outer part, and a line beyond
    the text of all other pages.
    """
    frames = list(_frames(pages, rows))
    heads = _RunningHeads(frames, rows)
    texts = [heads.text_of(frame, lines) for frame, lines in zip(frames, rows, strict=True)]
    texts[:1] = [_with_title(rows[0], lines, heads.body) for lines in texts[:1]]
    if len(texts) >= FEWEST_PAGES:
        texts[0] = _within(texts[0], frames[0], texts[1:], heads.body)
    return texts


def _frames(pages: Sequence[TextPage], rows: Sequence[Sequence[TextLine]]) -> Iterator[_Frame]:
    """The pages without the margins that most of them have beyond the usual ones."""
    filled = [(page, lines) for page, lines in zip(pages, rows, strict=True) if lines]
    low, high = 0.0, 1.0
    if len(filled) >= FEWEST_PAGES:
        lowest = median(min(line.base for line in lines) / page.height for page, lines in filled)
        highest = median(max(line.base for line in lines) / page.height for page, lines in filled)
        if highest - lowest > LEAST_FILLED:
            low, high = max(low, lowest - MARGIN), min(high, highest + MARGIN)
    for page in pages:
        yield _Frame(page, low * page.height, high * page.height)


def _with_title(
    lines: Sequence[TextLine], text: Sequence[TextLine], body: float
) -> list[TextLine]:
    """The text of the first page with what is set larger than all of it, though it comes back."""
    least = max((line.size for line in text), default=0.0) + SAME_SIZE
    return [
        line
        for line in lines
        if line in text
        or (line.size > max(least, TITLE_SIZE * body) and not (line.cells or _is_number(line)))
    ]


def _within(
    lines: Sequence[TextLine],
    frame: _Frame,
    others: Sequence[Sequence[TextLine]],
    body: float,
) -> list[TextLine]:
    """The lines of the first page without what stands alone beyond the text of the others."""
    bases = [line.base for other in others for line in other]
    if not bases:
        return list(lines)
    lowest, highest = min(bases), max(bases)
    beyond = [
        line
        for line in _edges(lines, frame)
        if not lowest - 0.5 * body <= line.base <= highest + 0.5 * body
        and line.size <= LARGER * body
        and not line.is_bold
        and len(line.text) < LONGEST_HEAD
    ]
    return [line for line in lines if line not in beyond]


class _RunningHeads:
    """What the pages of one document have in common at their edges."""

    def __init__(self, frames: Sequence[_Frame], rows: Sequence[Sequence[TextLine]]) -> None:
        pages = [frame.page for frame in frames]
        self._printed = _going_on(pages, [[line.text for line in lines] for lines in rows])
        self._beside = _going_on(pages, [_end_words(*_outermost(lines)) for lines in rows])
        self._texts: Counter[str] = Counter()
        self._placed: Counter[tuple[str, int]] = Counter()
        self._same: Counter[tuple[str, int]] = Counter()
        self._places: Counter[int] = Counter()
        for frame, lines in zip(frames, rows, strict=True):
            outer = [line for line in lines if frame.is_outer(line, OUTER)]
            self._texts.update({text for line in outer for text in _said(line)})
            self._placed.update({_placed(line) for line in outer if len(line.cells) <= MOST_PARTS})
            self._same.update({_same(line) for line in lines if frame.is_outer(line, OUTER_EDGE)})
            self._places.update({round(line.base) for line in _edges(lines, frame)})
        self._enough = max(FEWEST_PAGES, SHARE_OF_PAGES * len(pages))
        self._enough_at_one_place = max(2, SHARE_OF_PAGES * len(pages))
        self._most_pages = max(FEWEST_PAGES, SHARE_OF_MOST * len(pages))
        self.body = usual_size(line for lines in rows for line in lines)
        self._first = pages[0].number if pages else 0

    def text_of(self, frame: _Frame, lines: Sequence[TextLine]) -> list[TextLine]:
        """The lines of a page without its running heads."""
        edges = _edges(lines, frame)
        return [line for line in lines if not self._is_head(line, frame, is_edge=line in edges)]

    def _is_head(self, line: TextLine, frame: _Frame, *, is_edge: bool) -> bool:
        if self._comes_back(line, frame) or (is_edge and self._stands_where_others_do(line)):
            return True
        if is_edge and _is_numbered(line, frame.page, self._beside, self.body):
            return True
        if self._is_imprint(line, frame):
            return True
        if self._printed is not None and line.text == str(frame.page.number + self._printed):
            return True
        is_outermost = is_edge or frame.is_outer(line, OUTERMOST)
        return is_outermost and _is_number(line)

    def _is_imprint(self, line: TextLine, frame: _Frame) -> bool:
        """Whether a line says who holds the rights, or by which number the text is known.

        That is on the first page; elsewhere works are cited by such numbers, too.
        """
        is_there = frame.page.number == self._first and frame.is_outer(line, OUTER)
        is_small = line.size <= LARGER * self.body and len(line.text) < LONGEST_HEAD
        return is_there and is_small and IMPRINT.search(line.text) is not None

    def _comes_back(self, line: TextLine, frame: _Frame) -> bool:
        """Whether a line near the edge has a text that several pages have there."""
        is_often = (
            any(self._texts[text] >= FEWEST_PAGES for text in _said(line))
            or self._placed[_placed(line)] >= self._enough_at_one_place
        )
        return (is_often and frame.is_outer(line, OUTER)) or (
            self._same[_same(line)] >= self._most_pages and frame.is_outer(line, OUTER_EDGE)
        )

    def _stands_where_others_do(self, line: TextLine) -> bool:
        """Whether many pages have a line at the height of this one, which is at an edge."""
        used = sum(self._places[round(line.base) + near] for near in (-1, 0, 1))
        is_small = line.size <= LARGER * self.body
        return is_small and len(line.text) < LONGEST_HEAD and used >= self._enough


def _going_on(pages: Sequence[TextPage], texts: Sequence[Iterable[str]]) -> int | None:
    """By how much the numbers among the texts of the pages differ from theirs, if that is seen."""
    offsets: Counter[int] = Counter()
    for page, found in zip(pages, texts, strict=True):
        numbers = {int(text) for text in found if NUMBER.fullmatch(text)}
        offsets.update(number - page.number for number in numbers)
    offset, count = max(offsets.items(), key=lambda one: one[1], default=(0, 0))
    return offset if count >= max(2, SHARE_OF_NUMBERED * len(pages)) else None


def _outermost(lines: Sequence[TextLine]) -> list[TextLine]:
    """The uppermost and the lowest line."""
    ordered = sorted(lines, key=lambda line: line.base)
    return [*ordered[:1], *ordered[-1:]]


def _end_words(*lines: TextLine) -> list[str]:
    """The first and the last word of each line."""
    words = [line.text.split() for line in lines]
    return [found[place] for found in words if found for place in (0, -1)]


def _edges(lines: Sequence[TextLine], frame: _Frame) -> list[TextLine]:
    """The uppermost and the lowest line, if space parts them from the others."""
    if len(lines) < 3:
        return []
    ordered = sorted(lines, key=lambda line: line.base)
    least = max(APART, WIDER * usual_leading(lines))
    found = []
    for edge in (ordered[0], ordered[-1]):
        level = [line for line in lines if abs(line.base - edge.base) < 1]
        apart = [line for line in lines if line not in level]
        if not apart:
            continue
        near = min(apart, key=lambda line: abs(line.base - edge.base))
        is_apart = abs(near.base - edge.base) > least * max(near.size, edge.size)
        if is_apart and frame.is_outer(edge, OUTER_EDGE):
            found += level
    return found


def _is_numbered(line: TextLine, page: TextPage, offset: int | None, body: float) -> bool:
    """Whether a line that is no heading begins or ends with the number of its page."""
    ends = _end_words(line)
    if line.is_bold or len(line.text) >= LONGEST_HEAD or " " not in line.text:
        return False
    if offset and line.size < MUCH_LARGER * body and str(page.number + offset) in ends:
        return True
    if line.size > LARGER * body:
        return False
    numbers = {str(page.number), page.label} - {""}
    is_spread = line.letter_width > SPREAD * line.size  # a number far from the words
    if is_spread and any(map(NUMBER.fullmatch, ends)):
        return True
    return page.number > 1 and not numbers.isdisjoint(ends)


def _is_number(line: TextLine) -> bool:
    return PAGE_NUMBER.fullmatch(line.text) is not None


def _said(line: TextLine) -> Iterator[str]:
    """What a line says, and what its left and right part do: one may name the section."""
    yield _masked(line.text)
    if len(line.cells) == MOST_PARTS:
        yield from (_masked(cell) for cell in line.cells if len(cell) >= FEWEST_OF_PART)


def _placed(line: TextLine) -> tuple[str, int]:
    return _masked(line.text), round(line.base / PLACE)


def _same(line: TextLine) -> tuple[str, int]:
    return line.text, round(line.base / PLACE)


def _masked(text: str) -> str:
    """Its words without numbers, in one order for left and for right pages."""
    bare = DIGITS.sub("#", text)
    if len(bare) < 12:
        bare = ROMAN.sub("#", bare)
    return " ".join(sorted(bare.casefold().split()))
