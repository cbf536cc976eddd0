"""Callback data: what a button carries, in at most 64 bytes."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from bot.composing.briefing_lengths import BriefingLength

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
    """Give a briefing another length."""

    PATTERN: ClassVar = re.compile(rf"z:({ANSWER_ID}):({'|'.join(BriefingLength)})", re.ASCII)
    answer: str
    length: BriefingLength

    def __str__(self) -> str:
        return f"z:{self.answer}:{self.length}"


@dataclass(frozen=True, slots=True)
class SendBriefingFile:
    """Send a briefing as a file."""

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


@dataclass(frozen=True, slots=True)
class AskAlone:
    """Answer a question again without the one before it."""

    PATTERN: ClassVar = re.compile(rf"o:({ANSWER_ID})", re.ASCII)
    answer: str

    def __str__(self) -> str:
        return f"o:{self.answer}"


@dataclass(frozen=True, slots=True)
class AskSuggested:
    """Ask one of the questions that are offered at the start, counted from 0.

    `digest` tells whether it is still the same one.
    """

    PATTERN: ClassVar = re.compile(r"q:(\d{1,2}):([A-Za-z0-9_-]{7})", re.ASCII)
    number: int
    digest: str

    def __str__(self) -> str:
        return f"q:{self.number}:{self.digest}"


@dataclass(frozen=True, slots=True)
class WeeklyGaps:
    """Tell an admin each week what was left open: 1, or no more: 0."""

    PATTERN: ClassVar = re.compile(r"w:([01])", re.ASCII)
    wanted: int

    def __str__(self) -> str:
        return f"w:{self.wanted}"


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak the language of that code in this chat; without a code, that of Telegram."""

    PATTERN: ClassVar = re.compile(r"l:([a-z]{0,3})", re.ASCII)
    code: str

    def __str__(self) -> str:
        return f"l:{self.code}"


@dataclass(frozen=True, slots=True)
class StagedPress:
    """Add articles that wait (`add`), name (`title`), drop or, once added, `undo` them."""

    PATTERN: ClassVar = re.compile(rf"i:(add|title|drop|undo):({ANSWER_ID})", re.ASCII)
    wish: str
    staged: str

    def __str__(self) -> str:
        return f"i:{self.wish}:{self.staged}"


@dataclass(frozen=True, slots=True)
class RemovalPress:
    """Remove an added article: `ask` first, then `yes`; `undo` takes it back, `no` leaves it."""

    PATTERN: ClassVar = re.compile(r"x:(ask|yes|no|undo):([A-Za-z0-9_-]{7})", re.ASCII)
    wish: str
    article: str

    def __str__(self) -> str:
        return f"x:{self.wish}:{self.article}"


@dataclass(frozen=True, slots=True)
class ListRemovable:
    """Show the list of added articles from that one on, counted from 0."""

    PATTERN: ClassVar = re.compile(r"v:(\d{1,6})", re.ASCII)
    offset: int = 0

    def __str__(self) -> str:
        return f"v:{self.offset}"


ArticlePress = StagedPress | RemovalPress | ListRemovable
ButtonPress = (
    OpenQuote
    | MoreQuotes
    | Rating
    | TurnPage
    | ListArticles
    | ResizeBriefing
    | SendBriefingFile
    | BriefOnNews
    | BriefOnHeading
    | ChooseLanguage
    | AskAlone
    | AskSuggested
    | WeeklyGaps
    | ArticlePress
)


READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], ButtonPress]], ...] = (
    (OpenQuote.PATTERN, lambda m: OpenQuote(m[1], int(m[2]))),
    (MoreQuotes.PATTERN, lambda m: MoreQuotes(m[1], int(m[2]), int(m[3]))),
    (Rating.PATTERN, lambda m: Rating(m[1], int(m[2]))),
    (TurnPage.PATTERN, lambda m: TurnPage(m[1], int(m[2]), int(m[3]), _read_in(m))),
    (ListArticles.PATTERN, lambda m: ListArticles(int(m[1]))),
    (ChooseLanguage.PATTERN, lambda m: ChooseLanguage(m[1])),
    (AskAlone.PATTERN, lambda m: AskAlone(m[1])),
    (AskSuggested.PATTERN, lambda m: AskSuggested(int(m[1]), m[2])),
    (StagedPress.PATTERN, lambda m: StagedPress(m[1], m[2])),
    (RemovalPress.PATTERN, lambda m: RemovalPress(m[1], m[2])),
    (ListRemovable.PATTERN, lambda m: ListRemovable(int(m[1]))),
    (WeeklyGaps.PATTERN, lambda m: WeeklyGaps(int(m[1]))),
    (ResizeBriefing.PATTERN, lambda m: ResizeBriefing(m[1], BriefingLength(m[2]))),
    (SendBriefingFile.PATTERN, lambda m: SendBriefingFile(m[1])),
    (BriefOnHeading.PATTERN, lambda m: BriefOnHeading(m[1], int(m[2]))),
    (BriefOnNews.PATTERN, lambda _: BriefOnNews()),
)


def parse_press(data: str) -> ButtonPress | None:
    """What a button asks for; None for what none of ours carries."""
    for pattern, read in READERS:
        if match := pattern.fullmatch(data):
            return read(match)
    return None


def _read_in(match: re.Match[str]) -> OpenQuote | None:
    """The quote that is read while pages are turned."""
    return OpenQuote(match[4], int(match[5])) if match[4] else None
