"""Headings, paragraphs, lists and tables of HTML that stands in Markdown."""

import re
from collections.abc import Callable, Sequence

from retrieval.sources.blocks import (
    Block,
    BlockKind,
    add_list,
    add_table,
    end,
    heading,
    paragraph,
    says_something,
)
from retrieval.sources.markdown.html_tags import BREAKS, HtmlPiece, pieces
from retrieval.sources.markdown.inline_text import HIDDEN, STRUCK, shown_codes

CELL = " | "
BULLET = "• "
SUMMARY_LEVEL = 10  # below all headings; one more for each that is inside of another
DEEPEST_HTML = 50
TERM_LEVEL = SUMMARY_LEVEL + DEEPEST_HTML + 1
HEADINGS = {f"h{level}": level for level in range(1, 7)}
TITLED = frozenset({"details", "summary", "pre"})
# What a page shows elsewhere or draws; the names alone may be spoken of in a text.
UNSEEN = ("head", "svg")
HIDDEN_COLUMN = re.compile(r"\sdata-hidden\b")  # GitBook's columns of addresses and pictures


class HtmlBlocks:
    """Turns pieces of HTML, with Markdown between them, into blocks.

    What is open at the end of one piece, such as `<details>` or a cell of a table, goes on in
    the next one. `any_lead_in`: whatever stands right before a list leads in to it, and not only
    what ends in a colon. `read_words` gives what a text between tags shows.
    """

    def __init__(
        self,
        blocks: list[Block],
        *,
        any_lead_in: bool = True,
        read_words: Callable[[str], str] = shown_codes,
    ) -> None:
        self._blocks = blocks
        self._read_words = read_words
        self._any_lead_in = any_lead_in
        self._words: list[str] = []
        self._line = 0
        self._hidden = self._struck = self._preformatted = self._details = 0
        self._heading = 0
        self._lists: list[int | None] = []
        self._entries: list[str] = []
        self._before_list = ""  # the words of a cell in front of its list
        self._mark = ""
        self._rows: list[str] = []
        self._cells: list[str] = []
        self._hidden_cells: set[int] = set()
        self._tables = 0
        self._is_headed: bool | None = None
        self._unseen_until: dict[str, int] = {}

    @property
    def is_open(self) -> bool:
        """Whether what comes next in the file belongs to a cell or an entry."""
        return bool(self._tables or self._lists)

    def feed(self, html: str, line: int) -> None:
        """Read HTML that begins in that line."""
        position = 0
        self._unseen_until = {name: html.rfind(f"</{name}>") for name in UNSEEN}
        for piece in pieces(html):
            line += html.count("\n", position, piece.start)
            position = piece.start
            if piece.name:
                self.take(piece, line)
            else:
                read = shown_codes if self._preformatted else self._read_words
                self.add_words(read(piece.text), line)
        if not self.is_open and not self._heading:
            self._flush()

    def take(self, piece: HtmlPiece, line: int) -> None:
        """Read one piece, which stands in that line."""
        if not piece.name:
            self.add_words(piece.text, line)
        elif piece.closes:
            self._close(piece.name, line)
        else:
            self._open(piece, line)

    def add_words(self, text: str, line: int) -> None:
        """Words of the paragraph, cell or entry that is open."""
        if self._hidden or self._struck:
            return
        if not any(self._words):
            self._line = line
        self._words.append(text)

    def finish(self) -> None:
        """Close all that is open: at a heading of Markdown, and at the end of the file."""
        if self._lists:
            self.end_entry()
            self.end_list()
        if self._tables:
            self.end_table()
        self._heading = self._hidden = self._struck = self._preformatted = 0
        self._flush()

    def _open(self, piece: HtmlPiece, line: int) -> None:
        name = piece.name
        if name in HIDDEN or piece.start < self._unseen_until.get(name, 0):
            self._hidden += not piece.text.endswith("/>")
        elif name in STRUCK:
            self._struck += 1
        elif name in ("br", "img"):
            self._words.append(" ")
        elif name in UNITS:
            self._open_unit(piece, line)
            self._mark = piece.mark if name == "li" else ""
        elif self.is_open:
            self._words.append(" " if name in BREAKS or name in HEADINGS else "")
        elif name in BREAKS or name in HEADINGS or name in TITLED:
            self._flush()
            self._open_block(name)

    def _open_unit(self, piece: HtmlPiece, line: int) -> None:
        """A list or a table, or a part of one."""
        name = piece.name
        if name in ("td", "th"):
            self._end_open_cell()
            if HIDDEN_COLUMN.search(piece.text):
                self._hidden_cells.add(len(self._cells))
        elif name == "tr":
            self.end_row()
        elif name == "table":
            self._flush()
            self._line = line
            self._tables += 1
        else:
            self.end_entry()
        if name in ("ul", "ol"):
            if not self._lists and self._tables:
                self._before_list = self._taken()
            elif not self._lists:
                self._flush()
                self._line = line
            if len(self._lists) < DEEPEST_HTML:
                before = int(piece.mark) - 1 if piece.mark.isdecimal() else 0
                self._lists.append(before if name == "ol" else None)

    def _open_block(self, name: str) -> None:
        if name == "details":
            self._details = min(self._details + 1, DEEPEST_HTML)
        elif name == "summary":
            self._heading = SUMMARY_LEVEL + self._details
        elif name == "dt":
            self._heading = TERM_LEVEL
        elif name == "pre":
            self._preformatted += 1
        else:
            self._heading = HEADINGS.get(name, 0)

    def _close(self, name: str, line: int) -> None:
        if name in HIDDEN or name in UNSEEN:
            self._hidden = max(0, self._hidden - 1)
        elif name in STRUCK:
            self._struck = max(0, self._struck - 1)
        elif name in UNITS:
            UNITS[name](self)
        elif self.is_open:
            self._words.append(" " if name in BREAKS or name in HEADINGS else "")
        elif name in BREAKS or name in HEADINGS or name in TITLED:
            self._flush()
            self._close_block(name, line)

    def _close_block(self, name: str, line: int) -> None:
        if name == "details":
            self._blocks.append(end(SUMMARY_LEVEL + self._details, line))
            self._details = max(0, self._details - 1)
        elif name == "dl":
            self._blocks.append(end(TERM_LEVEL, line))
        elif name == "pre":
            self._preformatted = max(0, self._preformatted - 1)

    def _taken(self) -> str:
        text = "".join(self._words)
        self._words.clear()
        return " ".join(text.split())

    def _flush(self) -> None:
        """Add the words read so far as a heading, as code or as a paragraph."""
        raw = "".join(self._words)
        text = self._taken()
        level, self._heading = self._heading, 0
        if not says_something(text):
            return
        if level:
            self._blocks.append(heading(text, self._line, level))
        elif self._preformatted:
            self._blocks.append(Block(raw.strip(), self._line, BlockKind.CODE))
        else:
            self._blocks.append(paragraph(text, self._line))

    def end_entry(self) -> None:
        """Close the entry of a list."""
        text = self._taken() if self._lists else ""
        if not text:
            return
        depth = len(self._lists) - 1
        number = self._lists[depth]
        if self._mark:
            mark = f"{self._mark} "
            self._mark = ""
        elif number is None:
            mark = BULLET
        else:
            number += 1
            self._lists[depth] = number
            mark = f"{number}. "
        self._entries.append(f"{'  ' * depth}{mark}{text}")

    def end_list(self) -> None:
        """Close the innermost list; the outermost one is added."""
        self.end_entry()
        if self._lists:
            self._lists.pop()
        if self._lists:
            return
        if self._tables:
            entries = (entry.strip() for entry in self._entries)
            self._words.append(" ".join([self._before_list, *entries, ""]))
        elif any(map(says_something, self._entries)):
            add_list(self._blocks, self._entries, self._line, any_lead_in=self._any_lead_in)
        self._entries, self._before_list = [], ""

    def end_cell(self) -> None:
        """Close a cell."""
        if self._tables:
            self._cells.append(self._taken())

    def _end_open_cell(self) -> None:
        """Close a cell whose closing tag was left out."""
        if any(word.strip() for word in self._words):
            self.end_cell()

    def end_row(self) -> None:
        """Close a row."""
        self._end_open_cell()
        cells = [c for n, c in enumerate(self._cells) if n not in self._hidden_cells]
        if self._cells and self._is_headed is None:
            self._is_headed = any(map(says_something, cells))
        if any(cells):
            self._rows.append(CELL.join(cells).rstrip())
        self._cells = []

    def end_table(self) -> None:
        """Close the innermost table; the outermost one is added."""
        self.end_row()
        self._tables = max(0, self._tables - 1)
        if not self._tables:
            if rows := list(filter(says_something, self._rows)):
                is_headed = self._is_headed is not False
                add_rows(self._blocks, rows, self._line, is_headed=is_headed)
            self._rows, self._hidden_cells = [], set()
            self._is_headed = None


def add_rows(blocks: list[Block], rows: Sequence[str], line: int, *, is_headed: bool) -> None:
    """Add a table; one whose header row is empty has none, and is a list of its rows."""
    if is_headed:
        add_table(blocks, rows, line)
    else:
        cells = (filter(says_something, row.split(CELL.rstrip())) for row in rows)
        add_list(blocks, [BULLET + CELL.join(map(str.strip, row)) for row in cells], line)


# Lists and tables and their parts, and what their closing tags do.
UNITS: dict[str, Callable[[HtmlBlocks], None]] = {
    "ul": HtmlBlocks.end_list,
    "ol": HtmlBlocks.end_list,
    "li": HtmlBlocks.end_entry,
    "table": HtmlBlocks.end_table,
    "tr": HtmlBlocks.end_row,
    "td": HtmlBlocks.end_cell,
    "th": HtmlBlocks.end_cell,
}
