"""Headings and paragraphs of a file, before they are numbered."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from retrieval.articles import Paragraph, ParagraphKind, Place
from retrieval.text.discourse import ARROWS, is_closed, names_source

MOST_LINES_OF_LIST = 100
COUNTED = re.compile(r"(?:(\d{1,2})°|([a-z])\)) *\w")
NUMBERED = re.compile(r"(\d{1,3})\. ")


class BlockKind(StrEnum):
    """The parts of a file: a heading, the end of its section, or a kind of paragraph."""

    HEADING = "heading"
    END = "end"
    TEXT = "text"
    LIST = "list"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph as it stands in a file; `line` counts from 1.

    A heading holds until the next one of its level or of a lower number, or until an `END` of
    such a level. `place` is where it stands in a document that has pages or anchors.
    """

    text: str
    line: int
    kind: BlockKind = BlockKind.TEXT
    level: int = 0
    place: Place | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.kind is BlockKind.HEADING

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a paragraph of any kind."""
        return self.kind not in (BlockKind.HEADING, BlockKind.END)


def heading(text: str, line: int, level: int = 1) -> Block:
    """A heading, on one line."""
    return Block(" ".join(text.split()), line, BlockKind.HEADING, level)


def paragraph(text: str, line: int) -> Block:
    """A paragraph, without the white space around it."""
    return Block(text.strip(), line)


def end(level: int, line: int) -> Block:
    """The end of the section under a heading of that level."""
    return Block("", line, BlockKind.END, level)


def says_something(text: str) -> bool:
    """Whether there is a letter or a digit to read."""
    return any(char.isalnum() for char in text)


def add_list(
    blocks: list[Block], entries: Sequence[str], line: int, *, any_lead_in: bool = True
) -> None:
    """Add a list of entries, the paragraph right before it as its lead-in if there is one.

    An entry may have several lines. A long list becomes several blocks, each with the lead-in.
    What a list right before it leads in to, or counts up to, belongs to that. Without
    `any_lead_in`, only what ends in a colon is a lead-in.
    """
    lead_in: tuple[str, ...] = ()
    before = blocks[-1] if blocks else None
    if before is not None and (whole := _carried_on(before, entries)):
        blocks[-1] = replace(before, text=whole)
        return
    if (
        before is not None
        and before.kind is BlockKind.TEXT
        and (any_lead_in or before.text.endswith((":", "：")))
        and not (names_source(before.text) or before.text.endswith(ARROWS))
        and not (
            len(blocks) > 1 and is_closed(before.text) and _is_counted_on(blocks[-2], entries[0])
        )
    ):
        blocks.pop()
        lead_in, line = (before.text,), before.line
    _add_parts(blocks, BlockKind.LIST, lead_in, entries, line)


def _carried_on(before: Block, entries: Sequence[str]) -> str | None:
    """The list before these entries with them, if they are part of it; None if they are not."""
    if before.kind is not BlockKind.LIST:
        return None
    lines = [line for entry in entries for line in entry.split("\n")]
    above = before.text.split("\n")
    if len(above) + len(lines) > MOST_LINES_OF_LIST:
        return None
    if above[-1].endswith((":", "：")):
        return "\n".join([*above, *(f"   {line}" for line in lines)])
    return "\n".join([*above, *lines]) if _is_counted_on(before, lines[0]) else None


def _is_counted_on(before: Block, entry: str) -> bool:
    """Whether a block is a list whose last number an entry follows."""
    first = NUMBERED.match(entry) if before.kind is BlockKind.LIST else None
    if first is None:
        return False
    last = next(filter(None, map(NUMBERED.match, reversed(before.text.split("\n")))), None)
    return last is not None and int(first[1]) == int(last[1]) + 1


def add_code(blocks: list[Block], code: str, line: int) -> None:
    """Add code; what the last entry of a list leads in to belongs to that entry."""
    before = blocks[-1] if blocks else None
    if before is not None and before.kind is BlockKind.LIST and before.text.endswith((":", "：")):
        text = "\n".join([before.text, *(f"   {one}" for one in code.split("\n"))])
        blocks[-1] = replace(before, text=text)
    else:
        blocks.append(Block(code, line, BlockKind.CODE))


def with_counted_lists(blocks: Iterable[Block]) -> list[Block]:
    """The blocks, with paragraphs that count themselves (`1° …`, `a) …`) as lists.

    Statutes are written so; what ends in a colon leads in to such a list.
    """
    settled: list[Block] = []
    run: list[Block] = []
    for block in (*blocks, None):
        if block is not None and _counts_on(run, block):
            run.append(block)
            continue
        if len(run) > 1:
            add_list(settled, [one.text for one in run], run[0].line, any_lead_in=False)
        else:
            settled += run
        run = [block] if block is not None and _counts_on([], block) else []
        if block is not None and not run:
            settled.append(block)
    return settled


def _counts_on(run: Sequence[Block], block: Block) -> bool:
    """Whether a paragraph counts on from the last of a run, or from the beginning."""
    counted = COUNTED.match(block.text) if block.kind is BlockKind.TEXT else None
    before = COUNTED.match(run[-1].text) if run else None
    if counted is None:
        return False
    number, letter = counted.groups()
    if before is None:
        return (number or letter) in ("1", "a")
    if number:
        return before[1] is not None and int(number) == int(before[1]) + 1
    return before[2] is not None and ord(letter) == ord(before[2]) + 1


def add_table(blocks: list[Block], rows: Sequence[str], line: int) -> None:
    """Add a table, a line for each row and the header row first; a long one as several blocks."""
    _add_parts(blocks, BlockKind.TABLE, rows[:1], rows[1:], line)


def _add_parts(
    blocks: list[Block], kind: BlockKind, first: Sequence[str], rest: Sequence[str], line: int
) -> None:
    for start in range(0, max(1, len(rest)), MOST_LINES_OF_LIST):
        lines = [*first, *rest[start : start + MOST_LINES_OF_LIST]]
        blocks.append(Block("\n".join(lines).strip(), line, kind))


def numbered(identity: str, blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    """The paragraphs of an article with that id, each under its headings."""
    above: list[Block] = []
    paragraphs: list[Paragraph] = []
    for block in blocks:
        if not block.is_paragraph:
            while above and above[-1].level >= block.level:
                above.pop()
        if block.is_heading:
            above.append(block)
        elif block.is_paragraph:
            *ancestors, own = [head.text for head in above] or [""]
            paragraphs.append(
                Paragraph(
                    identity,
                    len(paragraphs) + 1,
                    own,
                    block.text,
                    tuple(ancestors),
                    ParagraphKind(block.kind),
                    block.place,
                )
            )
    return tuple(paragraphs)
