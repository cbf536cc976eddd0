"""Which updates came in, and what became of them?"""

import json
from collections.abc import Sequence
from enum import StrEnum
from hashlib import blake2b

from sqlalchemy import Engine, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.objects import JsonObject
from bot.storage import tables

# Telegram keeps an update for a day, so it can come again for as long.
REMEMBERED_SECONDS = 2 * 24 * 3600

_table = tables.updates.c
_put = insert(tables.updates)
# A number is given again after a silent week, or by another bot: another update then.
PUT = _put.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _put.excluded[name] for name in ("body", "digest", "at", "state", "error")},
    where=_table.digest != _put.excluded.digest,
).returning(_table.id)
DONE = (
    update(tables.updates)
    .where(_table.id == bindparam("number"))
    .values(state=bindparam("as_state"), error=bindparam("because"), body="")
)


class State(StrEnum):
    """What became of an update: not handled yet, handled, or given up."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class Updates:
    """The updates kept in a database, for one thread at a time; what they say only until then."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, fetched: Sequence[JsonObject], at: float) -> set[int]:
        """Keep updates as they came at that time; the numbers of those that are new."""
        new: set[int] = set()
        with self._engine.begin() as connection:
            for fields in fetched:
                new.update(connection.execute(PUT, _row(fields, at)).scalars())
        return new

    def done(self, identity: int, error: str | None = None) -> None:
        """Note that an update is handled, or given up for that error; what it says is deleted."""
        state = State.FAILED if error else State.DONE
        values = {"number": identity, "as_state": state.value, "because": error}
        with self._engine.begin() as connection:
            connection.execute(DONE, values)

    def waiting(self) -> list[JsonObject]:
        """The updates that are not handled, in their order."""
        found = select(_table.body).where(_table.state == State.WAITING.value)
        with self._engine.connect() as connection:
            bodies = connection.execute(found.order_by(_table.at, _table.id)).scalars()
            return [json.loads(body) for body in bodies]

    def shows(self, chat: int, message: int) -> bool:
        """Whether it is kept what that message of the bot's shows."""
        table = tables.messages.c
        found = select(table.answer).where(table.chat == chat, table.message == message)
        with self._engine.connect() as connection:
            return connection.execute(found).first() is not None

    def forget_before(self, time: float) -> None:
        """Delete the updates that came before that time and are not waiting."""
        old = (_table.at < time) & (_table.state != State.WAITING.value)
        with self._engine.begin() as connection:
            connection.execute(delete(tables.updates).where(old))


def _row(fields: JsonObject, at: float) -> JsonObject:
    body = json.dumps(fields)
    return {
        "id": fields["update_id"],
        "body": body,
        "digest": blake2b(body.encode(), digest_size=16).hexdigest(),
        "at": at,
        "state": State.WAITING.value,
        "error": None,
    }
