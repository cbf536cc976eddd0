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
USUAL: dict[str, Any] = {
    "application_name": "footnote",
    "connect_timeout": 4,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,  # milliseconds
}
# What the server is told, so that it gives up a bot that is gone, and we what others hold.
SESSION = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "lock_timeout": "10s",
}
LOCK = 1_718_580_082  # any number, but always the same one
# A schema of a database is one place for a bot; there may be several.
TRY_LOCK = "SELECT pg_try_advisory_lock(%s, current_schema()::regnamespace::oid::int)"
ANOTHER = "another bot uses this database"
LET_GO_SECONDS = 3.0  # within which a server notices that a process was killed
REST_SECONDS = 3.0


class AnyText(StrDumper):
    """Texts as PostgreSQL takes them: it has no zero characters and no halves of a pair."""

    def dump(self, obj: str) -> Any:  # noqa: ANN401  # psycopg's own buffers
        return obj.replace("\0", "\N{REPLACEMENT CHARACTER}").encode(errors="replace")


class PostgresServer:
    """A server and how to get a connection to it, that of the only bot there if `alone`.

    Who is alone holds a lock for as long as the connection lasts: so nothing is ever written by
    one that has lost it. A server that cannot be reached is left in peace for a while, so that
    not every question waits for it. Raises AddressError.
    """

    def __init__(self, url: str, *, alone: bool = False, reading: bool = False) -> None:
        try:
            given = USUAL | conninfo_to_dict(url) | {"client_encoding": "utf8"}
            self._address = make_conninfo("", **given)
        except psycopg.ProgrammingError:
            raise AddressError(NO_ADDRESS) from None  # the cause would repeat it
        self._alone = alone
        self._session = SESSION | ({"default_transaction_read_only": "on"} if reading else {})
        self._patience = LET_GO_SECONDS
        self._refusal = ""
        self._refused_at = 0.0

    def connect(self) -> psycopg.Connection[Any]:
        """A new connection; raises psycopg.OperationalError."""
        if self._refusal and time.monotonic() < self._refused_at + REST_SECONDS:
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
        if self._alone:
            self._lock(connection)
        connection.autocommit = False

    def _lock(self, connection: psycopg.Connection[Any]) -> None:
        """Wait for the lock only at the start: one that was killed may just be ending."""
        until = time.monotonic() + self._patience
        while (connection.execute(TRY_LOCK, (LOCK,)).fetchone() or (None,))[0] is False:
            if time.monotonic() > until:
                raise psycopg.OperationalError(ANOTHER)
            time.sleep(0.1)


def make_engine(url: str, *, alone: bool) -> Engine:
    """The database at that address; one connection, made anew when it is lost.

    Raises AddressError.
    """
    engine = create_engine(
        "postgresql+psycopg://",
        creator=PostgresServer(url, alone=alone).connect,
        pool_size=1,
        max_overflow=0,
        pool_pre_ping=True,
        use_native_hstore=False,
        hide_parameters=True,  # what people ask is in no log line
    )
    event.listen(engine, "after_cursor_execute", _count)
    return engine


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
