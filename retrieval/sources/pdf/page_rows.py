"""Puts the parts of lines that stand beside each other on a page into rows, tables and columns."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median

from retrieval.sources.pdf.text_lines import TextLine, TextPage

CELL_GAP = 1.5  # of the size: wider than any blank between words
WORD_GAP = 0.12
CELL = " | "
LEADERS = re.compile(r"(?:[.·․…_]\s?){5,}\s*[\divxlc]*\s*$", re.IGNORECASE)
STRAY = re.compile(r"[.,;:·]")  # marks that are left of something deleted
RULE = re.compile(r"[-_=–—]{9,}")
SMALL = 0.85
RAISED = 0.8  # of the size: how far exponents and indices are from the base line
LONGEST_EXPONENT = 2.0  # of the size
NEAR = 1.1  # of the size, between them and what they belong to
MOST_LEADING = 1.6  # of the size
MOST_INDENT = 5  # times the size
FEWEST_ROWS = 6
LEAST_COLUMN = 0.25  # of the page's width
SHARE_OF_COLUMNS = 0.6
MOST_REPEATED = 5  # rows
REPEATED_MARK = re.compile(r"[a-z]+\d+", re.IGNORECASE)


def page_rows(page: TextPage) -> list[TextLine]:
    """The lines of a page, a row of a table as one; contents with dots to a number are left out.

    The order is the file's, but for columns whose lines the file has side by side.
    """
    rows = [
        row
        for row in _without_repeated(_rows(page.lines))
        if not (LEADERS.search(row[-1].text) or (len(row) == 1 and _says_nothing(row[0])))
    ]
    gutter = _gutter(rows, page.width)
    if gutter is not None:
        return list(_in_columns(rows, gutter))
    return list(_with_terms(rows))


def _says_nothing(line: TextLine) -> bool:
    """Whether a line is a mark, or a rule that is written with hyphens outside of code."""
    is_rule = not line.is_fixed and RULE.fullmatch(line.text) is not None
    return is_rule or STRAY.fullmatch(line.text) is not None


def _without_repeated(rows: Iterable[Sequence[TextLine]]) -> Iterator[Sequence[TextLine]]:
    """The rows but for a hidden mark that stands below itself again and again, such as `a1111`."""
    for texts, group in groupby(rows, key=lambda row: [line.text for line in row]):
        run = list(group)
        if len(run) < MOST_REPEATED or texts[1:] or not REPEATED_MARK.fullmatch(texts[0]):
            yield from run


def _with_terms(rows: Sequence[Sequence[TextLine]]) -> Iterator[TextLine]:
    """Each row as a line; without cells where a term, a number or a wide blank looks like one."""
    lines = [_row(parts) for parts in rows]
    above: TextLine | None = None
    for number, row in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        is_line = (
            bool(row.cells)
            and below is not None
            and (
                _is_stretched(row, above, below)
                or (not below.cells and _is_term(rows[number], below))
            )
        )
        above = replace(row, cells=()) if is_line else row
        yield above


def _is_term(parts: Sequence[TextLine], below: TextLine) -> bool:
    """Whether the second of two parts goes on in the line below, and the first ends there."""
    if len(parts) != 2:
        return False
    first, second = parts
    is_wider = second.width > first.width
    return is_wider and not second.ends_sentence and _is_right_below(second, below)


def _is_stretched(row: TextLine, above: TextLine | None, below: TextLine) -> bool:
    """Whether a row is a line of a paragraph, as wide as the one above, with a wide blank."""
    return (
        above is not None
        and not above.cells
        and not above.ends_sentence
        and abs(above.end - row.end) < row.size
        and abs(above.start - row.start) < MOST_INDENT * row.size
        and _is_near(above, row)
        and _is_right_below(row, below)
        and (not below.cells or abs(row.end - below.end) < row.size)
    )


def _is_right_below(above: TextLine, line: TextLine) -> bool:
    return _is_near(above, line) and abs(line.start - above.start) < 0.3 * line.size


def _is_near(above: TextLine, line: TextLine) -> bool:
    return 0 < above.base - line.base < MOST_LEADING * line.size


def _rows(lines: Iterable[TextLine]) -> Iterator[list[TextLine]]:
    """The parts on one base line, from where reading begins."""
    row: list[TextLine] = []
    for line in lines:
        if row and (_is_beside(row[-1], line) or _is_beside(line, row[0])):
            row.append(line)
        elif row and _is_stacked(line, row):
            row[-1] = _glued(row[-1], line)
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
        reach = RAISED
        if abs(line.start - before.end) > NEAR * larger:
            return False
    return abs(before.base - line.base) < reach * larger and line.start > before.end - 0.5 * larger


def _is_stacked(line: TextLine, row: Sequence[TextLine]) -> bool:
    """Whether a line goes on below an exponent, or over an index, that ends a row."""
    last, main = row[-1], max(row, key=lambda part: part.size)
    is_small = min(last.size, line.size) < SMALL * main.size
    is_near = abs(line.base - main.base) < RAISED * main.size
    is_there = -LONGEST_EXPONENT < (line.start - last.end) / main.size < NEAR
    return is_small and is_near and is_there


def _glued(before: TextLine, line: TextLine) -> TextLine:
    larger = max(before, line, key=lambda part: part.size)
    start, end = min(before.start, line.start), max(before.end, line.end)
    return replace(larger, text=before.text + line.text, start=start, end=end)


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
