"""Where is the state kept? A SQLite file in the data folder, its schema brought up to date."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, inspect
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.errors import StorageError, broken, unusable
from bot.storage.outage import watch
from bot.storage.tables import metadata

FILE = "footnote.sqlite3"
MIGRATIONS = Path(__file__).parent / "migrations"
NEWEST = "0005"
BUSY_SECONDS = 10


def open_database(folder: Path | None) -> Engine:
    """The state in that folder, which is made if need be; in memory where there is none.

    Raises StorageError; a file that is broken or newer is left as it is.
    """
    where = str(folder / FILE) if folder else "memory"
    try:
        if folder and (folder / FILE).exists():
            _check(folder / FILE)
        engine = _engine(folder)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
        with engine.begin() as connection:
            if folder is None:
                metadata.create_all(connection)
            elif _version(connection) != NEWEST:
                _migrate(connection, where)
    except OSError as error:
        raise unusable(Path(where), error) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise broken(where, error) from error
    watch(engine, where)
    return engine


def read_only(path: Path) -> sqlite3.Connection:
    """A connection to the database in that file that changes nothing and holds up nobody.

    Raises sqlite3.Error; also for a file that is not there.
    """
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def defect(connection: sqlite3.Connection, *, thorough: bool = False) -> str | None:
    """What is wrong inside of a database; `thorough` reads its indexes as well.

    Half a gigabyte takes a quarter of a second, thoroughly ten times as long.
    """
    check = "integrity_check" if thorough else "quick_check"
    (found,) = connection.execute(f"PRAGMA {check}(1)").fetchone()
    return None if found == "ok" else f"malformed: {' '.join(str(found).split())}"


def _check(path: Path) -> None:
    """Raises sqlite3.DatabaseError for a broken file, before anything is written to it."""
    with closing(read_only(path)) as connection:
        if problem := defect(connection):
            raise sqlite3.DatabaseError(problem)


def _engine(folder: Path | None) -> Engine:
    """One connection: SQLite has one writer, and it is used by one thread at a time."""
    anywhere = {"check_same_thread": False}
    if folder is None:
        return create_engine(
            "sqlite://", poolclass=StaticPool, connect_args=anywhere, hide_parameters=True
        )
    folder.mkdir(parents=True, exist_ok=True)
    url = URL.create("sqlite", database=str(folder / FILE))
    return create_engine(
        url,
        pool_size=1,
        max_overflow=0,
        connect_args=anywhere,
        hide_parameters=True,  # what people ask is in no log line
    )


def _prepare(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # transactions are begun below
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA secure_delete = ON")  # what is deleted is gone from the file, too
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Begin a transaction that holds changes of the schema, too; the driver's own does not."""
    connection.exec_driver_sql("BEGIN")


def _version(connection: Connection) -> str | None:
    """Which migration was the last; None before the first."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _migrate(connection: Connection, where: str) -> None:
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
        problem = "was written by a newer version of this program"
        remedy = "use that version, or another folder with FOOTNOTE_DATA"
        raise StorageError(f"{where}: {problem}; {remedy}") from error
