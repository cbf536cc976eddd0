"""Lists and tables by the numbers of their sentences."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from retrieval.text.line_structure import Line, LineStructure


class ListOrTable(NamedTuple):
    """A list or a table: the sentences of its lead-in or header row, and of each of its lines.

    Lines are counted from 0, sentences as in the index.
    """

    lead: range
    lines: tuple[Line, ...]
    sentences: tuple[range, ...]

    @property
    def top(self) -> list[int]:
        """The lines that stand below no other one."""
        return [place for place, line in enumerate(self.lines) if line.parent is None]

    @property
    def is_numbered(self) -> bool:
        """Whether its entries are steps, or at least numbered like some."""
        return bool(self.lines) and self.lines[0].number is not None

    def place_of(self, sentence: int) -> int:
        """The line that a sentence is in; it is none of those that lead in."""
        return bisect_right(self.sentences, sentence, key=lambda numbers: numbers.start) - 1

    def whole(self, place: int) -> range:
        """The sentences of a line and of all lines below it."""
        last = self.lines[place].end - 1
        return range(self.sentences[place].start, self.sentences[last].stop)

    def above(self, place: int) -> Sequence[int]:
        """The lines that a line stands below, the outermost first."""
        found: list[int] = []
        parent = self.lines[place].parent
        while parent is not None:
            found.append(parent)
            parent = self.lines[parent].parent
        return found[::-1]

    def numbered(self, number: int) -> int | None:
        """The place of the entry with that number, or of that one from the top; -1 is the last."""
        top = self.top
        if number < 0:
            return top[number] if -number <= len(top) else None
        marked = [place for place in top if self.lines[place].number == number]
        if marked:
            return marked[0]
        return top[number - 1] if not self.is_numbered and number <= len(top) else None


def numbered_lines(structure: LineStructure, first: int) -> ListOrTable:
    """The list or table of a paragraph whose sentences are numbered from `first` on."""
    lead = range(first, first + len(structure.lead))
    sentences: list[range] = []
    start = lead.stop
    for line in structure.lines:
        sentences.append(range(start, start + len(line.sentences)))
        start = sentences[-1].stop
    return ListOrTable(lead, structure.lines, tuple(sentences))
