"""ProcessLease: the number of this process, its lease and its sign of life, and who leads.

A number is never given twice, so it is the epoch of its lease: what is written in its name is
refused once it is taken away. The sign of life is an advisory lock on the connection that listens:
the server frees it as soon as the process dies. The lease is for hosts that vanish, and for
processes that were stopped.
"""

import os
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from bot.storage.database.postgres import ConnectionLostError, ListeningConnection, PostgresServer

CHANNEL = "footnote"
LEASE_SECONDS = 6.0  # after which one whose host vanished or hangs is dead
RENEW_SECONDS = 2.0
MARGIN_SECONDS = 0.5  # of the lease, which a message needs on its way
TICK_SECONDS = 0.25  # within which a death is noticed
GRACE_SECONDS = 3.0  # after which a server that was away has heard from all who live

LEADING = 1_718_580_083  # any number, but always the same one, and not the lock's of a lone bot

JOIN = """
WITH next AS (
    INSERT INTO agreed (name, value) VALUES ('process', '1')
    ON CONFLICT (name) DO UPDATE SET value = (agreed.value::int + 1)::text
    RETURNING value::int AS id)
INSERT INTO workers (id, name, server, lease_until)
SELECT id, %s, 0, extract(epoch FROM clock_timestamp()) + %s FROM next RETURNING id"""
TRY_SIGN = "SELECT pg_try_advisory_lock(current_schema()::regnamespace::oid::int, %s)"
RENEW = """
UPDATE workers SET lease_until = extract(epoch FROM clock_timestamp()) + %s,
       server = CASE WHEN %s THEN extract(epoch FROM pg_postmaster_start_time()) ELSE 0 END
WHERE id = %s RETURNING (SELECT count(*) FROM workers)"""
TRY_LEAD = "SELECT pg_try_advisory_lock(%s, current_schema()::regnamespace::oid::int)"
# The processes that hold the lock which is their sign of life.
LIVING = """
WITH living AS (
    SELECT objid::bigint AS number, pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2
    AND classid = current_schema()::regnamespace::oid
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
"""
# Who holds none on this run of the server is dead; after a restart nobody does, for a while.
BURY = f"""{LIVING}
DELETE FROM workers WHERE id <> %s AND (
    (%s AND lease_until < extract(epoch FROM clock_timestamp()))
    OR (server = extract(epoch FROM pg_postmaster_start_time())::float8
        AND id NOT IN (SELECT number FROM living)))
RETURNING id"""  # noqa: S608  # made of constants
# One that was stopped still holds its locks, and leads if it did.
DISCONNECT = f"{LIVING} SELECT pg_terminate_backend(pid) FROM living WHERE number = %s"  # noqa: S608
LEAVE = "DELETE FROM workers WHERE id = %s"
NOTIFY = "SELECT pg_notify(%s, %s)"


@dataclass(frozen=True, slots=True)
class News:
    """What a process has heard: its number was lost, some died, others call."""

    is_renumbered: bool
    dead: tuple[int, ...]
    calls: tuple[str, ...]


class ProcessLease:
    """One process among those of a bot; `tick` is for one thread at a time.

    Raises ConnectionLostError while the database cannot be reached.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._server = PostgresServer(url, shared=True)
        self._clock = clock
        self._connection: ListeningConnection | None = None
        self._connected_at = self._renewed_at = self._until = self._looked_at = -LEASE_SECONDS
        self._is_signed = False
        self.number = 0
        self.is_leader = False
        self.processes = 0

    @property
    def is_sure(self) -> bool:
        """Whether nobody else can have taken this process for dead by now, nor will right away."""
        return self._clock() < self._until - MARGIN_SECONDS

    def tick(self) -> News:
        """Renew the lease, bury the dead, try to lead, and listen until it is time to again."""
        before = self.number
        try:
            connection = self._connection or self._connect()
            if self._clock() >= self._renewed_at + RENEW_SECONDS:
                self._renew(connection)
            is_due = self._clock() >= self._looked_at + TICK_SECONDS
            dead = self._look(connection) if is_due else ()
            rest = self._looked_at + TICK_SECONDS - self._clock()
            calls = () if dead else tuple(connection.heard(max(0.0, rest)))
        except ConnectionLostError:
            self._disconnect()
            raise
        return News(before not in {0, self.number}, dead, calls)

    def leave(self) -> None:
        """Give up the number and all that belongs to it; others may take it at once."""
        with suppress(ConnectionLostError):
            if self._connection is not None and self.number:
                self._connection.rows(LEAVE, self.number)
                self._connection.rows(NOTIFY, CHANNEL, "")
        self.number = 0
        self._disconnect()

    def _connect(self) -> ListeningConnection:
        connection = self._connection = ListeningConnection(self._server, CHANNEL)
        self._connected_at = self._clock()
        self._renewed_at = -RENEW_SECONDS + self._connected_at
        return connection

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection, self._is_signed, self.is_leader = None, False, False

    def _renew(self, connection: ListeningConnection) -> None:
        """Renew the lease; under another number if this one was taken away."""
        at = self._clock()
        for _ in range(2):
            if self.number:
                self._is_signed = self._is_signed or connection.rows(TRY_SIGN, self.number)[0][0]
                values = LEASE_SECONDS, self._is_signed, self.number
                if renewed := connection.rows(RENEW, *values):
                    self.processes = renewed[0][0]
                    self._renewed_at, self._until = at, at + LEASE_SECONDS
                    return
            self._is_signed = False
            name = f"{socket.gethostname()}:{os.getpid()}"
            self.number = connection.rows(JOIN, name, LEASE_SECONDS)[0][0]

    def _look(self, connection: ListeningConnection) -> tuple[int, ...]:
        """Bury the dead, and try to lead; not each time that something is heard."""
        self._looked_at = self._clock()
        dead = self._bury(connection)
        self.is_leader = self.is_leader or connection.rows(TRY_LEAD, LEADING)[0][0]
        return dead

    def _bury(self, connection: ListeningConnection) -> tuple[int, ...]:
        """Take the numbers of the dead away, so that their lanes are free."""
        is_late_counted = self._clock() > self._connected_at + GRACE_SECONDS
        dead = tuple(row[0] for row in connection.rows(BURY, self.number, is_late_counted))
        for number in dead:
            connection.rows(DISCONNECT, number)
        if dead:
            connection.rows(NOTIFY, CHANNEL, "")
        return dead
