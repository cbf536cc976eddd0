"""SQLite: how its file is opened, prepared and checked."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, NullPool, StaticPool, create_engine, event

from bot.storage.data_folder.permissions import create_private, make_private

FILE = "footnote.sqlite3"
BUSY_TIMEOUT_SECONDS = 10


def make_engine(folder: Path | None) -> Engine:
    """The database in that folder, which is made if need be; in memory where there is none.

    Raises OSError, or sqlite3.Error for a broken file, before anything is written to it. One
    connection: SQLite has one writer, and it is used by one thread at a time.
    """
    anywhere = {"check_same_thread": False}
    if folder is None:
        engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args=anywhere, hide_parameters=True
        )
    else:
        check(folder / FILE)
        make_private(folder)
        create_private(folder / FILE)  # its journals take over the mode that it has
        engine = create_engine(
            URL.create("sqlite", database=str(folder / FILE)),
            pool_size=1,
            max_overflow=0,
            connect_args=anywhere,
            hide_parameters=True,  # what people ask is in no log line
        )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def make_reader(path: Path) -> Engine:
    """The database in that file, to be looked at and not changed."""
    return create_engine("sqlite://", poolclass=NullPool, creator=lambda: read_only(path))


def read_only(path: Path) -> sqlite3.Connection:
    """A connection to the database in that file that changes nothing and holds up nobody.

    Raises sqlite3.Error; also for a file that is not there.
    """
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_TIMEOUT_SECONDS
    )


def defect(connection: sqlite3.Connection, *, thorough: bool = False) -> str | None:
    """What is wrong inside of a database; `thorough` reads its indexes as well.

    Half a gigabyte takes a quarter of a second, thoroughly ten times as long.
    """
    pragma = "integrity_check" if thorough else "quick_check"
    (found,) = connection.execute(f"PRAGMA {pragma}(1)").fetchone()
    return None if found == "ok" else f"malformed: {' '.join(str(found).split())}"


def check(path: Path) -> None:
    """Raises sqlite3.Error for a file that is broken; one that is not there is well."""
    if path.exists():
        with closing(read_only(path)) as connection:
            if problem := defect(connection):
                raise sqlite3.DatabaseError(problem)


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file, too
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_SECONDS * 1000}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction that holds changes of the schema, too; the driver's own does not."""
    connection.exec_driver_sql("BEGIN")
