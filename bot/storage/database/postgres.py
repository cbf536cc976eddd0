"""PostgreSQL: connections, the lock that keeps one bot to a database, and its text types."""

import time
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPICursor

from bot.settings.database_url import NO_ADDRESS, NO_DRIVER, AddressError

try:
    import psycopg
    from psycopg.conninfo import conninfo_to_dict, make_conninfo
    from psycopg.types.string import StrDumper
except ImportError as missing:  # or the library of PostgreSQL's that it needs
    raise AddressError(NO_DRIVER) from missing

# What the address may say otherwise. A server that is gone without a word is given up in time.
USUAL_PARAMETERS: dict[str, Any] = {
    "application_name": "footnote",
    "connect_timeout": 4,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
}
# So that the server gives up a bot that is gone, and we don't wait long for a lock.
SESSION = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "lock_timeout": "10s",
}
LOCK = 1_718_580_082  # any number, but always the same one
# A schema of a database is one place for a bot; there may be several.
TRY_LOCK = "SELECT pg_try_advisory_lock(%s, current_schema()::regnamespace::oid::int)"
TRY_LOCK_SHARED = TRY_LOCK.replace("lock(", "lock_shared(")
ANOTHER = "another bot uses this database"
LET_GO_SECONDS = 3.0  # within which a server notices that a process was killed
# Between attempts to reconnect; the second is for several processes that share a bot.
RECONNECT_SECONDS, SHARED_RECONNECT_SECONDS = 3.0, 0.3


class ConnectionLostError(Exception):
    """A connection is lost, or cannot be made; the text is the server's."""


class AnyText(StrDumper):
    """Texts as PostgreSQL takes them: it has no zero characters and no halves of a pair."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401  # psycopg's own buffers
        return obj.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace")


class PostgresServer:
    """A server and how to get a connection to it, that of the only bot there if `alone`.

    Who is alone holds a lock for as long as the connection lasts: so nothing is ever written by
    one that has lost it. The processes that share a bot keep all off that would be alone. A server
    that cannot be reached is left in peace for a while before the next attempt to reconnect, so
    that not every question waits for it.
    Raises AddressError.
    """

    def __init__(
        self,
        url: str,
        *,
        alone: bool = False,
        shared: bool = False,
        reading: bool = False,
        is_fleeting: bool = False,
    ) -> None:
        try:
            given = USUAL_PARAMETERS | conninfo_to_dict(url) | {"client_encoding": "utf8"}
            self._address = make_conninfo("", **given)
        except psycopg.ProgrammingError:
            raise AddressError(NO_ADDRESS) from None  # the cause would repeat it
        self._lock_of_bots = TRY_LOCK if alone else TRY_LOCK_SHARED if shared else ""
        self._reconnect_seconds = SHARED_RECONNECT_SECONDS if shared else RECONNECT_SECONDS
        self._session = SESSION | ({"default_transaction_read_only": "on"} if reading else {})
        self._session |= {"synchronous_commit": "off"} if is_fleeting else {}
        self._patience = LET_GO_SECONDS
        self._refusal = ""
        self._refused_at = 0.0

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection; raises psycopg.OperationalError."""
        if self._refusal and time.monotonic() < self._refused_at + self._reconnect_seconds:
            raise psycopg.OperationalError(self._refusal)
        try:
            connection = psycopg.connect(self._address, autocommit=True)
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        except psycopg.Error as error:
            self._refusal, self._refused_at = str(error), time.monotonic()
            raise
        self._refusal, self._patience = "", 0.0
        return connection

    def _prepare(self, connection: psycopg.Connection[Any]) -> None:
        connection.adapters.register_dumper(str, AnyText)
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            raise psycopg.OperationalError(f"its encoding is {encoding} and not UTF8")
        for name, value in self._session.items():
            connection.execute("SELECT set_config(%s, %s, false)", (name, value))
        if self._lock_of_bots:
            self._lock(connection)
        connection.autocommit = False

    def _lock(self, connection: psycopg.Connection[Any]) -> None:
        """Wait for the lock only at the start: one that was killed may just be ending."""
        until = time.monotonic() + self._patience
        while (connection.execute(self._lock_of_bots, (LOCK,)).fetchone() or (None,))[0] is False:
            if time.monotonic() > until:
                raise psycopg.OperationalError(ANOTHER)
            time.sleep(0.1)


class ListeningConnection:
    """A connection that hears what others notify; a session of its own, for one thread at a time.

    Raises ConnectionLostError, AddressError.
    """

    def __init__(self, server: PostgresServer, channel: str) -> None:
        try:
            self._connection = server.connect()
            self._connection.rollback()
            self._connection.autocommit = True
            self._connection.execute(f"LISTEN {channel}")
        except psycopg.Error as error:
            raise ConnectionLostError(str(error)) from error

    def rows(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What a statement returns."""
        try:
            done = self._connection.execute(statement.encode(), values)
            return done.fetchall() if done.description else []
        except psycopg.Error as error:
            raise ConnectionLostError(str(error)) from error

    def heard(self, seconds: float) -> list[str]:
        """What was notified meanwhile; waits so long for the first."""
        try:
            said = self._connection.notifies(timeout=seconds, stop_after=1)
            return [notification.payload for notification in said]
        except psycopg.Error as error:
            raise ConnectionLostError(str(error)) from error

    def close(self) -> None:
        """End the session, and with it all locks that it holds."""
        self._connection.close()


def make_engine(url: str, *, alone: bool, shared: bool = False) -> Engine:
    """The database at that address; one connection, which is made again when it is lost.

    Raises AddressError.
    """
    engine = create_engine(
        "postgresql+psycopg://",
        creator=PostgresServer(url, alone=alone, shared=shared).connect,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=not shared,  # whoever shares a bot asks again what a lost connection failed
        use_native_hstore=False,
        hide_parameters=True,  # what people ask is in no log line
    )
    event.listen(engine, "after_cursor_execute", _count)
    return engine


def at_once(engine: Engine) -> Engine:
    """The database with each statement as its own transaction, which saves two round trips."""
    return engine.execution_options(isolation_level="AUTOCOMMIT")


def make_fleeting(url: str) -> Engine:
    """The database at that address, for what may be lost in a crash of the server.

    So no statement waits for a disk, or for a standby. Each is a transaction of its own.
    """
    server = PostgresServer(url, shared=True, is_fleeting=True)
    engine = create_engine(
        "postgresql+psycopg://",
        creator=server.connect,
        pool_size=1,
        max_overflow=0,
        use_native_hstore=False,
        hide_parameters=True,
    )
    return at_once(engine)


def make_reader(url: str) -> Engine:
    """The database at that address, to be looked at and not changed; raises AddressError."""
    return create_engine(
        "postgresql+psycopg://",
        creator=PostgresServer(url, reading=True).connect,
        poolclass=NullPool,
        use_native_hstore=False,
        hide_parameters=True,
    )


def _count(
    connection: Connection,
    cursor: DBAPICursor,
    _statement: str,
    _parameters: object,
    context: DefaultExecutionContext | None,
    _executemany: bool,  # noqa: FBT001
) -> None:
    """Count the rows that a statement has changed, as SQLite does by itself."""
    if context is not None and (context.isinsert or context.isupdate or context.isdelete):
        known = connection.info.get("changes", 0)
        connection.info["changes"] = known + max(0, cursor.rowcount)
