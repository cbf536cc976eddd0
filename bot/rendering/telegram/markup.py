"""Answers and passages as Telegram texts: entities within the limits, in UTF-16 units.

The only module that knows the limits of a text. Entities are explicit, so nothing that an article
or a question holds can break a message.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from telegram.constants import MessageEntityType, MessageLimit

from bot.composing.answer_composer import Citation, footnote_lines
from bot.composing.heading_path import heading_path
from bot.composing.printable import CONTROL
from bot.http.json_object import JsonObject
from bot.rendering.telegram.paragraph_pages import Page
from bot.rendering.telegram.text_length import beginning, cut, utf16
from retrieval.articles import ParagraphKind, Span

OMITTED = "[…]"
LONGEST_SENT_MESSAGE = int(MessageLimit.MAX_TEXT_LENGTH)
MOST_ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
MOST_WORDS_MARKED = 60
LONGEST_SHOWN_QUOTE = 1000
LONGEST_UNFOLDED_QUOTE = 320
LONGEST_TITLE_LINE = 240
LONGEST_NOTES_TOGETHER = 600
# Half of a surrogate pair cannot be encoded, and Telegram would drop or change the others.
UNSENT = {code: "\N{REPLACEMENT CHARACTER}" for code in range(0xD800, 0xE000)}  # noqa: C420
UNSENT |= {0x9: " ", 0x2028: " ", 0x2029: " "}

Link = Callable[[Citation], str]


@dataclass(frozen=True, slots=True)
class Entity:
    """A part of a text that is shown in its own way; offset and length are in UTF-16 units."""

    kind: str
    offset: int
    length: int
    url: str | None = None

    @property
    def fields(self) -> JsonObject:
        """The entity as a MessageEntity object of the Bot API."""
        fields: JsonObject = {"type": self.kind, "offset": self.offset, "length": self.length}
        return fields if self.url is None else fields | {"url": self.url}


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text and its entities, as Telegram takes them."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether one message can hold it."""
        return utf16(self.text) <= LONGEST_SENT_MESSAGE and len(self.entities) <= MOST_ENTITIES


class Writer:
    """Builds a text piece by piece; each piece may be one entity or several."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._entities: list[Entity] = []
        self._length = 0

    def write(self, text: str, *kinds: str, url: str | None = None) -> int:
        """Add a piece, as an entity of each of these kinds; returns where it starts."""
        start = self._length
        self._pieces.append(showable(text))
        self._length += utf16(text)
        for kind in kinds:
            link = url if kind == MessageEntityType.TEXT_LINK else None
            self._mark(kind, start, self._length, link)
        return start

    def mark(self, kind: str, start: int, text: str, span: Span) -> None:
        """Make a span of `text`, which was written at `start`, an entity of that kind."""
        first = start + utf16(text[: span.start])
        self._mark(kind, first, first + utf16(text[span.start : span.end]))

    def marked(self) -> MarkedText:
        """The text so far, with its entities in Telegram's order."""
        text = "".join(self._pieces).rstrip()
        end = utf16(text)
        clipped = [replace(e, length=min(e.length, end - e.offset)) for e in self._entities]
        entities = sorted(
            (e for e in clipped if e.length > 0), key=lambda e: (e.offset, -e.length)
        )
        return MarkedText(text, tuple(entities))

    def _mark(self, kind: str, start: int, end: int, url: str | None = None) -> None:
        if end > start:
            self._entities.append(Entity(kind, start, end - start, url))


def showable(text: str) -> str:
    """The text with a space in place of each character that no message may hold."""
    return CONTROL.sub(" ", text).translate(UNSENT)


def plain(text: str) -> MarkedText:
    """A text without entities, as much of it as a message holds."""
    return MarkedText(cut(showable(text), LONGEST_SENT_MESSAGE))


def linked(text: str, label: str, url: str) -> MarkedText:
    """A text, and behind it a link with that label."""
    writer = Writer()
    writer.write(f"{text} ")
    writer.write(label, MessageEntityType.TEXT_LINK, url=url)
    return writer.marked()


def answer_message(
    lead: str, citations: Sequence[Citation], notes: Sequence[str], link: Link
) -> MarkedText:
    """A lead, each quote with its number behind it, the footnotes, and what to know."""
    writer = Writer()
    writer.write(cut(lead, LONGEST_SHOWN_QUOTE))
    for citation in citations:
        writer.write("\n\n")
        _write_quote(writer, citation, link(citation))
    if citations:
        writer.write("\n")
    for shared, footnote in footnote_lines(citations):
        writer.write("\n")
        for citation in shared[:-1]:
            writer.write(f"[{citation.number}]", MessageEntityType.TEXT_LINK, url=link(citation))
        line = f"[{shared[-1].number}] {cut(footnote, LONGEST_TITLE_LINE)}"
        writer.write(line, MessageEntityType.TEXT_LINK, url=link(shared[-1]))
    if kept := _short(notes):
        writer.write("\n\n")
        writer.write("\n".join(kept), MessageEntityType.ITALIC)
    return writer.marked()


