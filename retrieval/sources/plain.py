"""Plain text: paragraphs a line each or hard-wrapped, headings as short lines of their own."""

import re
from collections.abc import Iterator

from retrieval.sources.blocks import Block, heading, paragraph

LONGEST_HEADING = 100
MOST_HEADING_WORDS = 16
WIDEST_WRAP = 120
NARROWEST_WRAP = 40
CLOSING = ".;,…。．।۔"
CLOSING_MARKS = "\"'”’»)]"
SENTENCE_ENDS = tuple('.!?…。"”»')
BULLET = re.compile(r"\s*(?:[-*•–·▪◦]|\d{1,3}[.)])\s+")
MARKED_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
TWO_SENTENCES = re.compile(r"\w[.!?。]\s+\w")


def plain_blocks(lines: list[str], first_line: int) -> list[Block]:
    """The headings and paragraphs of plain text; `first_line` is the number of its first line."""
    blocks: list[Block] = []
    for group in _groups(lines, first_line):
        blocks.extend(_blocks_of(group))
    return blocks


def _groups(lines: list[str], first_line: int) -> Iterator[list[tuple[int, str]]]:
    """Runs of lines between empty ones; rules such as `-----` count as empty."""
    group: list[tuple[int, str]] = []
    for number, line in enumerate(lines, start=first_line):
        if any(char.isalnum() for char in line):
            group.append((number, line))
        elif group:
            yield group
            group = []
    if group:
        yield group


def _blocks_of(group: list[tuple[int, str]]) -> Iterator[Block]:
    while group:
        number, line = group[0]
        size = _list_length(group) or _wrapped_length(group)
        if size > 1:
            glue = "\n" if _list_length(group) else " "
            yield paragraph(glue.join(text.strip() for _, text in group[:size]), number)
        elif marked := MARKED_HEADING.fullmatch(line.strip()):
            yield heading(marked[1], number)
        elif is_heading(line):
            yield heading(line, number)
        else:
            yield paragraph(line, number)
        group = group[max(size, 1) :]


def is_heading(line: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, no closing full stop."""
    text = line.strip()
    ending = text.rstrip(CLOSING_MARKS)
    return (
        0 < len(text) <= LONGEST_HEADING
        and len(text.split()) <= MOST_HEADING_WORDS
        and not ending.endswith(tuple(CLOSING))
        and not text[0].islower()
        and not TWO_SENTENCES.search(text)
        and BULLET.match(line) is None
    )


def _list_length(group: list[tuple[int, str]]) -> int:
    """How many lines at the start of the group are a list: bulleted, or three short ones."""
    bulleted = 0
    while bulleted < len(group) and BULLET.match(group[bulleted][1]):
        bulleted += 1
    if bulleted > 1:
        return bulleted
    short = 0
    while short < len(group) and len(group[short][1].strip()) < NARROWEST_WRAP:
        short += 1
    return short if short >= 3 else 0


def _wrapped_length(group: list[tuple[int, str]]) -> int:
    """How many lines at the start of the group are one hard-wrapped paragraph.

    Such a paragraph's lines are about equally long and some end amid a sentence; a heading right
    above it is shorter by half.
    """
    widths = [len(text.strip()) for _, text in group]
    if len(group) < 2 or max(widths) > WIDEST_WRAP:
        return 0
    widest = max(widths)
    if widths[0] < widest * 0.6 and is_heading(group[0][1]):
        return 0
    full = all(width >= max(NARROWEST_WRAP, widest * 0.6) for width in widths[:-1])
    broken = any(not text.rstrip().endswith(SENTENCE_ENDS) for _, text in group[:-1])
    return len(group) if full and broken else 0
