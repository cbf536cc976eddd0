"""Which answers were given, where, and did they help?"""

import json
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import RowMapping, Select, delete, literal, select, update
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import tables

RETENTION_DAYS = 30

log = logging.getLogger(__name__)


class Role(StrEnum):
    """What a message of the bot's shows: the answer, more quotes of it, a passage in its place."""

    ANSWER = "answer"
    MORE = "more"
    READING = "reading"


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked, where and when: the ids of chat, topic, person and message; Unix time."""

    chat: int
    topic: int | None
    person: int | None
    message: int
    at: float


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer as it was given.

    `quotes` are the codes of its quotes' places, of which the first `shown` are shown; `subject`
    is the question that a follow-up is to be read together with, None after small talk.
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


def new_id() -> str:
    """Eleven characters of `A-Za-z0-9_-` that nobody guesses."""
    return secrets.token_urlsafe(8)


class Answers:
    """The answers kept in a database."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, answer: StoredAnswer) -> None:
        """Keep an answer; it is given all the same where it cannot be kept, which is logged."""
        try:
            async with self._engine.begin() as connection:
                await connection.execute(tables.answers.insert().values(_columns(answer)))
        except SQLAlchemyError:
            log.exception("an answer is not kept: its buttons will say that it has expired")

    async def remove(self, identity: str) -> None:
        """Forget an answer; its buttons say so from then on."""
        async with self._engine.begin() as connection:
            await connection.execute(delete(tables.answers).where(tables.answers.c.id == identity))

    async def show(self, identity: str, shown: int) -> None:
        """Note how many quotes of an answer are shown."""
        statement = update(tables.answers).where(tables.answers.c.id == identity)
        async with self._engine.begin() as connection:
            await connection.execute(statement.values(shown=shown))

    async def get(self, identity: str) -> StoredAnswer | None:
        """The answer of that id, if it is still kept."""
        return await self._first(select(tables.answers).where(tables.answers.c.id == identity))

    async def to(self, chat: int, message: int) -> StoredAnswer | None:
        """The answer to the question in that message."""
        table = tables.answers.c
        found = select(tables.answers).where(table.chat == chat, table.asked_in == message)
        return await self._first(found.order_by(table.asked_at.desc()))

    async def shown_in(self, chat: int, message: int) -> StoredAnswer | None:
        """The answer that a message of the bot's shows, or of which it shows a passage."""
        table = tables.messages.c
        found = select(tables.answers).join(tables.messages)
        return await self._first(found.where(table.chat == chat, table.message == message))

    async def last(self, asked: Asked, since: float) -> StoredAnswer | None:
        """The last answer to this person here before that message, small talk apart."""
        table = tables.answers.c
        found = select(tables.answers).where(
            table.chat == asked.chat,
            table.topic.is_not_distinct_from(asked.topic),
            table.person.is_not_distinct_from(asked.person),
            table.asked_at >= since,
            table.asked_in < asked.message,
            table.subject.is_not(None),
        )
        return await self._first(found.order_by(table.asked_at.desc(), table.asked_in.desc()))

    async def place(self, identity: str, chat: int, message: int, role: Role) -> None:
        """Note which message shows an answer; nothing happens if that is forgotten by now."""
        table = tables.answers.c
        known = select(literal(chat), literal(message), table.id, literal(role.value))
        row = insert(tables.messages).from_select(
            ["chat", "message", "answer", "role"], known.where(table.id == identity)
        )
        moved = {"answer": row.excluded.answer, "role": row.excluded.role}
        async with self._engine.begin() as connection:
            await connection.execute(
                row.on_conflict_do_update(index_elements=["chat", "message"], set_=moved)
            )

    async def message(self, identity: str, chat: int, role: Role) -> int | None:
        """The last message in that chat that shows the answer in that role."""
        table = tables.messages.c
        found = select(table.message).where(
            table.answer == identity, table.chat == chat, table.role == role.value
        )
        async with self._engine.connect() as connection:
            row = (await connection.execute(found.order_by(table.message.desc()))).first()
        return None if row is None else int(row.message)

    async def rate(self, identity: str, person: int, *, helped: bool) -> bool:
        """Note whether an answer helped a person; returns whether that is new."""
        table = tables.ratings.c
        known = select(table.helped).where(table.answer == identity, table.person == person)
        async with self._engine.begin() as connection:
            row = (await connection.execute(known)).first()
            if row is not None and row.helped == helped:
                return False
            rating = insert(tables.ratings).values(answer=identity, person=person, helped=helped)
            await connection.execute(
                rating.on_conflict_do_update(
                    index_elements=["answer", "person"], set_={"helped": helped}
                )
            )
        return True

    async def move(self, chat: int, new_chat: int) -> None:
        """Let a group that became a supergroup keep its answers; its messages have new ids."""
        async with self._engine.begin() as connection:
            table = tables.messages
            await connection.execute(delete(table).where(table.c.chat == chat))
            statement = update(tables.answers).where(tables.answers.c.chat == chat)
            await connection.execute(statement.values(chat=new_chat))

    async def forget_before(self, time: float) -> None:
        """Delete the answers to what was asked before that time, and all that hangs on them."""
        async with self._engine.begin() as connection:
            await connection.execute(
                delete(tables.answers).where(tables.answers.c.asked_at < time)
            )

    async def _first(self, statement: Select[Any]) -> StoredAnswer | None:
        async with self._engine.connect() as connection:
            row = (await connection.execute(statement.limit(1))).mappings().first()
        return None if row is None else _answer(row)


def _columns(answer: StoredAnswer) -> Mapping[str, object]:
    return {
        "id": answer.id,
        "chat": answer.asked.chat,
        "topic": answer.asked.topic,
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
    }


def _answer(row: RowMapping) -> StoredAnswer:
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
    )
