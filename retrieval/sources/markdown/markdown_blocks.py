"""Markdown as headings and paragraphs of plain words, so that a quote shows no markup."""

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile
from textwrap import dedent

from markdown_it.tree import SyntaxTreeNode

from retrieval.sources.blocks import (
    Block,
    BlockKind,
    add_code,
    add_list,
    end,
    heading,
    paragraph,
    says_something,
    with_counted_lists,
)
from retrieval.sources.line_hyphens import LineJoiner
from retrieval.sources.markdown.html_blocks import (
    BULLET,
    CELL,
    SUMMARY_LEVEL,
    HtmlBlocks,
    add_rows,
)
from retrieval.sources.markdown.inline_text import InlineText, shown_codes
from retrieval.sources.markdown.line_kinds import is_link_inside, read_lines, without_hidden
from retrieval.sources.markdown.markdown_parser import MDX, parse_markdown
from retrieval.sources.markdown.markers.fenced_boxes import OPTION
from retrieval.sources.markdown.markers.template_tags import without_raw
from retrieval.sources.markdown.navigation import is_contents
from retrieval.sources.markdown.text_boxes import (
    BOX,
    HEADED_BOX,
    add_headed,
    add_inner,
    add_scope,
    words_between_tags,
    words_of,
)
from retrieval.sources.plain_text import is_heading

BOLD_LEVEL = 7  # a line in bold heads what follows, below all headings with signs
LONGEST_MARKDOWN_HEADING = 300
BOXES = ("admonition", "tab", "blockquote", "alert")
DEEPEST_TEXT = 3  # of texts in Markdown that are indented or fenced in one another
LISTED = re.compile(r"(?:[*•–]|\d{1,3}[.)]|[a-z]\))(?:[ \t\n]|$)")
CHECKED, UNCHECKED = "☑ ", "☐ "
OTHER_BOX = re.compile(r"\[[/<>!?*-]\] (?=\S)")  # of Obsidian: begun, put off, important …


def markdown_blocks(
    lines: list[str],
    first_line: int,
    joiner: LineJoiner | None = None,
    *,
    ending: str = ".md",
    depth: int = 0,
) -> list[Block]:
    """The headings and paragraphs of Markdown; `first_line` is the number of its first line.

    A list is one paragraph with its lead-in, an entry a line, with bullets, numbers and indents;
    a table one with a row a line; code one as it is. A note follows what it is cited in. What a
    box, a tab or `<details>` has for its title heads what is in it. `ending` is that of the
    file, `depth` counts the texts that this one stands in, and `joiner` joins words that a hyphen
    divides at the end of a line.
    """
    tokens = parse_markdown(lines, ending)
    read_lines(tokens, joiner)
    reader = MarkdownReader(
        SyntaxTreeNode(tokens), first_line, joiner, depth, is_mdx=ending == MDX
    )
    return reader.blocks()


