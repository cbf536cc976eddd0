"""Sentence segmentation: where the sentences of a paragraph begin and end.

sentencex proposes places and the marks in the text are others; what stands around a place decides
whether a sentence ends there.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from retrieval.articles import Span
from retrieval.text.boundaries import CLOSERS, NOTE, BoundaryRules, is_possible_boundary

MOST_LINES_OF_ADDRESS, LONGEST_LINE_OF_ADDRESS = 5, 60
WORD_CHARACTER = re.compile(r"[^\W_]")
LINE_BREAK = re.compile(r"\n+")
# Marks, what closes behind them, and white space.
MARKED = re.compile(rf"[.?!…](?<![.?!…].)[.?!…]*+(?:{NOTE}|[{CLOSERS}])*+\s+")
# What is quoted or in brackets. Each ends at the next mark of its kind: no quadratic time.
ENCLOSED = re.compile(
    r"\([^()]*\)|\[[^\[\]]*\]|\"[^\"]*\"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|「[^「」]*」"
)


class Segment(NamedTuple):
    """A part of a line between two places where a sentence may end.

    `is_proposed` is whether sentencex sees a boundary before it, `is_enclosed` whether it begins
    within a quotation or a bracket.
    """

    span: Span
    is_proposed: bool
    is_enclosed: bool


def sentence_spans(text: str, code: str) -> tuple[Span, ...]:
    """The sentences of a paragraph in the language of that code, without the space between them.

    Every visible character of the text lies in exactly one of them.
    """
    if _is_address(text):
        return (Span(len(text) - len(text.lstrip()), len(text.rstrip())),)
    spans: list[Span] = []
    for line in _lines(text):
        spans.extend(_joined(text, _segments(text, line, code), _rules(code)))
    return tuple(spans)


def _is_address(text: str) -> bool:
    """Whether it is a few short lines with a number, none of which ends as a sentence does.

    An address says something only as a whole.
    """
    if "\n" not in text or len(text) > MOST_LINES_OF_ADDRESS * (LONGEST_LINE_OF_ADDRESS + 3):
        return False
    lines = [line.strip() for line in text.strip().split("\n")]
    is_short = (
        len(lines) <= MOST_LINES_OF_ADDRESS and max(map(len, lines)) <= LONGEST_LINE_OF_ADDRESS
    )
    is_open = all(line and (line[-1].isalnum() or line[-1] in ",)") for line in lines)
    return is_short and is_open and any(map(str.isdecimal, text))


@cache
def _rules(code: str) -> BoundaryRules:
    return BoundaryRules(code)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _segments(text: str, line: Span, code: str) -> Iterator[Segment]:
    """The line cut wherever a sentence may end."""
    from sentencex import get_sentence_boundaries  # sentences that are kept need none

    content = text[line.start : line.end]
    boundaries = get_sentence_boundaries(code, content)
    places = (b["start_index"] + _leading_space(content, b["start_index"]) for b in boundaries)
    proposed = {place for place in places if is_possible_boundary(content, place)}
    marked = {match.end() for match in MARKED.finditer(content)}
    cuts = sorted({0, len(content)} | proposed | marked)
    enclosed = [match.span() for match in ENCLOSED.finditer(content)] if marked else []
    position = 0
    for start, end in pairwise(cuts):
        while position < len(enclosed) and enclosed[position][1] <= start:
            position += 1
        is_enclosed = position < len(enclosed) and enclosed[position][0] < start
        stripped = content[start:end].strip()
        if stripped:
            begin = line.start + start + _leading_space(content[start:end], 0)
            span = Span(begin, begin + len(stripped))
            yield Segment(span, start in proposed, is_enclosed)


def _leading_space(text: str, place: int) -> int:
    end = place
    while end < len(text) and text[end].isspace():
        end += 1
    return end - place


def _joined(text: str, segments: Iterable[Segment], rules: BoundaryRules) -> Iterator[Span]:
    """The sentences: segments joined that are parts of one, such as `Dr.` and `No`."""
    current: Span | None = None
    says_something = False
    for segment in segments:
        span = segment.span
        has_words = WORD_CHARACTER.search(text, span.start, span.end) is not None
        if current is not None and (
            not says_something or not has_words or not _ends(text, current, segment, rules)
        ):
            current = Span(current.start, span.end)
            says_something = says_something or has_words
            continue
        if current is not None:
            yield current
        current, says_something = span, has_words
    if current is not None:
        yield current


def _ends(text: str, current: Span, segment: Segment, rules: BoundaryRules) -> bool:
    decision = rules.decide(text, current.start, current.end, segment.span.start)
    if segment.is_proposed:
        return decision is not False
    return decision is True and not segment.is_enclosed
