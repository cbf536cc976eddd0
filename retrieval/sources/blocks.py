"""Headings and paragraphs of a file, before they are numbered."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph as it stands in a file; `line` counts from 1."""

    text: str
    line: int
    is_heading: bool


def heading(text: str, line: int) -> Block:
    """A heading, on one line."""
    return Block(" ".join(text.split()), line, is_heading=True)


def paragraph(text: str, line: int) -> Block:
    """A paragraph, without the white space around it."""
    return Block(text.strip(), line, is_heading=False)


def add_list(blocks: list[Block], text: str, line: int) -> None:
    """Add a list, a line for each entry, to the paragraph that leads in to it if there is one."""
    if blocks and not blocks[-1].is_heading and blocks[-1].text.endswith(":"):
        lead_in = blocks.pop()
        blocks.append(paragraph(f"{lead_in.text}\n{text}", lead_in.line))
    else:
        blocks.append(paragraph(text, line))
