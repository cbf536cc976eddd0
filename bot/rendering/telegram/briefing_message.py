"""A briefing as one Telegram message: title, points under their headings, footnotes."""

from collections.abc import Callable
from dataclasses import replace

from telegram.constants import MessageEntityType

from bot.composing.answer_composer import Citation, footnote_place
from bot.composing.briefing_composer import CitedPoint, WordedBriefing
from bot.rendering.telegram.markup import (
    LONGEST_SHOWN_QUOTE,
    LONGEST_TITLE_LINE,
    OMITTED,
    Link,
    MarkedText,
    Writer,
)
from bot.rendering.telegram.text_length import beginning, cut, utf16
from retrieval.briefing.briefing import Length


def briefing_message(worded: WordedBriefing, link: Link) -> MarkedText:
    """The briefing; what is not found is one line."""
    writer = Writer()
    if not worded.sections:
        writer.write(worded.lead)
        _write_notes(writer, worded)
        return writer.marked()
    writer.write(cut(worded.title, LONGEST_TITLE_LINE), MessageEntityType.BOLD)
    writer.write("\n")
    writer.write(worded.lead, MessageEntityType.ITALIC)
    for section in worded.sections:
        if section.heading:
            writer.write("\n\n")
            heading = cut(section.heading, LONGEST_TITLE_LINE)
            writer.write(heading, MessageEntityType.BOLD, MessageEntityType.UNDERLINE)
        for point in section.points:
            _write_point(writer, point, link)
    _write_footnotes(writer, worded, link)
    _write_notes(writer, worded)
    return writer.marked()


def fitting_briefing(
    write: Callable[[Length], WordedBriefing], length: Length, link: Link
) -> WordedBriefing:
    """The briefing of that length, or with as many points as a message holds."""
    worded = write(length)
    while not briefing_message(worded, link).fits and length.points > 1:
        length = replace(length, points=length.points - 1)
        worded = write(length)
    return worded


def _write_point(writer: Writer, point: CitedPoint, link: Link) -> None:
    text = point.citation.text
    shown = text if utf16(text) <= LONGEST_SHOWN_QUOTE else beginning(text, LONGEST_SHOWN_QUOTE)
    writer.write(f"\n\n• {point.citation.opening}")
    start = writer.write(shown)
    for span in point.marked:
        if span.end <= len(shown):
            writer.mark(MessageEntityType.BOLD, start, shown, span)
    writer.write(" " if shown == text else f" {OMITTED} ")
    _write_numbers(writer, point.citations, link)


def _write_numbers(writer: Writer, citations: tuple[Citation, ...], link: Link) -> None:
    for citation in citations:
        writer.write(f"[{citation.number}]", MessageEntityType.TEXT_LINK, url=link(citation))


def _write_footnotes(writer: Writer, worded: WordedBriefing, link: Link) -> None:
    """The articles, each with the places of its footnotes."""
    for article, places in worded.footnotes:
        writer.write("\n\n")
        writer.write(cut(article.title, LONGEST_TITLE_LINE), MessageEntityType.ITALIC)
        for paragraph, citations in places:
            writer.write("\n")
            _write_numbers(writer, tuple(citations), link)
            place = footnote_place(paragraph)
            writer.write(f" {cut(place, LONGEST_TITLE_LINE)}")


def _write_notes(writer: Writer, worded: WordedBriefing) -> None:
    if worded.notes:
        writer.write("\n\n")
        writer.write("\n".join(worded.notes), MessageEntityType.ITALIC)
