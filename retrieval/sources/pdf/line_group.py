"""Lines of a PDF that belong together: their text, and what they look like."""

import re
from dataclasses import dataclass, field

from retrieval.sources.pdf.text_lines import TextLine, usual_size

BULLET = re.compile(
    r"\s*(?:[•◦▪●○■□‣⁃∙·✓➢❖]|[-*–—](?=\s)|\((?:\d{1,3}|[a-z])\)|\d{1,3}[.)](?=\s)"
    r"|[a-z][.)](?=\s))\s*"
)


@dataclass(slots=True)
class LineGroup:
    """Lines that belong together; `left` and `right` are the edges of their column."""

    lines: list[TextLine] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    @property
    def size(self) -> float:
        """The size of most of it."""
        return usual_size(self.lines)

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.is_bold for line in self.lines)

    @property
    def is_table(self) -> bool:
        """Whether it is made of rows with cells."""
        return len(self.lines) > 1 and all(line.cells for line in self.lines)

    @property
    def is_code(self) -> bool:
        """Whether it is several lines of letters that are all as wide."""
        return len(self.lines) > 1 and all(line.is_fixed for line in self.lines)

    @property
    def code(self) -> str:
        """Its lines, indented as they are set."""
        left = min(line.start for line in self.lines)
        return "\n".join(
            " " * round((line.start - left) / max(1.0, line.letter_width)) + line.text.strip()
            for line in self.lines
        )

    @property
    def is_entry(self) -> bool:
        """Whether it begins as an entry of a list does."""
        return BULLET.match(self.lines[0].text) is not None

    @property
    def text(self) -> str:
        """Its lines as they are, with a mark where a line is full and cuts a word."""
        return "\n".join(
            line.marked if self.right - line.end < 2 * line.size else line.text
            for line in self.lines
        )

    @property
    def wrapped(self) -> str:
        """Its lines as they are, as of a heading."""
        return "\n".join(line.text for line in self.lines)

    @property
    def flat(self) -> str:
        """Its words on one line."""
        return " ".join(self.wrapped.split())
