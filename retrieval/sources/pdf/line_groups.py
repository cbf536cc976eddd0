"""Groups the lines of a PDF that belong together, as of a paragraph, a list or a table.

Which groups are headings is decided in `pdf_headings.py`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from retrieval.sources.pdf.line_group import LineGroup
from retrieval.sources.pdf.paragraph_starts import SAME_SIZE, begins, hangs, has_room
from retrieval.sources.pdf.text_lines import TextLine, usual_leading, usual_size

GAP = 1.22  # of the usual distance of two lines
SMALL_CAPITALS = 0.2  # of the size, that they are smaller
MOST_FIXED = 0.6  # of the characters, in letters that are all as wide
TALL = 1.6  # of the usual gap, around a line with a formula
FEWEST_FOR_EDGE = 3
FEWEST_BESIDE = 5  # lines beside a picture
ROW_HEIGHT = 3.0  # of the size, at most, of a row of a table
LONGER = 1.5  # of the size
EVEN = 0.05  # of the size, by which the ends of lines differ that are set to an edge
LONG = 12  # times the size
LARGE = 1.15  # times the size of the text
CENTRED = 0.3  # of the size


def line_groups(rows: Sequence[TextLine]) -> list[LineGroup]:
    """The groups of all pages in order."""
    rows = _with_code(rows)
    body = usual_size(rows)
    leading = usual_leading([row for row in rows if abs(row.size - body) < 0.6])
    stretches = _stretches(rows, leading)
    return [group for stretch in stretches for group in _split(stretch, leading, body)]


def _with_code(rows: Sequence[TextLine]) -> list[TextLine]:
    """The lines, those of code without cells; of a text all in such letters none is code."""
    fixed = sum(len(row.text) for row in rows if row.is_fixed)
    if MOST_FIXED * sum(len(row.text) for row in rows) < fixed:
        return [replace(row, is_fixed=False) for row in rows]
    return [replace(row, cells=()) if row.is_fixed else row for row in rows]


def _stretches(rows: Sequence[TextLine], leading: float) -> Iterator[LineGroup]:
    """Lines of one size right below each other, with the edges of their column."""
    parts: list[LineGroup] = []
    for row in rows:
        if parts and (
            _is_below(parts[-1].lines[-1], row, leading)
            or _is_of_small_capitals(parts[-1].lines, row, leading)
        ):
            parts[-1].lines.append(row)
        else:
            parts.append(LineGroup([row]))
    for part in parts:
        part.left = min(line.start for line in part.lines)
        part.right = _right_edge(part.lines)
    for number, part in enumerate(parts):
        if len(part.lines) < FEWEST_FOR_EDGE:
            _widen(part, parts[max(0, number - 6) : number + 7])
    yield from parts


def _right_edge(lines: Sequence[TextLine]) -> float:
    """Where the longest lines end, except for a last one that runs on below a picture."""
    *above, last = [line.end for line in lines]
    is_below = len(lines) >= FEWEST_BESIDE and last - max(above) > LONGER * lines[0].size
    return max(above) if is_below else max(line.end for line in lines)


def _is_below(above: TextLine, line: TextLine, leading: float) -> bool:
    distance = above.base - line.base
    size = max(above.size, line.size)
    overlap = min(above.end, line.end) - max(above.start, line.start)
    return (
        above.page == line.page
        and bool(above.cells) == bool(line.cells)
        and abs(above.size - line.size) <= SAME_SIZE * size + 0.3
        and 0.3 * size < distance < (ROW_HEIGHT if line.cells else max(1.75, 1.6 * leading)) * size
        and above.is_fixed == line.is_fixed
        and (overlap > 0 or (above.is_fixed and line.is_fixed))
    )


def _is_of_small_capitals(lines: Sequence[TextLine], line: TextLine, leading: float) -> bool:
    """Whether a sentence goes on from a full line, although one of both is set smaller."""
    above = lines[-1]
    larger = max(above.size, line.size)
    room = max(one.end for one in lines) - above.end
    return (
        len(lines) > 1
        and above.page == line.page
        and not (above.ends_sentence or above.cells or line.cells)
        and abs(above.size - line.size) < SMALL_CAPITALS * larger
        and abs(above.start - line.start) < 0.3 * larger
        and 0 < above.base - line.base < GAP * leading * larger
        and room < line.first_word_width + line.size
    )


def _widen(part: LineGroup, near: Sequence[LineGroup]) -> None:
    """Give a few lines the edges of the longer stretches near them, if they overlap.

    Two long lines that end at one place show the right edge themselves.
    """
    page = part.lines[0].page
    ends = [line.end for line in part.lines]
    size = part.lines[0].size
    is_even = len(ends) > 1 and max(ends) - min(ends) < EVEN * size
    shows_edge = is_even and min(line.width for line in part.lines) > LONG * size
    for other in near:
        first = other.lines[0]
        about = other.left < part.right and part.left < other.right
        if (
            abs(first.page - page) <= 1
            and len(other.lines) >= FEWEST_FOR_EDGE
            and about
            and not first.cells
            and part.left > other.left - 2 * first.size
        ):
            part.right = part.right if shows_edge else max(part.right, other.right)
            part.left = min(part.left, other.left)


def _split(stretch: LineGroup, leading: float, body: float) -> Iterator[LineGroup]:
    lines = stretch.lines
    is_large = lines[0].size > LARGE * body
    if stretch.is_table or stretch.is_code:
        yield stretch
        return
    gaps = [one.base - other.base for one, other in pairwise(lines)]
    usual = min(median(gaps), leading * lines[0].size * 1.15) if gaps else 0.0
    usual = min(usual, min([gap for gap in gaps if gap > 0.8 * usual], default=usual))
    sticks_out = hangs(stretch)
    group = LineGroup([lines[0]], stretch.left, stretch.right)
    for number, line in enumerate(lines[1:], start=1):
        after = lines[number + 1] if number + 1 < len(lines) else None
        most = TALL if _is_cut_off(group.lines[-1], line, stretch) else GAP
        goes_on = is_large and _is_centred_below(group.lines[-1], line)
        breaks = gaps[number - 1] > most * usual or (
            not goes_on and begins(group, line, after, stretch, sticks_out=sticks_out)
        )
        if breaks:
            yield group
            group = LineGroup([line], stretch.left, stretch.right)
        else:
            group.lines.append(line)
    yield group


def _is_centred_below(above: TextLine, line: TextLine) -> bool:
    """Whether both have the same middle and begin apart, as lines of a title on its own."""
    off = abs(above.start + above.end - line.start - line.end) / 2
    is_alike = above.is_bold == line.is_bold and not above.ends_sentence
    return is_alike and off < CENTRED * line.size < abs(above.start - line.start)


def _is_cut_off(above: TextLine, line: TextLine, stretch: LineGroup) -> bool:
    """Whether a sentence clearly goes on from a full line to the next one."""
    is_open = not above.ends_sentence and line.text[:1].islower()
    return is_open and not has_room(above, line, stretch)
