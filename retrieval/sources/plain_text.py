"""Plain text: paragraphs a line each or hard-wrapped, headings as short lines of their own."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.sources.blocks import Block, add_list, heading, paragraph
from retrieval.sources.line_hyphens import LineJoiner
from retrieval.text.analysis import UNSPACED_RUN

LONGEST_PLAIN_HEADING = 100
LONGEST_UNSPACED_HEADING = 30
MOST_HEADING_WORDS = 16
WIDEST_WRAP = 120
WIDEST_VERSE = 45
FULL = 0.6
CLOSING = tuple(".:;,…。．।۔：；，、")
CLOSING_MARKS = "\"'”’»)]"
SENTENCE_ENDS = tuple('.!?…。！？"”»')
BULLET = re.compile(r"\s*(?:[-*•–·▪◦]|(?:\d{1,3}|[a-z])[.)])\s+")
MARK = re.compile(r"\s*[-*•–·▪◦]\s+")
MARKED_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
TWO_SENTENCES = re.compile(r"\w[.!?。]\s+\w")
BRACKETED = re.compile(r"\[.*\]|\(.*\)")  # such as "[Illustration]"
GRAMMAR = " = "  # as in a specification: `Vary = "Vary" ":" 1#field-name`
# Of typescripts and books of Project Gutenberg; names of a program are joined to letters.
EMPHASIS = re.compile(r"(?<![\w/.-])_(?=[^\s_])([^_]{1,500})(?<=\S)_(?![\w/])")
PICTURE = "[Illustration]"
NUMBERED = re.compile(r"\d{1,3}[.)]\s+")


def plain_blocks(lines: list[str], first_line: int, code: str) -> list[Block]:
    """The headings and paragraphs of plain text in the language of that code.

    `first_line` is the number of its first line.

    Lines between two empty ones are a group: a heading, a list, a hard-wrapped paragraph, verse,
    or, if they are long or each ends a sentence, a paragraph each. Takes time in proportion to
    the length of the text.
    """
    blocks: list[Block] = []
    joiner = LineJoiner(lines, code)
    for number, group in _groups(lines, first_line):
        _add_group(blocks, number, group, joiner)
    shown = (block for block in blocks if block.text != PICTURE)
    return [replace(block, text=EMPHASIS.sub(r"\1", block.text)) for block in shown]


def is_heading(line: str) -> bool:
    """Whether a line that stands alone reads as a heading: short, no closing full stop."""
    text = line.strip()
    unspaced = UNSPACED_RUN.search(text) is not None
    return (
        0 < len(text) <= (LONGEST_UNSPACED_HEADING if unspaced else LONGEST_PLAIN_HEADING)
        and len(text.split()) <= MOST_HEADING_WORDS
        and not text.rstrip(CLOSING_MARKS).endswith(CLOSING)
        and not text[0].islower()
        and not TWO_SENTENCES.search(NUMBERED.sub("", text, count=1))
        and MARK.match(line) is None
        and BRACKETED.fullmatch(text) is None
        and GRAMMAR not in text
    )


def _groups(lines: list[str], first_line: int) -> Iterator[tuple[int, list[str]]]:
    """The line number and the lines of each group; rules such as `-----` count as empty."""
    group: list[str] = []
    for number, line in enumerate(lines, start=first_line):
        if any(char.isalnum() for char in line):
            group.append(line)
        elif group:
            yield number - len(group), group
            group = []
    if group:
        yield first_line + len(lines) - len(group), group


def _add_group(blocks: list[Block], number: int, group: list[str], joiner: LineJoiner) -> None:
    widest = max(len(line.strip()) for line in group)
    start = 0
    while widest <= WIDEST_WRAP and _is_headed(group[start : start + 2], widest):
        blocks.append(_heading(group[start], number + start))
        start += 1
    group, number = group[start:], number + start
    if len(group) == 1 or widest > WIDEST_WRAP:
        _add_lines(blocks, number, group)
    elif any(BULLET.match(line) for line in group) and len(_rows(group, joiner)) > 1:
        add_list(blocks, _rows(group, joiner), number)
    elif widest <= WIDEST_VERSE and len(group) > 2 and _are_verses(group):
        blocks.append(paragraph("\n".join(line.strip() for line in group), number))
    elif all(_ends(line, widest) for line in group[:-1]):
        _add_lines(blocks, number, group)
    else:
        blocks.append(paragraph(joiner.joined(group), number))


def _add_lines(blocks: list[Block], number: int, lines: Iterable[str]) -> None:
    """Each line as a heading or a paragraph of its own; bulleted ones in a row as a list."""
    rows: list[str] = []
    for position, line in enumerate(lines, start=number):
        if MARK.match(line):
            rows.append(line.strip())
            continue
        if rows:
            add_list(blocks, rows, position - len(rows))
            rows = []
        if any(char.isalnum() for char in line):
            found = is_heading(line) or MARKED_HEADING.fullmatch(line.strip())
            blocks.append(_heading(line, position) if found else paragraph(line, position))
    if rows:
        add_list(blocks, rows, position + 1 - len(rows))


def _heading(line: str, number: int) -> Block:
    marked = MARKED_HEADING.fullmatch(line.strip())
    return heading(marked[1] if marked else line, number)


def _is_headed(group: list[str], widest: int) -> bool:
    """Whether the first line is a heading right above what it heads."""
    if len(group) < 2:
        return False
    first, second = group[0].strip(), group[1].strip()
    if MARKED_HEADING.fullmatch(first):
        return True
    short = len(first) < FULL * widest and not second[0].islower()
    return short and widest > WIDEST_VERSE and is_heading(first) and not BULLET.match(first)


def _ends(line: str, widest: int) -> bool:
    """Whether nothing of this line goes on in the next one."""
    is_short = len(line.strip()) < FULL * widest
    return line.rstrip().endswith(SENTENCE_ENDS) or (is_short and is_heading(line))


def _rows(group: list[str], joiner: LineJoiner) -> list[str]:
    """The entries of a list: a line without a bullet goes on where the one before ended."""
    rows: list[list[str]] = []
    for line in group:
        if rows and not BULLET.match(line) and not rows[-1][-1].rstrip().endswith(":"):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [joiner.joined(row) for row in rows]


def _are_verses(group: list[str]) -> bool:
    """Whether most lines begin a new sentence, so that line ends mean something."""
    fresh = sum(not line.strip()[0].islower() for line in group)
    return 3 * fresh >= 2 * len(group)
