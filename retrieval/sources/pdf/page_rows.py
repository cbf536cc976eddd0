"""Puts the parts of lines that stand beside each other on a page into rows, tables and columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from retrieval.sources.pdf.text_lines import TextLine, TextPage

CELL_GAP = 1.5  # of the size: wider than any blank between words
WORD_GAP = 0.12
CELL = " | "
LEADERS = re.compile(r"(?:[.·․…_]\s?){5,}\s*[\divxlc]*\s*$", re.IGNORECASE)
SMALL = 0.85
LEVEL = 0.05  # of the size, between two parts of one line
MOST_STACKED = 2.0  # of the size: where an index stands below an exponent, PDFium parts the line
MOST_LEADING = 1.6  # of the size
FEWEST_ROWS = 6
LEAST_COLUMN = 0.25  # of the page's width
SHARE_OF_COLUMNS = 0.6


def page_rows(page: TextPage) -> list[TextLine]:
    """The lines of a page, a row of a table as one; contents with dots to a number are left out.

    The order is the file's, but for columns whose lines the file has side by side.
    """
    lines = [line for line in page.lines if not LEADERS.search(line.text)]
    rows = list(_rows(lines))
    gutter = _gutter(rows, page.width)
    if gutter is not None:
        return list(_in_columns(rows, gutter))
    return list(_with_terms(rows))


def _with_terms(rows: Sequence[Sequence[TextLine]]) -> Iterator[TextLine]:
    """Each row as a line; a term beside its explanation is no cell, nor a number set apart."""
    for number, parts in enumerate(rows):
        row = _row(parts)
        below = rows[number + 1] if number + 1 < len(rows) else ()
        yield replace(row, cells=()) if _is_term(row, parts, below) else row


def _is_term(row: TextLine, parts: Sequence[TextLine], below: Sequence[TextLine]) -> bool:
    """Whether the second of two parts goes on in the line below, and the first ends there."""
    if len(row.cells) != 2 or len(parts) != 2 or len(below) != 1:
        return False
    (first, second), line = parts, below[0]
    return (
        abs(line.start - second.start) < 0.3 * line.size
        and 0 < second.base - line.base < MOST_LEADING * line.size
        and second.width > first.width
        and not second.ends_sentence
    )


def _rows(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """The parts on one base line, from where reading begins."""
    row: list[TextLine] = []
    for line in lines:
        if row and (_is_beside(row[-1], line) or _is_beside(line, row[0])):
            row.append(line)
        else:
            if row:
                yield sorted(row, key=_start)
            row = [line]
    if row:
        yield sorted(row, key=_start)


def _start(line: TextLine) -> float:
    return line.start


def _is_beside(before: TextLine, line: TextLine) -> bool:
    larger = max(before.size, line.size)
    reach = 0.45
    if min(before.size, line.size) < SMALL * larger:  # raised or lowered, as exponents are
        reach = 0.8
        if abs(line.start - before.end) > CELL_GAP * larger:
            return False
    is_level = abs(before.base - line.base) < LEVEL * larger and line.end > before.end
    overlap = MOST_STACKED if is_level else 0.5
    is_behind = line.start > max(before.start, before.end - overlap * larger)
    return abs(before.base - line.base) < reach * larger and is_behind


def _row(parts: Sequence[TextLine]) -> TextLine:
    """The parts as one line, with cells if wide gaps are between them."""
    first = parts[0]
    if len(parts) == 1:
        return first
    cells = [first.text]
    for before, part in pairwise(parts):
        size = max(before.size, part.size)
        gap = part.start - before.end
        if gap > CELL_GAP * size:
            cells.append(part.text)
        else:
            cells[-1] += (" " if gap > WORD_GAP * size else "") + part.text
    longest = max(parts, key=lambda part: len(part.text))
    return replace(
        longest,
        text=" ".join(cells),
        start=first.start,
        end=max(part.end for part in parts),
        cells=tuple(cells) if len(cells) > 1 else (),
    )


def _gutter(rows: Sequence[Sequence[TextLine]], width: float) -> float | None:
    """Where a page is divided into two columns whose lines stand side by side in the file."""
    pairs = [row for row in rows if len(row) == 2 and row[1].start - row[0].end > row[0].size]
    if len(pairs) < FEWEST_ROWS or len(pairs) < SHARE_OF_COLUMNS * len(rows):
        return None
    left, right = median(r[0].width for r in pairs), median(r[1].width for r in pairs)
    if min(left, right) < LEAST_COLUMN * width:
        return None
    starts = [row[1].start for row in pairs]
    gutter = median(starts)
    is_straight = sum(abs(start - gutter) < width / 20 for start in starts) > 0.8 * len(starts)
    return gutter if is_straight else None


def _in_columns(rows: Iterable[Sequence[TextLine]], gutter: float) -> Iterator[TextLine]:
    """First what stands before the gutter, then what stands behind it; what crosses it parts."""
    after: list[TextLine] = []
    for row in rows:
        if any(part.start < gutter - part.size < part.end - part.size for part in row):
            yield from after
            after = []
            yield _row(row)
            continue
        before = [part for part in row if part.start < gutter - part.size]
        behind = [part for part in row if part.start >= gutter - part.size]
        if before:
            yield _row(before)
        if behind:
            after.append(_row(behind))
    yield from after
