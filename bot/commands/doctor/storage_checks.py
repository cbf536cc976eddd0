"""Checks of what is kept: the data folder, free disk space, the database, dead letters."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, inspect, select

from bot.commands.doctor.findings import (
    MEGABYTE,
    Finding,
    Status,
    UnknownError,
    doubtful,
    well,
    wrong,
)
from bot.settings.database_url import AddressError
from bot.settings.settings import Settings
from bot.storage.data_folder.permissions import exposure
from bot.storage.database import tables
from bot.storage.database.engine import NEWER, NEWEST, look, name_of, version_of
from bot.storage.database.sqlite import FILE, check
from bot.storage.database.storage_errors import ELSEWHERE, StorageError, another_place, broken
from bot.storage.update_store import DEAD_LETTERS, DeadLetter, State
from retrieval.errors import where
from retrieval.store.kept_collections import KeptCollection, kept_collections

DOUBTFUL_BELOW, WRONG_BELOW = 500 * MEGABYTE, 50 * MEGABYTE
LATE_SCHEDULE_SECONDS = 3600
MOST_NAMED = 5
MAY_MAKE = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
SIZE = "SELECT current_setting('server_version'), pg_database_size(current_database())"


def storage(settings: Settings) -> Finding:
    """Can the state be kept, is what is kept whole, and does no other user read it?"""
    finding = _state_of(settings)
    problem = exposure(settings.data) if finding.status is Status.OK else None
    return doubtful(*problem) if problem else finding


def _state_of(settings: Settings) -> Finding:
    folder, url = settings.data, settings.database_url
    if why := _why_not_written(folder):
        return wrong(f"{where(folder)}: cannot be created or written ({why})", ELSEWHERE)
    name = name_of(folder, url)
    if not url:
        _check_file(folder / FILE)
    with look(folder, url) as connection:
        version = version_of(connection) if connection else None
        if url and connection and version is None and not _is_allowed(connection):
            return wrong(f"{name}: this user may not create tables", "grant it that right")
        if connection is None or version is None:
            return well(f"{name}: nothing is kept yet")
        if version > NEWEST:
            return wrong(f"{name}: {NEWER}", f"use that version, or {another_place(name)}")
        old = "" if version == NEWEST else "; `footnote telegram` migrates it"
        return well(f"{name}: {_state(connection, folder / FILE)}{old}")


def _check_file(path: Path) -> None:
    """Raises StorageError for a file of SQLite that is broken."""
    try:
        check(path)
    except sqlite3.Error as error:
        raise broken(path, error) from error


def _is_allowed(connection: Connection) -> bool:
    return bool(connection.exec_driver_sql(MAY_MAKE).scalar())


def _state(connection: Connection, path: Path) -> str:
    if connection.dialect.name == "sqlite":
        return f"{path.stat().st_size / MEGABYTE:.1f} MB, whole"
    version, size = connection.exec_driver_sql(SIZE).one()
    return f"PostgreSQL {version}, {size / MEGABYTE:.1f} MB"


def disk_space(folder: Path) -> Finding:
    """Is there room where the state is kept?"""
    if _why_not_written(folder):
        raise UnknownError("the folder cannot be written")
    free = shutil.disk_usage(_nearest(folder)).free
    said = f"{free / MEGABYTE:,.0f} MB free for {where(folder)}"
    if free < WRONG_BELOW:
        return wrong(said, "make room on that disk")
    return doubtful(said, "make room on that disk soon") if free < DOUBTFUL_BELOW else well(said)


def collections(folder: Path) -> Finding:
    """Is nothing kept of articles that are gone?"""
    found = kept_collections(folder)
    unused = [kept for kept in found if kept.is_orphaned]
    if not unused:
        return well(f"{len(found)} kept, {_size(found)} MB")
    names = ", ".join(where(kept.folder) for kept in unused[:MOST_NAMED])
    said = (
        f"{len(unused)} of {len(found)} are not used, {_size(unused)} MB: their articles are gone"
    )
    return doubtful(said, f"remove {names}{' …' if unused[MOST_NAMED:] else ''}")


def _size(kept: Iterable[KeptCollection]) -> str:
    return f"{sum(one.size for one in kept) / MEGABYTE:,.1f}"


def _why_not_written(folder: Path) -> str:
    """Why nothing can be kept in a folder, which may have to be made first; empty if it can be."""
    nearest = _nearest(folder)
    if not nearest.is_dir():
        return f"{where(nearest)} is not a folder"
    if not os.access(nearest, os.W_OK | os.X_OK):
        return f"{where(nearest)} is read-only for this user"
    if not shutil.disk_usage(nearest).total:  # what the system itself shows, such as /proc
        return f"{where(nearest)} keeps no files"
    return ""


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it that there is."""
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if os.access(path, os.F_OK))


def dead_letters_kept(settings: Settings) -> Finding:
    """Which messages could not be handled?"""
    found = [DeadLetter(*row) for row in _rows(settings, DEAD_LETTERS)]
    if found:
        numbers = [str(one.number) for one in found]
        why = f"; {numbers[0]}: {found[0].error}" if found[0].error else ""
        more = ", …" if len(numbers) > MOST_NAMED else ""
        return doubtful(
            f"{len(numbers)} could not be handled: {', '.join(numbers[:MOST_NAMED])}{more}{why}",
            "look for these numbers in the log, which says why",
        )
    table = tables.updates.c
    waiting = len(_rows(settings, select(table.id).where(table.state == State.WAITING.value)))
    return well(f"none; {waiting} are being handled, or wait for the start" if waiting else "none")


def schedules(settings: Settings) -> Finding:
    """Is every briefing sent in time?"""
    next_at = tables.schedules.c.next_at
    slots = [slot for (slot,) in _rows(settings, select(next_at).order_by(next_at))]
    late = sum(slot < time.time() - LATE_SCHEDULE_SECONDS for slot in slots)
    if late:
        return doubtful(f"{late} of {len(slots)} briefings are late", "start `footnote telegram`")
    if not slots:
        return well("none")
    return well(
        f"{len(slots)}, the next at {datetime.fromtimestamp(slots[0], UTC):%Y-%m-%d %H:%M} UTC"
    )


def _rows(settings: Settings, query: Select[Any]) -> list[tuple[Any, ...]]:
    """What the database holds; nothing where there is none yet, or an old one."""
    try:
        with look(settings.data, settings.database_url) as connection:
            if connection is None:
                return []
            there = inspect(connection).get_table_names()
            if any(getattr(source, "name", "") not in there for source in query.get_final_froms()):
                return []
            return [tuple(row) for row in connection.execute(query)]
    except (StorageError, AddressError) as error:
        raise UnknownError("the database cannot be read") from error
