"""What is kept of a person, and its deletion (`/forget`)."""

import json
import time
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Table, and_, delete, or_, select, update

from bot.http.json_object import JsonObject
from bot.storage.database import tables
from bot.storage.database.dialects import leave_no_trace
from bot.storage.update_store import State

A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted: answers with their questions, ratings, updates that waited.

    `schedules` were set by the person and go on without saying so; `own` ones, of the private
    chat, have ended.
    """

    answers: int
    ratings: int
    waiting: int
    schedules: int
    own: int


class PersonalData:
    """What a database holds of persons, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def forget(self, person: int, asking: int) -> Forgotten:
        """Delete what is kept of a person, but the update by which they ask for that.

        A group in whose name somebody speaks has the group's number here; its schedules stay.
        """
        with self._engine.begin() as connection:
            _forget_counts(connection, person)
            own = _forget_chat(connection, person) if person > 0 else 0
            forgotten = Forgotten(
                answers=_forget_answers(connection, person),
                ratings=_delete(connection, tables.ratings, person),
                waiting=_forget_waiting(connection, person, asking),
                schedules=_forget_name(connection, person),
                own=own,
            )
        leave_no_trace(self._engine)
        return forgotten


def _forget_answers(connection: Connection, person: int) -> int:
    """Delete the answers to a person; what others asked further no longer says what that was."""
    table = tables.answers
    asked = select(table.c.question).where(table.c.person == person).scalar_subquery()
    others = or_(table.c.person != person, table.c.person.is_(None))
    leaning = update(table).where(and_(others, table.c.context.in_(asked)))
    connection.execute(leaning.values(context=None, subject=None, notes="[]"))
    return _delete(connection, table, person)


def _forget_waiting(connection: Connection, person: int, asking: int) -> int:
    """Delete a person's waiting updates; those that are being handled are still answered."""
    table = tables.updates
    waiting = select(table.c.id, table.c.body).where(table.c.state == State.WAITING.value)
    rows = connection.execute(waiting.where(table.c.id != asking)).all()
    found = [row.id for row in rows if person in _persons(json.loads(row.body))]
    done = update(table).where(table.c.id.in_(found)).values(state=State.DONE.value, body="")
    if not found:
        return 0
    connection.execute(delete(tables.receipts).where(tables.receipts.c.update.in_(found)))
    return connection.execute(done.values(lane=None)).rowcount


def _persons(fields: JsonObject) -> set[object]:
    """Who sent an update: a person, or a chat in whose name somebody speaks."""
    parts = [part for part in fields.values() if isinstance(part, dict)]
    senders = [part.get(name) for part in parts for name in ("from", "sender_chat")]
    return {sender.get("id") for sender in senders if isinstance(sender, dict)}


def _forget_counts(connection: Connection, person: int) -> None:
    """Delete how often a person did something, but for this minute: else nobody was too fast."""
    table = tables.counts
    minute = time.time() // A_MINUTE
    past = and_(table.c.who == person, table.c.minute < minute)
    connection.execute(delete(table).where(past))


def _forget_name(connection: Connection, person: int) -> int:
    table = tables.schedules
    return connection.execute(
        update(table).where(table.c.person == person).values(person=None)
    ).rowcount


def _forget_chat(connection: Connection, chat: int) -> int:
    """Delete what is kept of a private chat as such; how many schedules it had."""
    for table in (tables.chats, tables.briefed):
        connection.execute(delete(table).where(table.c.chat == chat))
    table = tables.schedules
    note = and_(table.c.chat == chat, table.c.thread < 0)  # an admin's, which is no briefing
    connection.execute(delete(table).where(note))
    return connection.execute(delete(table).where(table.c.chat == chat)).rowcount


def _delete(connection: Connection, table: Table, person: int) -> int:
    return connection.execute(delete(table).where(table.c.person == person)).rowcount
