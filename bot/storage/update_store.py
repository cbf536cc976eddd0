"""The table of updates: as they came, until they are handled or are dead letters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from sqlalchemy import Engine, bindparam, delete, select, update

from bot.http.json_object import JsonObject
from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading

# Telegram keeps an update for a day, so it can come again for as long.
DEDUPLICATED_SECONDS = 2 * 24 * 3600
NUMBERS_A_STATEMENT = 500

_table = tables.updates.c
_put = insert(tables.updates)
# A number is given again after a silent week, or by another bot: another update then.
PUT = _put.on_conflict_do_update(
    index_elements=["id"],
    set_={
        name: _put.excluded[name]
        for name in ("body", "digest", "at", "state", "error", "crashes", "lane")
    },
    where=_table.digest != _put.excluded.digest,
).returning(_table.id)
DONE = (
    update(tables.updates)
    .where(_table.id == bindparam("number"))
    .values(state=bindparam("as_state"), error=bindparam("because"), body="", lane=None)
)


class State(StrEnum):
    """What became of an update: not handled yet, handled, or given up."""

    WAITING = "waiting"
    DONE = "done"
    DEAD_LETTER = "failed"


DEAD_LETTERS = (
    select(_table.id, _table.error, _table.at)
    .where(_table.state == State.DEAD_LETTER.value)
    .order_by(_table.at.desc(), _table.id.desc())
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that is not handled, and how many runs of the program ended at work on it."""

    number: int
    fields: JsonObject
    crashes: int


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """An update that was given up for an error, and the Unix time at which it came."""

    number: int
    error: str
    at: float


class UpdateStore:
    """The updates kept in a database, for one thread at a time; what they say only until then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, fetched: Sequence[JsonObject], at: float) -> set[int]:
        """Keep updates, of different numbers, as they came at that time; those to hand on now.

        These are all that are new.
        """
        with self._engine.begin() as connection:
            rows = [row_of(fields, at) for fields in fetched]
            return set(connection.execute(PUT, rows).scalars())

    def done(self, errors: Mapping[int, str | None]) -> None:
        """Note that updates are handled, or dead letters for these errors.

        What they say is deleted.
        """
        with self._engine.begin() as connection:
            connection.execute(DONE, outcomes(errors))

    def finished(self, numbers: Sequence[int]) -> list[int]:
        """Those of these updates that are handled or dead letters."""
        found = select(_table.id).where(_table.state != State.WAITING.value)
        with reading(self._engine) as connection:
            return [
                number
                for start in range(0, len(numbers), NUMBERS_A_STATEMENT)
                for number in connection.execute(
                    found.where(_table.id.in_(numbers[start : start + NUMBERS_A_STATEMENT]))
                ).scalars()
            ]

    def count_crash(self, identity: int) -> None:
        """Count that the program ended while it was at work on an update."""
        begun = update(tables.updates).where(_table.id == identity)
        with self._engine.begin() as connection:
            connection.execute(begun.values(crashes=_table.crashes + 1))

    def waiting(self) -> list[Waiting]:
        """The updates that are not handled, in their order."""
        found = select(_table.id, _table.body, _table.crashes)
        found = found.where(_table.state == State.WAITING.value)
        with reading(self._engine) as connection:
            rows = connection.execute(found.order_by(_table.at, _table.id))
            return [Waiting(row.id, json.loads(row.body), row.crashes) for row in rows]

    def dead_letters(self) -> list[DeadLetter]:
        """The updates that were given up, the last one first."""
        with reading(self._engine) as connection:
            return [DeadLetter(*row) for row in connection.execute(DEAD_LETTERS)]

    def shows(self, chat: int, message: int) -> bool:
        """Whether it is kept what that message of the bot's shows."""
        table = tables.messages.c
        found = select(table.answer).where(table.chat == chat, table.message == message)
        with reading(self._engine) as connection:
            return connection.execute(found).first() is not None

    def forget_before(self, done: float, others: float) -> None:
        """Delete the updates that are done and came before the one time.

        What waits, or was given up, is deleted if it came before the other.
        """
        is_done = _table.state == State.DONE.value
        old = (is_done & (_table.at < done)) | (_table.at < others)
        with self._engine.begin() as connection:
            connection.execute(delete(tables.updates).where(old))


def outcomes(errors: Mapping[int, str | None]) -> list[JsonObject]:
    """What became of updates, as DONE takes it."""
    return [
        {
            "number": n,
            "as_state": (State.DEAD_LETTER if error else State.DONE).value,
            "because": error,
        }
        for n, error in errors.items()
    ]


def row_of(fields: JsonObject, at: float) -> JsonObject:
    """An update that came at that time, as a row of the table."""
    body = json.dumps(fields)
    return {
        "id": fields["update_id"],
        "body": body,
        "digest": blake2b(body.encode(), digest_size=16).hexdigest(),
        "at": at,
        "state": State.WAITING.value,
        "error": None,
        "crashes": 0,
        "lane": _chat_of(fields),
    }


def _chat_of(fields: JsonObject) -> int:
    """The chat that an update comes from, or the person where there is none."""
    part = next((part for part in fields.values() if isinstance(part, dict)), {})
    message = part.get("message")
    chat = (message if isinstance(message, dict) else part).get("chat") or part.get("from") or {}
    number = chat.get("id")
    return number if isinstance(number, int) else 0
