"""Callback data: what a button carries, in at most 64 bytes."""

import re
from dataclasses import dataclass
from typing import ClassVar

ANSWER_ID = r"[A-Za-z0-9_-]{11}"


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """Read a quote of an answer in its place; quotes are numbered from 1."""

    PATTERN: ClassVar = re.compile(rf"r:({ANSWER_ID}):(\d{{1,3}})", re.ASCII)
    answer: str
    number: int

    def __str__(self) -> str:
        return f"r:{self.answer}:{self.number}"


@dataclass(frozen=True, slots=True)
class MoreQuotes:
    """Show more quotes of an answer than `shown`; this message begins with number `first`."""

    PATTERN: ClassVar = re.compile(rf"m:({ANSWER_ID}):(\d{{1,3}}):(\d{{1,3}})", re.ASCII)
    answer: str
    first: int
    shown: int

    def __str__(self) -> str:
        return f"m:{self.answer}:{self.first}:{self.shown}"


@dataclass(frozen=True, slots=True)
class Rating:
    """Say whether an answer helped: 1 or 0."""

    PATTERN: ClassVar = re.compile(rf"g:({ANSWER_ID}):([01])", re.ASCII)
    answer: str
    helped: int

    def __str__(self) -> str:
        return f"g:{self.answer}:{self.helped}"


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Turn to a page of a paragraph, from 0, while a quote of an answer is read."""

    PATTERN: ClassVar = re.compile(
        rf"p:([A-Za-z0-9_-]{{7}}):(\d{{1,6}}):(\d{{1,6}})(?::({ANSWER_ID}):(\d{{1,3}}))?",
        re.ASCII,
    )
    article: str
    paragraph: int
    page: int = 0
    read: OpenQuote | None = None

    def __str__(self) -> str:
        place = f"p:{self.article}:{self.paragraph}:{self.page}"
        return f"{place}:{self.read.answer}:{self.read.number}" if self.read else place


@dataclass(frozen=True, slots=True)
class ListArticles:
    """Show the list of articles from that one on, counted from 0."""

    PATTERN: ClassVar = re.compile(r"s:(\d{1,6})", re.ASCII)
    offset: int = 0

    def __str__(self) -> str:
        return f"s:{self.offset}"


@dataclass(frozen=True, slots=True)
class ResizeBriefing:
    """Let a briefing be `short`, `usual` or `long`."""

    PATTERN: ClassVar = re.compile(rf"z:({ANSWER_ID}):(short|usual|long)", re.ASCII)
    answer: str
    length: str

    def __str__(self) -> str:
        return f"z:{self.answer}:{self.length}"


@dataclass(frozen=True, slots=True)
class SendDocument:
    """Send a briefing as a document."""

    PATTERN: ClassVar = re.compile(rf"d:({ANSWER_ID})", re.ASCII)
    answer: str

    def __str__(self) -> str:
        return f"d:{self.answer}"


@dataclass(frozen=True, slots=True)
class BriefOnNews:
    """Brief on what is new here."""

    PATTERN: ClassVar = re.compile(r"n", re.ASCII)

    def __str__(self) -> str:
        return "n"


@dataclass(frozen=True, slots=True)
class BriefOnHeading:
    """Brief on the heading of a paragraph."""

    PATTERN: ClassVar = re.compile(r"t:([A-Za-z0-9_-]{7}):(\d{1,6})", re.ASCII)
    article: str
    paragraph: int

    def __str__(self) -> str:
        return f"t:{self.article}:{self.paragraph}"


ButtonPress = (
    OpenQuote
    | MoreQuotes
    | Rating
    | TurnPage
    | ListArticles
    | ResizeBriefing
    | SendDocument
    | BriefOnNews
    | BriefOnHeading
)


def parse_press(data: str) -> ButtonPress | None:
    """What a button asks for; None for what none of ours carries."""
    if match := OpenQuote.PATTERN.fullmatch(data):
        return OpenQuote(match[1], int(match[2]))
    if match := MoreQuotes.PATTERN.fullmatch(data):
        return MoreQuotes(match[1], int(match[2]), int(match[3]))
    if match := Rating.PATTERN.fullmatch(data):
        return Rating(match[1], int(match[2]))
    if match := TurnPage.PATTERN.fullmatch(data):
        read = OpenQuote(match[4], int(match[5])) if match[4] else None
        return TurnPage(match[1], int(match[2]), int(match[3]), read)
    if match := ListArticles.PATTERN.fullmatch(data):
        return ListArticles(int(match[1]))
    return _read_briefing_press(data)


def _read_briefing_press(
    data: str,
) -> ResizeBriefing | SendDocument | BriefOnNews | BriefOnHeading | None:
    if match := ResizeBriefing.PATTERN.fullmatch(data):
        return ResizeBriefing(match[1], match[2])
    if match := SendDocument.PATTERN.fullmatch(data):
        return SendDocument(match[1])
    if match := BriefOnHeading.PATTERN.fullmatch(data):
        return BriefOnHeading(match[1], int(match[2]))
    return BriefOnNews() if BriefOnNews.PATTERN.fullmatch(data) else None
