"""The headings and paragraphs of a file, before they are numbered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph as it stands in a file; `line` counts from 1."""

    text: str
    line: int
    is_heading: bool
    level: int = 2


def heading(text: str, line: int, level: int = 2) -> Block:
    """A heading; level 1 is a title."""
    return Block(" ".join(text.split()), line, is_heading=True, level=level)


def paragraph(text: str, line: int) -> Block:
    """A paragraph, without the white space around it."""
    return Block(text.strip(), line, is_heading=False)
