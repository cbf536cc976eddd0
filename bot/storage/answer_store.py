"""The store of answers that were given, of the messages that show them, and of their ratings."""

import json
from collections.abc import Mapping
from typing import Any

from cachetools import LRUCache
from sqlalchemy import Engine, Select, bindparam, delete, or_, select, update

from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading
from bot.storage.database.outage_tolerance import if_possible, or_none
from bot.storage.stored_answer import (
    Asked,
    MessageRole,
    StoredAnswer,
    answer_of,
    cited_column,
    columns_of,
)

FOLLOW_UP_SECONDS = 600
MOST_PEOPLE_FORGOTTEN = 10_000


# What every question needs is put together once.
_table = tables.answers.c
ADD = insert(tables.answers)
LAST = (
    select(tables.answers)
    .where(
        _table.chat == bindparam("chat"),
        _table.topic.is_not_distinct_from(bindparam("topic")),
        _table.person.is_not_distinct_from(bindparam("person")),
        _table.asked_at >= bindparam("since"),
        or_(_table.asked_at < bindparam("at"), _table.asked_in < bindparam("message")),
        _table.subject.is_not(None),
    )
    .order_by(_table.asked_at.desc(), _table.asked_in.desc())
)
_place = insert(tables.messages).from_select(
    ["chat", "message", "answer", "role"],
    select(bindparam("in_chat"), bindparam("number"), _table.id, bindparam("as_role")).where(
        _table.id == bindparam("of")
    ),
)
PLACE = _place.on_conflict_do_update(
    index_elements=["chat", "message"],
    set_={"answer": _place.excluded.answer, "role": _place.excluded.role},
)


