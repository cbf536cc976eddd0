"""Boxes of text in Markdown, such as admonitions and tabs, whose titles head what is in them."""

import re

from markdown_it.tree import SyntaxTreeNode

from retrieval.sources.blocks import Block, BlockKind, add_list, end, heading
from retrieval.sources.markdown.html_blocks import SUMMARY_LEVEL
from retrieval.sources.markdown.inline_text import inline_text
from retrieval.sources.markdown.markdown_parser import parse_words

# The boxes of text that MyST writes as fences; other names in braces are languages of code.
BOX = re.compile(
    r"\{(?:admonition|attention|caution|danger|error|hint|important|note|seealso|tip|warning|topic|"
    r"sidebar|margin|dropdown|details|card|grid-item|tab-item|epigraph|glossary|figure|div|grid|tab-set|"
    r"grid-item-card|versionadded|versionchanged|deprecated|list-table|rubric|exercise|solution)\}"
    r"(?P<argument>.*)"
)
# Those whose argument is words, and not the address of a picture or a version.
HEADED_BOX = re.compile(
    r"\{(?:admonition|topic|sidebar|dropdown|details|card|grid-item-card|tab-item|rubric|list-table|exercise)\}"
)


def words_of(text: str) -> str:
    """The words that a title shows."""
    return inline_text(parse_words(text), frozenset()).text


def words_between_tags(text: str) -> str:
    """The words that a text between tags shows where it is Markdown; the space around stays."""
    words = text.strip()
    return text.replace(words, words_of(words)) if words else text


def add_headed(blocks: list[Block], inner: list[Block], title: str, line: int) -> None:
    """Add what stands in a box, under its title if it has one."""
    if title:
        blocks.append(heading(title, line, SUMMARY_LEVEL))
    add_inner(blocks, inner)
    if title:
        blocks.append(end(SUMMARY_LEVEL, line))


def add_inner(blocks: list[Block], inner: list[Block]) -> None:
    """Add the blocks of a text in the text; a list that they begin with has its lead-in there."""
    if inner and inner[0].kind is BlockKind.LIST:
        first = inner.pop(0)
        add_list(blocks, [first.text], first.line)
    blocks.extend(inner)


def add_scope(
    blocks: list[Block], node: SyntaxTreeNode, scopes: list[tuple[str, int]], line: int
) -> None:
    """A line that opens or closes a box: `:::note Title`, `{% tab title="…" %}`."""
    name, title = node.meta["name"], words_of(node.meta["title"])
    if node.type == "scope_start":
        level = SUMMARY_LEVEL + len(scopes)
        scopes.append((name, level if title else 0))
        if title:
            blocks.append(heading(title, line, level))
    elif any(name == opened for opened, _ in scopes):
        while scopes:
            opened, level = scopes.pop()
            if level:
                blocks.append(end(level, line))
            if opened == name:
                break
