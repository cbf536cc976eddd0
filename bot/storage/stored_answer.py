"""An answer as it was given, and as a row of the database."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from sqlalchemy import RowMapping


class MessageRole(StrEnum):
    """What a message of the bot's shows.

    The answer, more quotes of it, a passage in its place, or all of a briefing in a file.
    """

    ANSWER = "answer"
    FILE = "file"
    MORE = "more"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, where and when: ids, in Unix time. A thread is a forum topic."""

    chat: int
    thread: int | None
    person: int | None
    message: int
    at: float


@dataclass(frozen=True, slots=True)
class CitedText:
    """What a quote said when it was given: the article's title, the heading, and the text."""

    title: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it was given.

    `quotes` are the codes of its quotes' places, of which the first `shown` are shown; `subject`
    is the question that a follow-up is to be read together with, None after small talk. `cited`
    is what the quotes said.
    """

    asked: Asked
    question: str
    context: str | None
    subject: str | None
    answered: bool
    lead: str
    notes: tuple[str, ...]
    quotes: tuple[str, ...]
    shown: int
    id: str
    cited: tuple[CitedText, ...] = ()

    @property
    def openable(self) -> int:
        """How many of its quotes can be opened: those shown.

        Where the articles' headers answer, no quote is shown, and all are where the articles open.
        """
        return self.shown or (len(self.quotes) if self.answered else 0)

    def is_open_to(self, chat: int) -> bool:
        """Whether that chat may see what was asked: the one it was asked in, or the asker's own.

        A private chat has the id of its person. To all other chats an answer is what its links
        say, a passage of an article: links are passed on, and the question is not theirs to see.
        """
        return chat in (self.asked.chat, self.asked.person)


def new_id() -> str:
    """Eleven characters of `A-Za-z0-9_-` that nobody guesses."""
    return secrets.token_urlsafe(8)


def columns_of(answer: StoredAnswer) -> Mapping[str, object]:
    """The columns of its row."""
    return {
        "id": answer.id,
        "chat": answer.asked.chat,
        "topic": answer.asked.thread,
        "person": answer.asked.person,
        "asked_in": answer.asked.message,
        "asked_at": answer.asked.at,
        "question": answer.question,
        "context": answer.context,
        "subject": answer.subject,
        "answered": answer.answered,
        "lead": answer.lead,
        "notes": json.dumps(answer.notes),
        "quotes": json.dumps(answer.quotes),
        "shown": answer.shown,
        "cited": cited_column(answer.cited),
    }


def cited_column(cited: Sequence[CitedText]) -> str:
    """What was cited, as it is stored."""
    return json.dumps([astuple(one) for one in cited])


def answer_of(row: RowMapping) -> StoredAnswer:
    """The answer in a row."""
    asked = Asked(row["chat"], row["topic"], row["person"], row["asked_in"], row["asked_at"])
    return StoredAnswer(
        asked=asked,
        question=row["question"],
        context=row["context"],
        subject=row["subject"],
        answered=row["answered"],
        lead=row["lead"],
        notes=tuple(json.loads(row["notes"])),
        quotes=tuple(json.loads(row["quotes"])),
        shown=row["shown"],
        id=row["id"],
        cited=tuple(CitedText(*fields) for fields in json.loads(row["cited"])),
    )
