"""Joins the parts of a paragraph that goes on in the next column or on the next page."""

import re
from collections.abc import Sequence

from retrieval.sources.pdf.line_group import LineGroup
from retrieval.sources.pdf.paragraph_starts import (
    HYPHENS,
    INDENT,
    SAME_SIZE,
    SHORT,
    has_room,
)

CAPTION = re.compile(
    r"(?:fig(?:ure|ura)?|tab(?:le|elle|leau|la|ella)?|abb(?:ildung)?|рис(?:унок)?|табл(?:ица)?|[図表图그림표])"
    r"\.?\s*\d+\s*[.:–—-]",
    re.IGNORECASE,
)
FULL = 2.5  # of the size, that may be left at the end of a full line
NOTE_SIZE = 0.93
FEWEST_BOLD = 3  # lines of a bold paragraph; fewer are a heading


def continued(groups: Sequence[LineGroup], body: float) -> list[LineGroup]:
    """The groups, a paragraph that goes on in the next column or page as one.

    `body` is the size of most of the text. Notes at the foot of a page, and captions, come behind
    the paragraph that goes on over them.
    """
    found: list[LineGroup] = []
    notes: list[LineGroup] = []
    for group in groups:
        is_note = group.size < NOTE_SIZE * body or CAPTION.match(group.lines[0].text) is not None
        last = found[-1] if found else None
        if is_note and last is not None and _may_go_on(last):
            notes.append(group)
        elif last is not None and _goes_on(last, group):
            last.lines += group.lines
            last.right, last.left = group.right, group.left
            if not _may_go_on(last):
                found += notes
                notes = []
        else:
            found += notes
            notes = []
            found.append(group)
    return found + notes


def _may_go_on(group: LineGroup) -> bool:
    """Whether a paragraph ends in a long line without an end mark."""
    last = group.lines[-1]
    may_be_heading = last.is_bold and len(group.lines) < FEWEST_BOLD
    if group.is_table or group.is_code or last.cells or may_be_heading:
        return False
    is_long = group.right - last.end < max(FULL * last.size, (1 - SHORT) * last.width)
    text = last.text.rstrip()
    return is_long and (not last.ends_sentence or text[-1:] in HYPHENS) and len(text) > 12


def _goes_on(group: LineGroup, other: LineGroup) -> bool:
    last, first = group.lines[-1], other.lines[0]
    moves = first.page != last.page or first.base > last.base
    if not moves or first.page - last.page > 1 or other.is_table or first.cells:
        return False
    same = abs(last.size - first.size) <= SAME_SIZE * last.size + 0.3
    if not same or last.is_bold != first.is_bold or not _may_go_on(group):
        return False
    is_open = first.text[:1].islower()
    is_full = group.right - last.end < FULL * last.size or not has_room(last, first, group)
    is_indented = first.start - other.left > INDENT * first.size and len(other.lines) > 1
    return not other.is_entry and (is_open or (is_full and not is_indented))
