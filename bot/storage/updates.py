"""Which updates came in, and what became of them?"""

import json
from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Engine, bindparam, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from bot.objects import JsonObject
from bot.storage import tables

_table = tables.updates.c
PUT = insert(tables.updates).on_conflict_do_nothing().returning(_table.id)
NOTE = (
    update(tables.updates)
    .where(_table.id == bindparam("number"))
    .values(state=bindparam("as_state"), tries=_table.tries + 1, error=bindparam("because"))
)


class State(StrEnum):
    """What became of an update: not handled yet, handled, or given up."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


NEW: JsonObject = {"state": State.WAITING.value, "tries": 0, "error": None}


class Updates:
    """The updates kept in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, fetched: Sequence[JsonObject], at: float) -> set[int]:
        """Keep updates as they came at that time; the ids of those that are new."""
        rows = [
            {"id": fields["update_id"], "body": json.dumps(fields), "at": at, **NEW}
            for fields in fetched
        ]
        new: set[int] = set()
        with self._engine.begin() as connection:
            for row in rows:
                new.update(connection.execute(PUT, row).scalars())
        return new

    def note(self, identity: int, state: State, error: str | None = None) -> int:
        """Note what became of an update; how often it was tried by now."""
        values = {"number": identity, "as_state": state.value, "because": error}
        tried = select(_table.tries).where(_table.id == identity)
        with self._engine.begin() as connection:
            connection.execute(NOTE, values)
            return int(connection.execute(tried).scalar() or 0)

    def waiting(self) -> list[JsonObject]:
        """The updates that are not handled, in their order."""
        found = select(_table.body).where(_table.state == State.WAITING.value)
        with self._engine.connect() as connection:
            bodies = connection.execute(found.order_by(_table.at, _table.id)).scalars()
            return [json.loads(body) for body in bodies]

    def forget_before(self, time: float) -> None:
        """Delete the updates that came before that time and are not waiting."""
        old = (_table.at < time) & (_table.state != State.WAITING.value)
        with self._engine.begin() as connection:
            connection.execute(delete(tables.updates).where(old))
