"""A paragraph opened at a quote: its pages, with the quote and the asked words marked."""

from bot.composing.pipeline import Pipeline
from bot.rendering.telegram.paragraph_pages import Page, page_spans, within
from retrieval.articles import Paragraph, Quote, Span


class ParagraphView:
    """Opens the pages of a collection's paragraphs."""

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline

    def open(self, quote: Quote, question: str | None, context: str | None) -> Page:
        """The page on which the quote begins."""
        spans = self._spans(quote.paragraph)
        number = max(n for n, span in enumerate(spans) if n == 0 or span.start <= quote.start)
        return self._page(quote.paragraph, spans, number, quote.spans, question, context)

    def turn(
        self,
        paragraph: Paragraph,
        number: int,
        quote: Quote | None = None,
        question: str | None = None,
        context: str | None = None,
    ) -> Page:
        """A page of a paragraph, counted from 0; the last one where there is none so far."""
        spans = self._spans(paragraph)
        quoted = quote.spans if quote is not None and quote.paragraph == paragraph else ()
        return self._page(paragraph, spans, min(number, len(spans) - 1), quoted, question, context)

    def _spans(self, paragraph: Paragraph) -> list[Span]:
        sentences = self._pipeline.index.sentences_of(self._pipeline.index.position(paragraph))
        return page_spans(paragraph.text, [self._pipeline.index.span(n) for n in sentences])

    def _page(  # noqa: PLR0913, PLR0917  # what makes a page
        self,
        paragraph: Paragraph,
        spans: list[Span],
        number: int,
        quoted: tuple[Span, ...],
        question: str | None,
        context: str | None,
    ) -> Page:
        words: tuple[Span, ...] = ()
        if question is not None:
            words = self._pipeline.finder.highlights(question, context, paragraph)
        span = spans[number]
        return Page(
            article=self._pipeline.index.articles[paragraph.article],
            paragraph=paragraph,
            number=number,
            count=len(spans),
            span=span,
            quoted=within(quoted, span),
            words=within(words, span),
        )
