"""What SQLite and PostgreSQL do differently, and both are asked for alike."""

from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.dialects.sqlite.dml import OnConflictDoUpdate
from sqlalchemy.ext.compiler import compiles

__all__ = ["changes", "insert", "leave_no_trace", "reading"]


@compiles(OnConflictDoUpdate, "postgresql")
def _on_conflict(clause: OnConflictDoUpdate, compiler: Any, **kwargs: Any) -> str:  # noqa: ANN401
    """Both say it in the same words; PostgreSQL may name a constraint as well, which we do not.

    So a statement is written once, and PostgreSQL's own statements are loaded only for it.
    """
    clause.constraint_target = None  # type: ignore[attr-defined]
    return str(compiler.visit_on_conflict_do_update(clause, **kwargs))


def reading(engine: Engine) -> Connection:
    """A connection to read with; PostgreSQL gets no messages that begin and end a transaction.

    A rollback, as which SQLAlchemy ends what was only read, makes the driver forget the statements
    that it has prepared.
    """
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    return engine.connect()


def changes(connection: Connection) -> int:
    """How many rows have been changed through the connection so far."""
    if connection.dialect.name == "postgresql":
        return int(connection.info.get("changes", 0))  # counted in postgres.py
    return int(connection.connection.driver_connection.total_changes)  # type: ignore[union-attr]


def leave_no_trace(engine: Engine) -> None:
    """Clear what was deleted from SQLite's journal, too, where it would stay for a while.

    PostgreSQL clears its pages in its own time.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.rollback()
            driver = connection.connection.driver_connection
            if driver is not None:
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
