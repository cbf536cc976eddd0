"""Sentence segmentation: where the sentences of a paragraph begin and end."""

import re
from collections.abc import Iterable, Iterator

import sentencex

from retrieval.articles import Span

# An abbreviation at the end of a "sentence" means that it goes on.
UNFINISHED = re.compile(
    r"(?:^|[\s(\"“])(?:(?:mr|mrs|ms|dr|prof|st|gen|gov|sen|rep|lt|col|sgt|capt|rev|hon|pres|fig|vs|"
    r"cf|approx|ca|e\.g|i\.e|no|nos|vol|ed|eds|jr|sr)\.|[A-Z]\.)\s*$",
    re.IGNORECASE,
)
LONGEST_ABBREVIATION = 12
CONTINUES = re.compile(r"^[\s\"'”’»)\]]*(?:[a-zа-яёà-öø-ÿ,;:])")
LINE_BREAK = re.compile(r"\n+")


def sentence_spans(text: str, code: str) -> tuple[Span, ...]:
    """The sentences of a paragraph in the language of that code, without the space between them.

    Every visible character of the text lies in exactly one of them.
    """
    spans: list[Span] = []
    for line in _lines(text):
        spans.extend(_repaired(text, _segments(text, line, code)))
    return tuple(spans)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for match in LINE_BREAK.finditer(text):
        yield Span(start, match.start())
        start = match.end()
    yield Span(start, len(text))


def _segments(text: str, line: Span, code: str) -> Iterator[Span]:
    for boundary in sentencex.get_sentence_boundaries(code, text[line.start : line.end]):
        start = line.start + boundary["start_index"]
        end = line.start + boundary["end_index"]
        stripped = text[start:end].strip()
        if stripped:
            start += len(text[start:end]) - len(text[start:end].lstrip())
            yield Span(start, start + len(stripped))


def _repaired(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, those joined that are parts of one sentence: `Dr.` + `No`, `3.` + `5 km`."""
    current: Span | None = None
    says_something = False
    for span in spans:
        has_words = any(char.isalnum() for char in text[span.start : span.end])
        if current is not None and (
            not says_something or not has_words or _goes_on(text, current, span)
        ):
            current = Span(current.start, span.end)
            says_something = says_something or has_words
            continue
        if current is not None:
            yield current
        current, says_something = span, has_words
    if current is not None:
        yield current


def _goes_on(text: str, before: Span, after: Span) -> bool:
    """Whether the end of one span or the start of the next shows that the sentence goes on."""
    begin = max(before.start - 1, before.end - LONGEST_ABBREVIATION, 0)
    is_unfinished = UNFINISHED.search(text, begin, before.end)
    return bool(is_unfinished or CONTINUES.match(text[after.start : after.start + 20]))
