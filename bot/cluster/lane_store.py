"""Lanes: the updates of a chat are handled by the process that owns its lane, and by no other.

A lane has no lease of its own: its owner's number has one (`process_lease.py`). The tables of
updates, lanes and the receipts of what was sent, in PostgreSQL.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from bot.cluster.process_lease import CHANNEL
from bot.http.json_object import JsonObject
from bot.storage.database.postgres import at_once
from bot.storage.receipts import Sent
from bot.storage.update_store import UpdateStore, Waiting, outcomes, row_of

MOST_CLAIMED = 500  # updates at once
IDLE_LANE_SECONDS = 60  # after its last update a lane stays where the chat's pace is known

# A lane's row is locked before its updates are written: so they are read in their order. Whoever
# owns it is called, or all are if nobody does. A number is given again after a silent week, or by
# another bot: another update then.
PUT = text(
    """
WITH posted AS (
    SELECT * FROM unnest(
        CAST(:ids AS bigint[]), CAST(:bodies AS text[]), CAST(:digests AS text[]),
        CAST(:lanes AS bigint[])) AS posted(id, body, digest, lane)),
used AS (
    INSERT INTO lanes (lane, used_at)
    SELECT lane, extract(epoch FROM clock_timestamp()) FROM posted GROUP BY lane ORDER BY lane
    ON CONFLICT (lane) DO UPDATE SET used_at = excluded.used_at RETURNING lane, owner),
kept AS (
    INSERT INTO updates (id, body, digest, at, state, error, tries, lane)
    SELECT id, body, digest, :at, 'waiting', NULL, 0, lane FROM posted JOIN used USING (lane)
    ON CONFLICT (id) DO UPDATE SET
        body = excluded.body, digest = excluded.digest, at = excluded.at, state = excluded.state,
        error = NULL, tries = 0, lane = excluded.lane
    WHERE updates.digest <> excluded.digest RETURNING lane)
SELECT pg_notify(:channel, coalesce(owner::text, '')) FROM used WHERE lane IN (SELECT * FROM kept)
"""
).bindparams(channel=CHANNEL)
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
SELECT u.id, u.body, u.tries AS crashes, (
    SELECT json_agg(json_build_array(chat, message, replied) ORDER BY number)
    FROM receipts WHERE "update" = u.id) AS sent
FROM updates u JOIN lanes l ON l.lane = u.lane
WHERE u.state = 'waiting' AND l.owner = :me AND u.id <> ALL(CAST(:open AS bigint[]))
ORDER BY u.id LIMIT :most"""
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
        rows = [row_of(fields, at) for fields in fetched]
        names = {"ids": "id", "bodies": "body", "digests": "digest", "lanes": "lane"}
        values = {name: [row[column] for row in rows] for name, column in names.items()}
        with self._at_once.begin() as connection:
            connection.execute(PUT, {**values, "at": at})
        return set()

    def claim(self, most: int, handed_on: Collection[int]) -> Claims:
        """Take at most `most` free lanes; the updates of all own ones but those `handed_on`.

        A process leaves the others their part of what is free.
        """
        me, lanes = self._number(), 0
        with self._at_once.begin() as connection:
            if most > 0:
                lanes = connection.execute(CLAIM, {"me": me, "most": most}).rowcount
            found = {"me": me, "open": list(handed_on), "most": MOST_CLAIMED}
            rows = connection.execute(OWN, found).all()
        updates = (
            ClaimedUpdate(
                Waiting(row.id, json.loads(row.body), row.crashes),
                tuple(Sent(*sent) for sent in row.sent or ()),
            )
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
            connection.execute(RELEASE, {"me": self._number(), "kept": IDLE_LANE_SECONDS})