class AnswerStore:
    """The answers kept in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._forgotten: LRUCache[int, float] = LRUCache(MOST_PEOPLE_FORGOTTEN)

    def keep_none_of(self, person: int, before: float) -> None:
        """Keep no answer to what that person asked before that time, though it is given later."""
        self._forgotten[person] = before

    @if_possible
    def keep(self, answer: StoredAnswer, place: tuple[int, int] | None) -> None:
        """Keep an answer, and the chat and message that show it.

        Without it, its buttons say that it has expired.
        """
        asked = answer.asked
        if asked.person is not None and asked.at < self._forgotten.get(asked.person, 0.0):
            return
        with self._engine.begin() as connection:
            connection.execute(ADD, columns_of(answer))
            if place is not None:
                connection.execute(PLACE, _place_of(answer.id, *place, MessageRole.ANSWER))

    def remove(self, identity: str) -> None:
        """Forget an answer; its buttons say so from then on."""
        with self._engine.begin() as connection:
            connection.execute(delete(tables.answers).where(tables.answers.c.id == identity))

    @if_possible
    def show(self, identity: str, shown: int) -> None:
        """Note how many quotes of an answer are shown."""
        statement = update(tables.answers).where(tables.answers.c.id == identity)
        with self._engine.begin() as connection:
            connection.execute(statement.values(shown=shown))

    @if_possible
    def requote(self, answer: StoredAnswer) -> None:
        """Note that an answer has other quotes by now, all of them shown."""
        statement = update(tables.answers).where(tables.answers.c.id == answer.id)
        columns = {
            "quotes": json.dumps(answer.quotes),
            "shown": answer.shown,
            "cited": cited_column(answer.cited),
        }
        with self._engine.begin() as connection:
            connection.execute(statement.values(**columns))

    def get(self, identity: str) -> StoredAnswer | None:
        """The answer of that id, if it is still kept."""
        return self._first(select(tables.answers).where(tables.answers.c.id == identity))

    @or_none
    def to(self, chat: int, message: int) -> StoredAnswer | None:
        """The answer to the question in that message."""
        table = tables.answers.c
        found = select(tables.answers).where(table.chat == chat, table.asked_in == message)
        return self._first(found.order_by(table.asked_at.desc()))

    @or_none
    def is_briefing(self, identity: str) -> bool:
        """Whether an answer is a briefing."""
        table = tables.briefings.c
        with reading(self._engine) as connection:
            found = connection.execute(select(table.answer).where(table.answer == identity))
            return found.first() is not None

    @or_none
    def shown_in(self, chat: int, message: int) -> StoredAnswer | None:
        """The answer that a message of the bot's shows, or of which it shows a passage."""
        table = tables.messages.c
        found = select(tables.answers).join(tables.messages)
        return self._first(found.where(table.chat == chat, table.message == message))

    @or_none
    def last(self, asked: Asked, since: float) -> StoredAnswer | None:
        """The last answer to this person here before that message, small talk apart."""
        return self._first(
            LAST,
            {
                "chat": asked.chat,
                "topic": asked.thread,
                "person": asked.person,
                "message": asked.message,
                "at": asked.at,
                "since": since,
            },
        )

    def before(self, asked: Asked, replied: int | None) -> StoredAnswer | None:
        """The answer that a follow-up is read together with.

        It is the one that is replied to, or this person's last one here, for ten minutes.
        """
        if replied is not None:
            return self.shown_in(asked.chat, replied)
        return self.last(asked, asked.at - FOLLOW_UP_SECONDS)

    @if_possible
    def place(self, identity: str, chat: int, message: int, role: MessageRole) -> None:
        """Note which message shows an answer, unless the answer has been forgotten."""
        with self._engine.begin() as connection:
            connection.execute(PLACE, _place_of(identity, chat, message, role))

    @or_none
    def message(self, identity: str, chat: int, role: MessageRole) -> int | None:
        """The last message in that chat that shows the answer in that role."""
        table = tables.messages.c
        found = select(table.message).where(
            table.answer == identity, table.chat == chat, table.role == role.value
        )
        with reading(self._engine) as connection:
            row = connection.execute(found.order_by(table.message.desc())).first()
        return None if row is None else int(row.message)

    def rate(self, identity: str, person: int, *, helped: bool) -> bool:
        """Note whether an answer helped a person, if it is still kept; whether that is new."""
        table = tables.ratings.c
        kept = select(_table.id).where(_table.id == identity)
        known = select(table.helped).where(table.answer == identity, table.person == person)
        with self._engine.begin() as connection:
            row = connection.execute(known).first()
            if row is not None and row.helped == helped:
                return False
            if connection.execute(kept).first() is None:  # the question was just corrected
                return True
            rating = insert(tables.ratings).values(answer=identity, person=person, helped=helped)
            connection.execute(
                rating.on_conflict_do_update(
                    index_elements=["answer", "person"], set_={"helped": helped}
                )
            )
        return True

    def move(self, chat: int, new_chat: int) -> None:
        """Move the answers of a group that became a supergroup; its messages have new ids."""
        with self._engine.begin() as connection:
            table = tables.messages
            connection.execute(delete(table).where(table.c.chat == chat))
            statement = update(tables.answers).where(tables.answers.c.chat == chat)
            connection.execute(statement.values(chat=new_chat, asked_in=0))

    def forget_before(self, time: float, latest: float = float("inf")) -> None:
        """Delete the answers to questions asked before that time, with their messages and ratings.

        Questions dated after `latest`, a time in the future, are deleted too: they would stay.
        """
        old = or_(_table.asked_at < time, _table.asked_at > latest)
        with self._engine.begin() as connection:
            connection.execute(delete(tables.answers).where(old))

    def _first(
        self, statement: Select[Any], values: Mapping[str, object] | None = None
    ) -> StoredAnswer | None:
        with reading(self._engine) as connection:
            row = connection.execute(statement.limit(1), values).mappings().first()
        return None if row is None else answer_of(row)


def _place_of(identity: str, chat: int, message: int, role: MessageRole) -> Mapping[str, object]:
    return {"of": identity, "in_chat": chat, "number": message, "as_role": role.value}
