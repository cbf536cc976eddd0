"""Lanes: the updates of a chat are handled by the process that owns its lane, and by no other.

The tables of updates, lanes and the receipts of what was sent, in PostgreSQL.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from bot.cluster.membership import CHANNEL
from bot.http.json_object import JsonObject
from bot.storage.database.postgres import at_once
from bot.storage.receipts import Sent
from bot.storage.update_store import UpdateStore, Waiting, chat_of, outcomes

MOST_CLAIMED = 500  # updates at once
KEPT_SECONDS = 60  # after its last update a lane stays where the chat's pace is known

# A lane's row is locked before its updates are written: so they are read in their order.
USE = text(
    """
INSERT INTO lanes (lane, used_at)
SELECT chat, extract(epoch FROM clock_timestamp()) FROM unnest(CAST(:chats AS bigint[])) chat
ORDER BY chat ON CONFLICT (lane) DO UPDATE SET used_at = excluded.used_at RETURNING owner"""
)
NOTIFY = text("SELECT pg_notify(:channel, :payload)").bindparams(channel=CHANNEL)
CLAIM = text(
    """
UPDATE lanes SET owner = :me WHERE lane IN (
    SELECT lane FROM lanes WHERE owner IS NULL ORDER BY used_at LIMIT least(:most, (
        SELECT 1 + count(*) / greatest(1, (SELECT count(*) FROM workers))
        FROM lanes WHERE owner IS NULL))
    FOR UPDATE SKIP LOCKED)
AND EXISTS (SELECT 1 FROM workers WHERE id = :me)"""
)
OWN = text(
    """
SELECT u.id, u.body, u.tries AS crashes FROM updates u JOIN lanes l ON l.lane = u.lane
WHERE u.state = 'waiting' AND l.owner = :me AND u.id <> ALL(CAST(:open AS bigint[]))
ORDER BY u.id LIMIT :most"""
)
SENT = text(
    """
SELECT "update", chat, message, replied FROM receipts
WHERE "update" = ANY(CAST(:updates AS bigint[])) ORDER BY number"""
)
NOTE = text(
    """
INSERT INTO receipts ("update", number, chat, message, replied)
SELECT u.id, (SELECT count(*) FROM receipts r WHERE r."update" = u.id), :chat, :message, :replied
FROM updates u JOIN lanes l ON l.lane = u.lane
WHERE u.id = :update AND l.owner = :me FOR SHARE OF l"""
)
DONE = text(
    """
WITH done AS (
    UPDATE updates u SET state = o.state, error = o.error, body = '', lane = NULL
    FROM unnest(
        CAST(:numbers AS bigint[]), CAST(:states AS text[]), CAST(:errors AS text[])
    ) AS o(number, state, error)
    WHERE u.id = o.number
    AND EXISTS (SELECT 1 FROM lanes l WHERE l.lane = u.lane AND l.owner = :me)
    RETURNING u.id)
DELETE FROM receipts USING done WHERE "update" = done.id"""
)
# All lanes but those in which something has begun, for others to go on with.
HAND_OVER = text(
    """
UPDATE lanes SET owner = NULL WHERE owner = :me AND NOT EXISTS (
    SELECT 1 FROM updates u WHERE u.lane = lanes.lane AND u.state = 'waiting'
    AND u.id = ANY(CAST(:open AS bigint[])))"""
)
RELEASE = text(
    """
DELETE FROM lanes WHERE owner = :me AND used_at < extract(epoch FROM clock_timestamp()) - :kept
AND NOT EXISTS (SELECT 1 FROM updates u WHERE u.lane = lanes.lane AND u.state = 'waiting')"""
)


@dataclass(frozen=True, slots=True)
class ClaimedUpdate:
    """An update of a lane of this process, and what was sent for it before."""

    update: Waiting
    sent: tuple[Sent, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """How many lanes were taken that were free, and the updates to handle, in order."""

    lanes: int
    updates: tuple[ClaimedUpdate, ...]

    @property
    def may_be_all(self) -> bool:
        """Whether there may be nothing more to claim."""
        return not self.lanes and len(self.updates) < MOST_CLAIMED


class LaneStore(UpdateStore):
    """The updates in a database that several processes share, for one thread at a time.

    `number` is that of this process. What it notes of lanes that it has lost is not kept.
    """

    def __init__(self, engine: Engine, number: Callable[[], int]) -> None:
        super().__init__(engine)
        self._at_once = at_once(engine)
        self._number = number

    def put(self, fetched: Sequence[JsonObject], at: float) -> set[int]:
        """Keep updates, and call those who own their lanes; none is handed on here."""
        with self._engine.begin() as connection:
            chats = sorted({chat_of(fields) for fields in fetched})
            owners = set(connection.execute(USE, {"chats": chats}).scalars())
            if self._put(connection, fetched, at):
                for owner in owners:
                    connection.execute(NOTIFY, {"payload": str(owner or "")})
        return set()

    def claim(self, most: int, handed_on: Collection[int]) -> Claims:
        """Take at most so many free lanes; the updates of all own ones but those `handed_on`.

        A process leaves the others their part of what is free.
        """
        me, lanes = self._number(), 0
        with self._at_once.begin() as connection:
            if most > 0:
                lanes = connection.execute(CLAIM, {"me": me, "most": most}).rowcount
            found = {"me": me, "open": list(handed_on), "most": MOST_CLAIMED}
            rows = connection.execute(OWN, found).all()
            sent: dict[int, list[Sent]] = {row.id: [] for row in rows}
            if sent:
                for row in connection.execute(SENT, {"updates": list(sent)}):
                    sent[row.update].append(Sent(row.chat, row.message, row.replied))
        updates = (
            ClaimedUpdate(Waiting(row.id, json.loads(row.body), row.crashes), tuple(sent[row.id]))
            for row in rows
        )
        return Claims(lanes, tuple(updates))

    def note_sent(self, update: int, sent: Sent) -> bool:
        """Note that a message was sent for an update; False if its lane is another's by now."""
        values = {"chat": sent.chat, "message": sent.message, "replied": sent.replied}
        with self._at_once.begin() as connection:
            noted = connection.execute(NOTE, {**values, "update": update, "me": self._number()})
            return noted.rowcount > 0

    def done(self, errors: Mapping[int, str | None]) -> None:
        """Note that updates are handled, or dead letters for these errors."""
        rows = outcomes(errors)
        names = {"numbers": "number", "states": "as_state", "errors": "because"}
        values = {name: [row[key] for row in rows] for name, key in names.items()}
        with self._at_once.begin() as connection:
            connection.execute(DONE, {**values, "me": self._number()})

    def hand_over(self, handed_on: Collection[int]) -> None:
        """Give up own lanes but those of updates that were handed on, and call the others."""
        values = {"me": self._number(), "open": list(handed_on)}
        with self._engine.begin() as connection:
            if connection.execute(HAND_OVER, values).rowcount:
                connection.execute(NOTIFY, {"payload": ""})

    def release_idle(self) -> None:
        """Give up own lanes in which nothing has come for a while."""
        with self._at_once.begin() as connection:
            connection.execute(RELEASE, {"me": self._number(), "kept": KEPT_SECONDS})
