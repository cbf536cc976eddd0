"""Splits a long paragraph into pages, between sentences, each fit for one message."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.rendering.telegram.text_length import beginning, utf16
from retrieval.articles import Article, Paragraph, Span

LONGEST_PAGE = 2800
LONGEST_SENTENCE = 3400  # with title, heading and place it just fits into a message


@dataclass(frozen=True, slots=True)
class Page:
    """A part of a paragraph, or all of it.

    `number` counts from 0 and `count` is how many pages the paragraph has. `quoted` and `words`
    are the spans of the page's own text that a quote is from and that were asked for.
    """

    article: Article
    paragraph: Paragraph
    number: int
    count: int
    span: Span
    quoted: tuple[Span, ...] = ()
    words: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """The page's own words."""
        return self.paragraph.text[self.span.start : self.span.end]

    @property
    def begins_inside(self) -> bool:
        """Whether a part of the paragraph is left out before the page."""
        return self.number > 0

    @property
    def ends_inside(self) -> bool:
        """Whether a part of the paragraph is left out behind the page."""
        return self.number < self.count - 1


def page_spans(text: str, sentences: Sequence[Span]) -> list[Span]:
    """The spans of a paragraph's pages, which together hold all of its sentences, in order.

    A page holds as many whole sentences as stay within some 2,800 UTF-16 units, or one that is
    longer. Only a sentence that no message could hold is split, between words.
    """
    spans: list[Span] = []
    for piece in _pieces(text, sentences or [Span(0, len(text))]):
        if spans and utf16(text[spans[-1].start : piece.end]) <= LONGEST_PAGE:
            spans[-1] = Span(spans[-1].start, piece.end)
        else:
            spans.append(piece)
    return spans


def within(spans: Sequence[Span], page: Span) -> tuple[Span, ...]:
    """The parts of the spans that are on the page, counted from where it begins."""
    parts = (
        Span(max(span.start, page.start) - page.start, min(span.end, page.end) - page.start)
        for span in spans
    )
    return tuple(part for part in parts if part.start < part.end)


def _pieces(text: str, sentences: Sequence[Span]) -> Iterator[Span]:
    """The sentences; one that no message could hold in parts."""
    for sentence in sentences:
        rest = sentence
        while utf16(text[rest.start : rest.end]) > LONGEST_SENTENCE:
            part = beginning(text[rest.start : rest.end], LONGEST_SENTENCE)
            yield Span(rest.start, rest.start + len(part))
            behind = text[rest.start + len(part) : rest.end]
            rest = Span(rest.end - len(behind.lstrip()), rest.end)
        if rest.start < rest.end:
            yield rest
