"""The schedules and time zones that are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from sqlalchemy import ColumnElement, Engine, RowMapping, and_, delete, select, update

from bot.schedules.recurrence import Cadence, Schedule
from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading
from bot.storage.database.outage_tolerance import or_none
from bot.storage.migrated_chats import move_rows

NO_THREAD = 0
# No topic of a forum has this number: here the weekly note to an admin has its place in a chat.
NOTE_THREAD = -1

_table = tables.schedules.c


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A schedule in its place: a chat, and a forum topic of it or None.

    `person` set it, or the chat in whose name that person spoke; `next_at` is the Unix time of
    its next slot.
    """

    chat: int
    thread: int | None
    schedule: Schedule
    person: int | None
    next_at: int


class ScheduleStore:
    """The schedules and the time zones kept in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def set(self, scheduled: Scheduled) -> bool:
        """Keep a schedule in the place of the one that was there; returns whether one was."""
        columns = _columns(scheduled)
        place = _place(scheduled.chat, scheduled.thread)
        with self._engine.begin() as connection:
            replaced = bool(connection.execute(delete(tables.schedules).where(place)).rowcount)
            connection.execute(insert(tables.schedules), columns)
        return replaced

    def get(self, chat: int, thread: int | None) -> Scheduled | None:
        """The schedule of that place."""
        found = self._all(_place(chat, thread))
        return found[0] if found else None

    def of_chat(self, chat: int) -> list[Scheduled]:
        """All schedules of briefings of a chat, the next one first."""
        return self._all(and_(_table.chat == chat, _table.thread != NOTE_THREAD))

    @or_none
    def due(self, now: float, most: int | None = None) -> list[Scheduled]:
        """The schedules whose slot has come, the oldest first; at most `most`."""
        return self._all(_table.next_at <= now, most)

    def claim(self, scheduled: Scheduled, next_at: int) -> bool:
        """Move a schedule on to its next slot; False if it is not as it was when it was read.

        Who has moved it sends the briefing, and nobody else: not after a restart either, unless
        it is moved back in the same way.
        """
        as_it_was = and_(*(_table[n] == value for n, value in _columns(scheduled).items()))
        statement = update(tables.schedules).where(as_it_was).values(next_at=next_at)
        with self._engine.begin() as connection:
            return bool(connection.execute(statement).rowcount)

    def remove(self, chat: int, thread: int | None) -> bool:
        """Forget the schedule of that place; returns whether there was one."""
        statement = delete(tables.schedules).where(_place(chat, thread))
        with self._engine.begin() as connection:
            return bool(connection.execute(statement).rowcount)

    def remove_chat(self, chat: int) -> None:
        """Forget the schedules of a chat and its time zone."""
        with self._engine.begin() as connection:
            for table in (tables.schedules, tables.chats):
                connection.execute(delete(table).where(table.c.chat == chat))

    def move(self, chat: int, new_chat: int) -> None:
        """Move the schedules of a group that became a supergroup; those set there by now stay."""
        with self._engine.begin() as connection:
            for table in (tables.schedules, tables.chats):
                move_rows(connection, table, chat, new_chat)

    def timezone(self, chat: int) -> str | None:
        """The name of the time zone that was chosen for a chat."""
        found = select(tables.chats.c.timezone).where(tables.chats.c.chat == chat)
        with reading(self._engine) as connection:
            return connection.execute(found).scalar()

    def set_timezone(self, chat: int, name: str, next_at: Callable[[Schedule], int]) -> None:
        """Choose a time zone for a chat; `next_at` gives the slot that a schedule has then."""
        chosen = insert(tables.chats).values(chat=chat, timezone=name)
        chosen = chosen.on_conflict_do_update(index_elements=["chat"], set_={"timezone": name})
        with self._engine.begin() as connection:
            connection.execute(chosen)
            found = select(tables.schedules).where(_table.chat == chat)
            for row in connection.execute(found).mappings().all():
                place = and_(_table.chat == chat, _table.thread == row["thread"])
                moved = update(tables.schedules).where(place)
                connection.execute(moved.values(next_at=next_at(_schedule(row))))

    def _all(self, condition: ColumnElement[bool], most: int | None = None) -> list[Scheduled]:
        found = select(tables.schedules).where(condition).limit(most)
        with reading(self._engine) as connection:
            rows = connection.execute(found.order_by(_table.next_at, _table.chat, _table.thread))
            return [_scheduled(row) for row in rows.mappings()]


def _place(chat: int, thread: int | None) -> ColumnElement[bool]:
    return and_(_table.chat == chat, _table.thread == (thread or NO_THREAD))


def _columns(scheduled: Scheduled) -> Mapping[str, Any]:
    schedule = scheduled.schedule
    return {
        "chat": scheduled.chat,
        "thread": scheduled.thread or NO_THREAD,
        "cadence": schedule.cadence.value,
        "weekday": schedule.weekday,
        "at": schedule.at.isoformat("minutes"),
        "topic": schedule.topic,
        "only_new": schedule.only_new,
        "is_short": schedule.is_short,
        "language": schedule.language,
        "person": scheduled.person,
        "next_at": scheduled.next_at,
    }


def _scheduled(row: RowMapping) -> Scheduled:
    thread = row["thread"] or None
    return Scheduled(row["chat"], thread, _schedule(row), row["person"], row["next_at"])


def _schedule(row: RowMapping) -> Schedule:
    return Schedule(
        Cadence(row["cadence"]),
        time.fromisoformat(row["at"]),
        row["weekday"],
        row["topic"],
        row["only_new"],
        row["is_short"],
        row["language"],
    )
