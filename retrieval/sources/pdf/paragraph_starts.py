"""Where in lines below each other does the next paragraph of a PDF begin?"""

import re

from retrieval.sources.pdf.line_group import BULLET, LineGroup
from retrieval.sources.pdf.text_lines import TextLine

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
HYPHENS = "-‐‑\u00ad"
SAME_SIZE = 0.06
INDENT = 0.7  # of the size
MOST_INDENT = 5  # times the size; what begins further in makes room for a picture
SHORT = 0.7
RUN_IN_LENGTHS = range(4, 40)


def begins(
    group: LineGroup,
    line: TextLine,
    after: TextLine | None,
    stretch: LineGroup,
    *,
    sticks_out: bool,
) -> bool:
    """Whether a line right below a paragraph begins the next one.

    `after` is the line below it, `stretch` all lines of their column, and `sticks_out` tells that
    first lines stick out in it.
    """
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
    if sticks_out and above.start - line.start > INDENT * line.size:
        return True
    if group.is_entry:
        goes_on = line.start > group.lines[0].start + 0.3 * line.size
        least = min(one.start for one in group.lines[1:] or [line])
        is_back = above.ends_sentence and least - line.start > INDENT * line.size
        return is_back or (is_short and (above.ends_sentence or not goes_on))
    is_very_short = above.end - stretch.left < SHORT * (stretch.right - stretch.left)
    is_set_off = (
        not sticks_out and len(stretch.lines) > 2 and _is_indented(above, line, after, stretch)
    )
    is_whole = above.text.rstrip()[-1:] not in HYPHENS
    is_last = is_short and is_whole and (above.ends_sentence or is_very_short)
    if line.text[:1].islower():  # as if its first letters were lost, as ligatures sometimes are
        return is_set_off and is_last and above.ends_sentence
    return is_set_off or is_last


def hangs(stretch: LineGroup) -> bool:
    """Whether first lines stick out to the left, as in a bibliography."""
    lines = stretch.lines
    if len(lines) < 4:
        return False
    indented = [
        INDENT * line.size < line.start - stretch.left < MOST_INDENT * line.size for line in lines
    ]
    return not indented[0] and 2 * sum(indented) > len(lines)


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
