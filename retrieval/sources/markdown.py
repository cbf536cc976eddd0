"""Markdown as plain text, so that a quote shows words and no markup."""

import re
from collections.abc import Iterator
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from retrieval.sources.blocks import Block, add_list, heading, paragraph
from retrieval.sources.plain import is_heading

CELL = " | "
HTML = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*>", re.DOTALL | re.IGNORECASE)


def markdown_blocks(lines: list[str], first_line: int) -> list[Block]:
    """The headings and paragraphs of Markdown; a list or a table is one paragraph of lines.

    A list follows its lead-in ("The reasons are:") in the same paragraph.
    """
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(lines))
    for token in tokens:
        if token.type == "inline":
            token.meta["is_bold"] = _is_bold(token)
            token.content = _plain(token)
            token.children = None
    blocks: list[Block] = []
    for node in _leaves(SyntaxTreeNode(tokens)):
        line = first_line + (node.map[0] if node.map else 0)
        text = "\n".join(_rows(node)).strip()
        if not any(char.isalnum() for char in text):
            continue
        if node.type == "heading" or _is_bold_line(node):
            blocks.append(heading(text, line))
        elif node.type in ("bullet_list", "ordered_list"):
            add_list(blocks, text, line)
        else:
            blocks.append(paragraph(text, line))
    return blocks


def _leaves(node: SyntaxTreeNode) -> Iterator[SyntaxTreeNode]:
    """The blocks that become a heading or a paragraph; block quotations are opened."""
    for child in node.children:
        if child.type == "blockquote":
            yield from _leaves(child)
        elif child.type != "hr":
            yield child


def _is_bold_line(node: SyntaxTreeNode) -> bool:
    """Whether a paragraph is set in bold as a heading would be, such as a question of a FAQ."""
    is_bold = node.type == "paragraph" and node.children[0].meta.get("is_bold", False)
    return is_bold and is_heading(node.children[0].content)


def _is_bold(inline: Token) -> bool:
    types = [
        child.type for child in inline.children or [] if child.type != "text" or child.content
    ]
    ends = types[:1] == ["strong_open"] and types[-1:] == ["strong_close"]
    return ends and types.count("strong_open") == 1


def _rows(node: SyntaxTreeNode) -> Iterator[str]:
    """The lines of a block: one for each list entry and each row of a table."""
    if node.type == "inline":
        yield node.content
    elif node.type == "tr":
        yield CELL.join(row for cell in node.children for row in _rows(cell))
    elif node.type in ("fence", "code_block"):
        yield node.content.rstrip("\n")
    elif node.type == "html_block":
        yield " ".join(unescape(HTML.sub(" ", node.content)).split())
    else:
        for child in node.children:
            yield from _rows(child)


def _plain(inline: Token) -> str:
    """The words of inline markup; images and raw HTML are left out."""
    parts = []
    for token in inline.children or []:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" " if token.type == "softbreak" else "\n")
    return "".join(parts)
