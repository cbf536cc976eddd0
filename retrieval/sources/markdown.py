"""Markdown: its blocks as plain text, so that a quote shows words and no markup."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from retrieval.sources.blocks import Block, heading, paragraph

CELL = " | "


def markdown_blocks(lines: list[str], first_line: int) -> list[Block]:
    """The headings and paragraphs of Markdown; a list or a table is one paragraph of lines.

    A list follows its lead-in ("The reasons are:") in the same paragraph.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(lines))
    blocks: list[Block] = []
    for node in _leaves(SyntaxTreeNode(tokens)):
        line = first_line + (node.map[0] if node.map else 0)
        text = "\n".join(_rows(node)).strip()
        if not any(char.isalnum() for char in text):
            continue
        if node.type == "heading":
            blocks.append(heading(text, line, level=int(node.tag[1])))
        elif _is_list(node) and blocks and _leads_in(blocks[-1]):
            lead_in = blocks.pop()
            blocks.append(paragraph(f"{lead_in.text}\n{text}", lead_in.line))
        else:
            blocks.append(paragraph(text, line))
    return blocks


def _leaves(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """The blocks that become a heading or a paragraph; block quotations are opened."""
    for child in node.children:
        if child.type == "blockquote":
            yield from _leaves(child)
        elif child.type not in ("html_block", "hr"):
            yield child


def _is_list(node: SyntaxTreeNode) -> bool:
    return node.type in ("bullet_list", "ordered_list")


def _leads_in(block: Block) -> bool:
    return not block.is_heading and block.text.endswith(":")


def _rows(node: SyntaxTreeNode) -> Iterator[str]:
    """The lines of a block: one for each list entry and each row of a table."""
    if node.type == "inline":
        yield _plain(node)
    elif node.type == "tr":
        yield CELL.join(row for cell in node.children for row in _rows(cell))
    elif node.type in ("fence", "code_block"):
        yield node.content.rstrip("\n")
    else:
        for child in node.children:
            yield from _rows(child)


def _plain(inline: SyntaxTreeNode) -> str:
    """The words of inline markup; images and raw HTML are left out."""
    if inline.type in ("text", "text_special", "code_inline"):
        return inline.content
    if inline.type in ("softbreak", "hardbreak"):
        return " " if inline.type == "softbreak" else "\n"
    if inline.type in ("image", "html_inline"):
        return ""
    return "".join(_plain(child) for child in inline.children)
