"""Opens the database, SQLite or PostgreSQL, and migrates its schema."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.settings.database_url import shown
from bot.storage.database import sqlite
from bot.storage.database.outage_log import log_outages
from bot.storage.database.storage_errors import StorageError, another_place, broken, unusable
from bot.storage.database.tables import metadata
from retrieval.errors import where

MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0009"
# Several processes may start at once; until the end of the transaction the others wait.
MIGRATE_ALONE = (
    "SELECT pg_advisory_xact_lock(1718580084, current_schema()::regnamespace::oid::int)"
)
NEWER = "was written by a newer version of this program"


def open_database(
    folder: Path | None, url: str = "", *, alone: bool = False, shared: bool = False
) -> Engine:
    """The state at that address of a PostgreSQL server, otherwise in a file in that folder.

    The folder is made if need be; without either, the state is in memory. `alone` keeps other
    bots off the server's database until the engine is disposed, `shared` all that are alone; a
    folder has a lock of its own.
    Raises StorageError, or AddressError; what is broken or newer is left as it is.
    """
    name = name_of(folder, url)
    try:
        engine = _engine(folder, url, alone=alone, shared=shared)
        try:
            with engine.begin() as connection:
                if shared:
                    connection.exec_driver_sql(MIGRATE_ALONE)
                _bring_up_to_date(connection, name)
        except BaseException:
            engine.dispose()
            raise
    except OSError as error:
        raise unusable(Path(name), error) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise broken(name, error) from error
    log_outages(engine, name, shared=shared)
    return engine


@contextmanager
def look(folder: Path, url: str = "") -> Iterator[Connection | None]:
    """A connection that cannot change the state; None where there is nothing yet.

    Raises StorageError, or AddressError.
    """
    path = folder / sqlite.FILE
    if not url and not path.exists():
        yield None
        return
    engine = _reader(url) if url else sqlite.make_reader(path)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise broken(name_of(folder, url), error) from error
    finally:
        engine.dispose()


def name_of(folder: Path | None, url: str) -> str:
    """How a place is called, without anything secret."""
    if url:
        return shown(url)
    return where(folder / sqlite.FILE) if folder else "memory"


def version_of(connection: Connection) -> str | None:
    """Which migration was the last; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _engine(folder: Path | None, url: str, *, alone: bool, shared: bool) -> Engine:
    if not url:
        return sqlite.make_engine(folder)
    from bot.storage.database import postgres

    return postgres.make_engine(url, alone=alone, shared=shared)


def _reader(url: str) -> Engine:
    from bot.storage.database import postgres

    return postgres.make_reader(url)


def _bring_up_to_date(connection: Connection, name: str) -> None:
    if name == "memory":
        metadata.create_all(connection)
    elif version_of(connection) != NEWEST:
        _migrate(connection, name)


def _migrate(connection: Connection, name: str) -> None:
    """Bring the schema up to date; Alembic is loaded only where that is needed."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise StorageError(
            f"{name}: {NEWER}; use that version, or {another_place(name)}"
        ) from error