def fitting(lead: str, citations: Sequence[Citation], notes: Sequence[str], link: Link) -> int:
    """How many of the first citations fit into one message; at least one."""
    count = len(citations)
    if _at_most(lead, citations, notes) <= LONGEST_SENT_MESSAGE and 3 * count < MOST_ENTITIES:
        return count
    while count > 1 and not answer_message(lead, citations[:count], notes, link).fits:
        count -= 1
    return count


def _at_most(lead: str, citations: Sequence[Citation], notes: Sequence[str]) -> int:
    """An upper bound for the length of the message, without building it."""
    quotes = sum(len(c.text) + len(c.footnote) + 4 * len("\n\n[99]") for c in citations)
    return 2 * (len(lead) + quotes + sum(map(len, notes)) + 4)


def card_message(citation: Citation, url: str) -> MarkedText:
    """A single quote with its footnote."""
    writer = Writer()
    _write_quote(writer, citation, None)
    writer.write("\n\n")
    writer.write(cut(citation.footnote, LONGEST_TITLE_LINE), MessageEntityType.TEXT_LINK, url=url)
    return writer.marked()


def page_message(page: Page, position: str, url: str | None = None) -> MarkedText:
    """A page of a paragraph: title, heading, place, and the text with what is marked in it.

    The title links to `url`, if there is one.
    """
    writer = Writer()
    kinds = [MessageEntityType.BOLD] + ([MessageEntityType.TEXT_LINK] if url else [])
    writer.write(cut(page.article.title, LONGEST_TITLE_LINE), *kinds, url=url)
    if page.paragraph.heading:
        writer.write("\n")
        headings = heading_path(page.paragraph)
        writer.write(cut(headings, LONGEST_TITLE_LINE), MessageEntityType.ITALIC)
    writer.write(f"\n{position}\n\n")
    if page.begins_inside:
        writer.write(f"{OMITTED} ")
    _write_page(writer, page)
    if page.ends_inside:
        writer.write(f" {OMITTED}")
    return writer.marked()


def former_message(title: str, heading: str, text: str, note: str) -> MarkedText:
    """The message for a quote whose article has changed: title, heading, note, cited text."""
    writer = Writer()
    writer.write(cut(title, LONGEST_TITLE_LINE), MessageEntityType.BOLD)
    if heading:
        writer.write("\n")
        writer.write(cut(heading, LONGEST_TITLE_LINE), MessageEntityType.ITALIC)
    writer.write(f"\n{note}\n\n")
    shown = text if utf16(text) <= LONGEST_SHOWN_QUOTE else beginning(text, LONGEST_SHOWN_QUOTE)
    writer.write(shown, MessageEntityType.BLOCKQUOTE)
    return writer.marked()


def _write_page(writer: Writer, page: Page) -> None:
    """The page's text with what is marked in it; Telegram marks nothing within code."""
    if page.paragraph.kind is ParagraphKind.CODE:
        writer.write(page.text, MessageEntityType.PRE)
        return
    start = writer.write(page.text)
    for span in page.quoted:
        writer.mark(MessageEntityType.BOLD, start, page.text, span)
    for span in page.words[:MOST_WORDS_MARKED]:
        writer.mark(MessageEntityType.UNDERLINE, start, page.text, span)


def _write_quote(writer: Writer, citation: Citation, url: str | None) -> None:
    """The quote as a block, what is left out of a very long one marked, and its number."""
    text = citation.text
    shown = text if utf16(text) <= LONGEST_SHOWN_QUOTE else beginning(text, LONGEST_SHOWN_QUOTE)
    folded = utf16(shown) > LONGEST_UNFOLDED_QUOTE
    writer.write(
        shown, MessageEntityType.EXPANDABLE_BLOCKQUOTE if folded else MessageEntityType.BLOCKQUOTE
    )
    if shown != text:
        writer.write(f" {OMITTED}")
    if url is not None:
        writer.write(" ")
        writer.write(f"[{citation.number}]", MessageEntityType.TEXT_LINK, url=url)


def _short(notes: Sequence[str]) -> list[str]:
    """The first notes, as many as stay short."""
    kept: list[str] = []
    for note in notes:
        if sum(map(len, kept)) + len(note) <= LONGEST_NOTES_TOGETHER:
            kept.append(note)
    return kept
