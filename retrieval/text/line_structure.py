"""The lines of a list, a table or a piece of code: what leads in, and what belongs to what."""

import re
from typing import NamedTuple

from retrieval.articles import Paragraph, ParagraphKind, Span

# A longer line is cut into sentences.
LONGEST_LINE_OF_ONE_SENTENCE = 160
MARK = re.compile(
    r"[ \t]*(?:[-*+•·◦▪▫■□●○‣⁃–—☐☑☒✓✔]|\(?(?:\d{1,4}|[^\W\d_])\)|(?:\d{1,4}|[a-z])\.)[ \t]+"
    r"|[ \t]*(?:\d{1,4}|[一二三四五六七八九十]{1,3})[、．]"
)
DIGITS, LETTER = re.compile(r"\d+"), re.compile(r"[^\W\d_]")
NUMBER = re.compile(r"[ \t]*\(?(\d{1,4})[.)、．]")


class Line(NamedTuple):
    """An entry of a list, or a row of a table.

    `parent` is the place of the entry that it stands below, `end` the place behind the last one
    below itself, both counted from 0 among the entries; `number` is what it is numbered with.
    """

    sentences: tuple[Span, ...]
    parent: int | None
    end: int
    number: int | None


class LineStructure(NamedTuple):
    """A list or table: the sentences of its lead-in or its header row, and its lines."""

    lead: tuple[Span, ...]
    lines: tuple[Line, ...]

    @property
    def sentences(self) -> tuple[Span, ...]:
        """All sentences, in the order of the text."""
        return self.lead + tuple(span for line in self.lines for span in line.sentences)


def line_structure(paragraph: Paragraph, code: str) -> LineStructure:
    """The lines of a list or table, in the language of that code. Takes linear time."""
    text = paragraph.text
    lines = _lines(text)
    size = _lead_size(text, lines) if paragraph.kind is ParagraphKind.LIST else 1
    lead: list[Span] = []
    for line in lines[:size]:
        is_row = paragraph.kind is ParagraphKind.TABLE
        lead += [line] if is_row else _sentences(text, line, code, shortest=0)
    entries = lines[size:]
    parents, ends = _nesting(text, entries)
    return LineStructure(
        tuple(lead),
        tuple(
            Line(
                _line_sentences(text, span, code, paragraph.kind),
                parents[place],
                ends[place],
                _number(text, span),
            )
            for place, span in enumerate(entries)
        ),
    )


def code_lines(text: str) -> tuple[Span, ...]:
    """The lines of a piece of code that hold something, without the space around them."""
    return tuple(_lines(text))


def _lines(text: str) -> list[Span]:
    """The lines that hold something, without the space around them."""
    found: list[Span] = []
    start = 0
    for line in text.split("\n"):
        if stripped := line.strip():
            begin = start + len(line) - len(line.lstrip())
            found.append(Span(begin, begin + len(stripped)))
        start += len(line) + 1
    return found


def _lead_size(text: str, lines: list[Span]) -> int:
    """How many lines stand before the first entry; one where no entry has a mark."""
    for place, line in enumerate(lines):
        if MARK.match(text, line.start, line.end):
            return place + _is_counted_otherwise(text, lines[place:])
    return 1


def _is_counted_otherwise(text: str, lines: list[Span]) -> bool:
    """Whether the first line alone has its kind of number: the "(3)" in "(3) Free are: 1. …"."""
    beside = [line for line in lines if _indent(text, line) == _indent(text, lines[0])]
    own, *others = (_number_kind(text, line) for line in beside)
    return bool(own and others) and own not in others and (_number(text, beside[1]) or 1) == 1


def _number_kind(text: str, line: Span) -> str:
    """How a line is numbered: "(0)", "0.", "a)"; empty if it is not."""
    found = MARK.match(text, line.start, line.end)
    kind = LETTER.sub("a", DIGITS.sub("0", found[0].strip())) if found else ""
    return kind if any(map(str.isalnum, kind)) else ""


def _line_sentences(text: str, line: Span, code: str, kind: ParagraphKind) -> tuple[Span, ...]:
    if kind is ParagraphKind.TABLE:
        return (line,)
    return tuple(_sentences(text, line, code, shortest=LONGEST_LINE_OF_ONE_SENTENCE))


def _sentences(text: str, line: Span, code: str, *, shortest: int) -> list[Span]:
    """The sentences of a line, its mark as part of the first; a short line is one sentence."""
    if line.end - line.start <= shortest:
        return [line]
    from retrieval.text.sentences import sentence_spans

    mark = MARK.match(text, line.start, line.end)
    begin = mark.end() if mark and mark.end() < line.end else line.start
    found = [
        Span(begin + span.start, begin + span.end)
        for span in sentence_spans(text[begin : line.end], code)
    ]
    if not found:
        return [line]
    return [Span(line.start, found[0].end), *found[1:]]


def _nesting(text: str, lines: list[Span]) -> tuple[list[int | None], list[int]]:
    """For each line the one that it is indented below, and where what is below itself ends."""
    parents: list[int | None] = []
    ends = [len(lines)] * len(lines)
    above: list[tuple[int, int]] = []  # indent and place of the lines that are not over yet
    for place, line in enumerate(lines):
        indent = _indent(text, line)
        while above and above[-1][0] >= indent:
            ends[above.pop()[1]] = place
        parents.append(above[-1][1] if above else None)
        above.append((indent, place))
    return parents, ends


def _indent(text: str, line: Span) -> int:
    return line.start - (text.rfind("\n", 0, line.start) + 1)


def _number(text: str, line: Span) -> int | None:
    found = NUMBER.match(text, line.start, line.end)
    return int(found[1]) if found and MARK.match(text, line.start, line.end) else None
