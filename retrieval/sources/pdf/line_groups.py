"""Groups the lines of a PDF that belong together, as of a paragraph, a list or a table.

Which groups are headings is decided in `pdf_headings.py`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from retrieval.sources.pdf.text_lines import TextLine, usual_leading, usual_size

BULLET = re.compile(
    r"\s*(?:[•◦▪●○■□‣⁃∙·✓➢❖]|[-*–—](?=\s)|\((?:\d{1,3}|[a-z])\)|\d{1,3}[.)](?=\s)"
    r"|[a-z][.)](?=\s))\s*"
)
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
HYPHENS = "-‐‑\u00ad"
GAP = 1.22  # of the usual distance of two lines
SAME_SIZE = 0.06
SMALL_CAPITALS = 0.2  # of the size, that they are smaller
INDENT = 0.7  # of the size
MOST_INDENT = 5  # times the size; what begins further in makes room for a picture
SHORT = 0.7
MOST_FIXED = 0.6  # of the characters, in letters that are all as wide
TALL = 1.6  # of the usual gap, around a line with a formula
FEWEST_FOR_EDGE = 3
FEWEST_BESIDE = 5  # lines beside a picture
RUN_IN_LENGTHS = range(4, 40)
ROW_HEIGHT = 3.0  # of the size, at most, of a row of a table
LONGER = 1.5  # of the size
EVEN = 0.05  # of the size, by which the ends of lines differ that are set to an edge
LONG = 12  # times the size
LARGE = 1.15  # times the size of the text
CENTRED = 0.3  # of the size


@dataclass(slots=True)
class LineGroup:
    """Lines that belong together; `left` and `right` are the edges of their column."""

    lines: list[TextLine] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    @property
    def size(self) -> float:
        """The size of most of it."""
        return usual_size(self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def is_table(self) -> bool:
        """Whether it is made of rows with cells."""
        return len(self.lines) > 1 and all(line.cells for line in self.lines)

    @property
    def is_code(self) -> bool:
        """Whether it is several lines of letters that are all as wide."""
        return len(self.lines) > 1 and all(line.is_fixed for line in self.lines)

    @property
    def code(self) -> str:
        """Its lines, indented as they are set."""
        left = min(line.start for line in self.lines)
        return "\n".join(
            " " * round((line.start - left) / max(1.0, line.letter_width)) + line.text.strip()
            for line in self.lines
        )

    @property
    def is_entry(self) -> bool:
        """Whether it begins as an entry of a list does."""
        return BULLET.match(self.lines[0].text) is not None

    @property
    def text(self) -> str:
        """Its lines as they are, with a mark where a line is full and cuts a word."""
        return "\n".join(
            line.marked if self.right - line.end < 2 * line.size else line.text
            for line in self.lines
        )

    @property
    def wrapped(self) -> str:
        """Its lines as they are, as of a heading."""
        return "\n".join(line.text for line in self.lines)

    @property
    def flat(self) -> str:
        """Its words on one line."""
        return " ".join(self.wrapped.split())


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
    hangs = _hangs(stretch)
    group = LineGroup([lines[0]], stretch.left, stretch.right)
    for number, line in enumerate(lines[1:], start=1):
        after = lines[number + 1] if number + 1 < len(lines) else None
        most = TALL if _is_cut_off(group.lines[-1], line, stretch) else GAP
        goes_on = is_large and _is_centred_below(group.lines[-1], line)
        breaks = gaps[number - 1] > most * usual or (
            not goes_on and _begins(group, line, after, stretch, hangs=hangs)
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


def _hangs(stretch: LineGroup) -> bool:
    """Whether first lines stick out to the left, as in a bibliography."""
    lines = stretch.lines
    if len(lines) < 4:
        return False
    indented = [
        INDENT * line.size < line.start - stretch.left < MOST_INDENT * line.size for line in lines
    ]
    return not indented[0] and 2 * sum(indented) > len(lines)


def _begins(
    group: LineGroup, line: TextLine, after: TextLine | None, stretch: LineGroup, *, hangs: bool
) -> bool:
    """Whether a line right below a paragraph begins the next one."""
    above = group.lines[-1]
    is_short = has_room(above, line, stretch)
    if BULLET.match(line.text) and (above.ends_sentence or is_short or group.is_entry):
        return not (line.text[:1].isdigit() and above.text.rstrip().endswith(","))
    has_heading = above.ends_sentence and _has_run_in_heading(line)
    is_heading = (
        len(group.lines) == 1 and line.text[:1].isupper() and _is_in_another_font(above, line)
    )
    if has_heading or (is_short and (is_heading or _differs_in_weight(above, line))):
        return True
    if hangs and above.start - line.start > INDENT * line.size:
        return True
    if group.is_entry:
        goes_on = line.start > group.lines[0].start + 0.3 * line.size
        least = min(one.start for one in group.lines[1:] or [line])
        is_back = above.ends_sentence and least - line.start > INDENT * line.size
        return is_back or (is_short and (above.ends_sentence or not goes_on))
    is_very_short = above.end - stretch.left < SHORT * (stretch.right - stretch.left)
    is_set_off = not hangs and len(stretch.lines) > 2 and _is_indented(above, line, after, stretch)
    is_whole = above.text.rstrip()[-1:] not in HYPHENS
    is_last = is_short and is_whole and (above.ends_sentence or is_very_short)
    if line.text[:1].islower():  # as if its first letters were lost, as ligatures sometimes are
        return is_set_off and is_last and above.ends_sentence
    return is_set_off or is_last


def _differs_in_weight(above: TextLine, line: TextLine) -> bool:
    """Whether one of them is bold; words in small capitals, which look so, are smaller."""
    is_as_large = abs(above.size - line.size) <= SAME_SIZE * line.size + 0.3
    return line.is_bold != above.is_bold and is_as_large


def _is_in_another_font(above: TextLine, line: TextLine) -> bool:
    """Whether all of each is set in a font of its own."""
    return bool(above.font and line.font) and above.font != line.font


def _has_run_in_heading(line: TextLine) -> bool:
    """Whether a line begins with a word in bold, or as `DATES: The agency` does."""
    head, colon, _ = line.text.partition(":")
    is_in_capitals = bool(colon) and head.isupper() and len(head) in RUN_IN_LENGTHS
    return is_in_capitals or (line.opens_bold and line.text[:1].isupper())


def has_room(above: TextLine, line: TextLine, stretch: LineGroup) -> bool:
    """Whether the first word of a line would have had room in the line above."""
    room = stretch.right - above.end
    if CJK.search(above.text):
        return room > 2 * line.size
    return room > line.first_word_width + 0.35 * line.size


def _is_indented(
    above: TextLine, line: TextLine, after: TextLine | None, stretch: LineGroup
) -> bool:
    """Whether a line is indented more than the line above and the one after it."""
    least = INDENT * line.size
    is_near = line.start - stretch.left < MOST_INDENT * line.size
    is_first = is_near and line.start - above.start > least
    return is_first and (after is None or line.start - after.start > least)