class MarkdownReader:
    """Reads the tree of one text."""

    def __init__(
        self,
        root: SyntaxTreeNode,
        first_line: int,
        joiner: LineJoiner | None,
        depth: int,
        *,
        is_mdx: bool,
    ) -> None:
        self._root = root
        self._line = first_line
        self._joiner = joiner
        self._depth = depth
        self._read_words = words_between_tags if is_mdx else shown_codes
        self._notes = {
            node.meta["label"]: node for node in root.walk() if node.type == "footnote_reference"
        }
        self._cited: list[SyntaxTreeNode | str] = []
        self._told: set[str] = set()

    def blocks(self) -> list[Block]:
        """All blocks of the text, in its order."""
        return with_counted_lists(self._read(self._root.children, is_top=True))

    def _read(self, nodes: Iterable[SyntaxTreeNode], *, is_top: bool = False) -> list[Block]:
        """The blocks of nodes; only at the top are headings headings."""
        blocks: list[Block] = []
        html = HtmlBlocks(blocks, read_words=self._read_words)
        scopes: list[tuple[str, int]] = []
        for node in nodes:
            line = self._line_of(node)
            if node.type not in ("bullet_list", "ordered_list"):  # which needs its lead-in
                self._add_notes(blocks, is_top=is_top)
            if node.type == "html_block" and is_link_inside(node.content):
                continue
            if node.type == "html_block" or (node.type == "code_block" and html.is_open):
                html.feed(node.content, line)
            elif html.is_open and node.type != "heading":
                words = " ".join(block.text for block in self._read([node]))
                html.add_words(f" {words} ", line)
            elif node.type in ("scope_start", "scope_end"):
                add_scope(blocks, node, scopes, line)
            else:
                html.finish()
                self._add(blocks, node, line, is_top=is_top)
        html.finish()
        self._add_notes(blocks, is_top=is_top)
        return blocks

    def _add(self, blocks: list[Block], node: SyntaxTreeNode, line: int, *, is_top: bool) -> None:
        if node.type in ("heading", "paragraph"):
            self._add_text(blocks, node, line, is_top=is_top)
        elif node.type in ("bullet_list", "ordered_list"):
            self._add_list(blocks, node, line)
        elif node.type == "table":
            rows = [
                CELL.join(self._text(cell) for cell in row.children).rstrip()
                for part in node.children
                for row in part.children
            ]
            is_headed = bool(rows) and says_something(rows[0])
            if rows := [row for row in rows if says_something(row)]:
                add_rows(blocks, rows, line, is_headed=is_headed)
        elif node.type in ("fence", "code_block"):
            self._add_code(blocks, node, line)
        elif node.type in BOXES:
            self._add_box(blocks, node, line, is_top=is_top)
        elif node.type == "dl":
            self._add_definitions(blocks, node)

    def _add_text(
        self, blocks: list[Block], node: SyntaxTreeNode, line: int, *, is_top: bool
    ) -> None:
        text = self._text(node)
        is_line = is_top and node.type == "paragraph"
        if not says_something(text) or (is_line and node.children[0].meta["leads_inside"]):
            return  # such as "Back to top"
        if node.type == "heading" and is_top and len(text) <= LONGEST_MARKDOWN_HEADING:
            blocks.append(heading(text, line, int(node.tag[1])))
        elif is_top and node.children[0].meta["is_bold"] and is_heading(text):
            blocks.append(heading(text, line, BOLD_LEVEL))
        elif code := node.children[0].meta["code"]:
            blocks.append(Block(code, line, BlockKind.CODE))
        else:
            blocks.append(paragraph(text, line))

    def _add_list(self, blocks: list[Block], node: SyntaxTreeNode, line: int) -> None:
        """A list with its lead-in; contents of the page are left out."""
        if is_contents(node):
            if blocks and blocks[-1].kind is BlockKind.TEXT and blocks[-1].text.endswith(":"):
                blocks.pop()
            return
        entries = list(self._rows_of_lists(node) if _is_table(node) else self._entries(node))
        if any(map(says_something, entries)):
            add_list(blocks, entries, line)

    def _add_code(self, blocks: list[Block], node: SyntaxTreeNode, line: int) -> None:
        """Code; a box of text, or a list that is only indented, is read as what it is."""
        text = dedent(without_raw(node.content).strip("\n")).strip()
        box = BOX.match(node.info.strip())
        is_list = node.type == "code_block" and LISTED.match(text) is not None
        if box is not None and self._depth < DEEPEST_TEXT:
            is_headed = HEADED_BOX.match(box.group()) is not None
            title = words_of(box["argument"].strip()) if is_headed else ""
            lines = text.split("\n")
            options = sum(1 for _ in takewhile(OPTION.fullmatch, lines))
            inner = self._inner(lines[options:], line + 1 + options)
            add_headed(blocks, inner, title, line)
        elif is_list and self._depth < DEEPEST_TEXT:
            add_inner(blocks, self._inner(text.split("\n"), line))
        elif says_something(text := without_hidden(text, node.info)):
            add_code(blocks, text, line)

    def _add_box(
        self, blocks: list[Block], node: SyntaxTreeNode, line: int, *, is_top: bool
    ) -> None:
        """A quotation, an admonition or a tab; the title that its author gave it heads it."""
        titles = ("admonition_title", "alert_title")
        children = [child for child in node.children if child.type not in titles]
        title = words_of(node.meta.get("title", ""))
        if node.type == "admonition":
            named = next((c for c in node.children if c.type == "admonition_title"), None)
            is_own = named is not None and '"' in node.info
            title = self._text(named) if named is not None and is_own else ""
        if not title and is_top and len(children) > 1 and children[0].type == "heading":
            title = self._text(children.pop(0))
        if title and is_top:
            blocks.append(heading(title, line, SUMMARY_LEVEL))
        elif title:
            blocks.append(paragraph(title, line))
        blocks.extend(self._read(children))
        if title and is_top:
            blocks.append(end(SUMMARY_LEVEL, line))

    def _add_definitions(self, blocks: list[Block], node: SyntaxTreeNode) -> None:
        """A term heads its definitions."""
        for child in node.children:
            line = self._line_of(child)
            if child.type == "dt":
                blocks.append(heading(self._text(child), line, SUMMARY_LEVEL))
            else:
                blocks.extend(self._read(child.children))
        blocks.append(end(SUMMARY_LEVEL, self._line_of(node)))

    def _rows_of_lists(self, node: SyntaxTreeNode) -> Iterable[str]:
        """The rows of a table that is written as a list of lists."""
        for item in node.children:
            cells = (self._read_entry(cell.children) for cell in item.children[0].children)
            texts = (" ".join(" ".join(b.text for b in cell).split()) for cell in cells)
            if row := CELL.join(filter(says_something, texts)):
                yield BULLET + row

    def _entries(self, node: SyntaxTreeNode) -> Iterable[str]:
        """The entries of a list with their marks; what goes on is indented by the mark."""
        number = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else 0
        for item in node.children:
            mark = f"{number}. " if node.type == "ordered_list" else BULLET
            if "checked" in item.meta:
                box = CHECKED if item.meta["checked"] else UNCHECKED
                mark = box if mark == BULLET else mark + box
            number += 1
            inner = self._read_entry(item.children)
            lines = [line for block in inner for line in block.text.split("\n") if line.strip()]
            if lines:
                if mark == BULLET and (other := OTHER_BOX.match(lines[0])):
                    mark, lines[0] = UNCHECKED, lines[0][other.end() :]
                indent = " " * min(len(mark), 3)
                yield "\n".join([mark + lines[0], *(indent + line for line in lines[1:])])

    def _read_entry(self, nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
        """The blocks of an entry; one that is far from its mark is no code, but words."""
        first = nodes[0] if nodes else None
        if first is None or first.type != "code_block" or self._depth >= DEEPEST_TEXT:
            return self._read(nodes)
        lines = dedent(first.content).strip("\n").split("\n")
        return self._inner(lines, self._line_of(first)) + self._read(nodes[1:])

    def _inner(self, lines: list[str], line: int) -> list[Block]:
        """The blocks of a text that stands in this one."""
        return markdown_blocks(lines, line, self._joiner, depth=self._depth + 1)

    def _text(self, node: SyntaxTreeNode) -> str:
        """The words of a paragraph, a heading, a cell; notes that it cites are remembered."""
        parts = []
        for child in node.children:
            if child.type != "inline":
                parts.append(self._text(child))
                continue
            found: InlineText = child.meta["shown"]
            parts.append(found.text)
            for label in found.cited:
                if label not in self._told:
                    self._told.add(label)
                    self._cited.append(self._notes[label])
            self._cited.extend(found.notes)
        return " ".join(part for part in parts if part)

    def _add_notes(self, blocks: list[Block], *, is_top: bool) -> None:
        """The notes cited above, each as paragraphs of its own, behind the one that cites it."""
        if not is_top or not blocks or blocks[-1].is_heading:
            return
        line = blocks[-1].line
        for note in self._cited:
            if isinstance(note, str):
                blocks.append(paragraph(words_of(note), line))
            else:
                blocks.extend(self._read(note.children))
        self._cited = []

    def _line_of(self, node: SyntaxTreeNode) -> int:
        return self._line + (node.map[0] if node.map else 0)


def _is_table(node: SyntaxTreeNode) -> bool:
    """Whether each entry of a list is nothing but a list, as a row of cells is."""
    types = [[child.type for child in item.children] for item in node.children]
    return node.type == "bullet_list" and all(one == ["bullet_list"] for one in types)
