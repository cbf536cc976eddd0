"""How do things stand on this machine?"""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.desk import set_up
from bot.doctor.findings import Finding, UnknownError, doubtful, well, wrong
from bot.settings import ENV_FILE, PREFIX, Settings
from bot.storage.database import FILE, NEWEST, defect, read_only
from bot.storage.errors import ELSEWHERE, broken
from bot.storage.updates import State
from retrieval.errors import RetrievalError, where
from retrieval.sources import Loaded
from retrieval.synonyms import read_synonyms

MEGABYTE = 1_000_000
LITTLE_ROOM, TOO_LITTLE_ROOM = 500 * MEGABYTE, 50 * MEGABYTE
LATE_SECONDS = 3600
FIRST = 5


def settings(mistakes: Mapping[str, str]) -> Finding:
    """Are all of them right, and is none misspelt?"""
    if mistakes:
        return wrong("; ".join(mistakes.values()), "until then the default is taken below")
    known = [PREFIX + field.name.upper() for field in fields(Settings)]
    given = [name for name in os.environ if name.upper().startswith(PREFIX)]
    unknown = sorted(name for name in given if name.upper() not in known)
    if unknown:
        near = get_close_matches(unknown[0].upper(), known, 1)
        meant = f"; {near[0]} may be meant" if near else ""
        remedy = "correct the name, or take it out of the environment"
        return doubtful(f"there is no setting {', '.join(unknown)}{meant}", remedy)
    also = f" and from {ENV_FILE.absolute()}" if ENV_FILE.exists() else ""
    return well(f"{len(given)} from the environment{also}")


def articles(loaded: Loaded) -> Finding:
    """Can all of them be used?"""
    count = len(loaded.collection.articles)
    if not count or loaded.defects:
        defects = [str(found) for found in loaded.defects[:1]]
        said = "; ".join([f"{count} can be used, {len(loaded.defects)} defects", *defects])
        return wrong(said, "`footnote articles check` names every defect and what to do")
    return well(f"{count} with {len(loaded.collection.paragraphs)} paragraphs")


def synonyms(settings: Settings) -> Finding:
    """Can their file be read?"""
    return well(f"{len(read_synonyms(settings.synonyms))} groups")


def index(load: Callable[[], Loaded], settings: Settings) -> Finding:
    """How much time and memory does it take to build?"""
    try:
        loaded, groups = load(), read_synonyms(settings.synonyms)
    except RetrievalError as error:
        raise UnknownError("what it is built of cannot be read") from error
    before, began = _peak(), time.perf_counter()
    set_up(loaded.collection, groups)
    took = time.perf_counter() - began
    return well(f"built in {took:.2f} s and {(_peak() - before) / MEGABYTE:.0f} MB")


def _peak() -> float:
    """The most memory that this process has had, in bytes; 0 where that is not told."""
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:  # Windows
        return 0
    unit = 1 if os.uname().sysname == "Darwin" else 1024
    return getrusage(RUSAGE_SELF).ru_maxrss * unit


def storage(folder: Path) -> Finding:
    """Can the state be kept, and is what is kept whole?"""
    if not os.access(_nearest(folder), os.W_OK | os.X_OK):
        return wrong(f"{where(folder)}: cannot be written", ELSEWHERE)
    path = folder / FILE
    if not path.exists():
        return well(f"{where(path)}: nothing is kept yet")
    try:
        with closing(read_only(path)) as connection:
            if problem := defect(connection):
                raise sqlite3.DatabaseError(problem)
            version = _version(connection)
    except sqlite3.Error as error:
        raise broken(path, error) from error
    if version > NEWEST:
        return wrong(
            f"{where(path)}: was written by a newer version of this program",
            "use that version, or another folder with FOOTNOTE_DATA",
        )
    old = "" if version == NEWEST else "; `footnote telegram` brings it up to date"
    return well(f"{where(path)}: {path.stat().st_size / MEGABYTE:.1f} MB, whole{old}")


def _version(connection: sqlite3.Connection) -> str:
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    if "alembic_version" not in tables:
        return ""
    (version,) = connection.execute("SELECT version_num FROM alembic_version").fetchone() or ("",)
    return str(version)


def disk_space(folder: Path) -> Finding:
    """Is there room where the state is kept?"""
    free = shutil.disk_usage(_nearest(folder)).free
    said = f"{free / MEGABYTE:,.0f} MB free for {where(folder)}"
    if free < TOO_LITTLE_ROOM:
        return wrong(said, "make room on that disk")
    return doubtful(said, "make room on that disk soon") if free < LITTLE_ROOM else well(said)


def _nearest(folder: Path) -> Path:
    """The folder, or the one above it that there is."""
    folder = folder.absolute()
    return next(path for path in (folder, *folder.parents) if path.exists())


def updates_set_aside(folder: Path) -> Finding:
    """Which messages could not be handled?"""
    failed = "SELECT id, error FROM updates WHERE state = ? ORDER BY at DESC, id DESC"
    found = _rows(folder, failed, State.FAILED.value)
    if found:
        numbers = [str(number) for number, _ in found]
        why = f"; {numbers[0]}: {found[0][1]}" if found[0][1] else ""
        more = ", …" if len(numbers) > FIRST else ""
        return doubtful(
            f"{len(numbers)} could not be handled: {', '.join(numbers[:FIRST])}{more}{why}",
            "look for these numbers in the log, which says why",
        )
    waiting = len(_rows(folder, "SELECT id FROM updates WHERE state = ?", State.WAITING.value))
    return well(f"none; {waiting} are being handled, or wait for the start" if waiting else "none")


def schedules(folder: Path) -> Finding:
    """Is every briefing sent in time?"""
    slots = [slot for (slot,) in _rows(folder, "SELECT next_at FROM schedules ORDER BY next_at")]
    late = sum(slot < time.time() - LATE_SECONDS for slot in slots)
    if late:
        return doubtful(f"{late} of {len(slots)} briefings are late", "start `footnote telegram`")
    if not slots:
        return well("none")
    return well(
        f"{len(slots)}, the next at {datetime.fromtimestamp(slots[0], UTC):%Y-%m-%d %H:%M} UTC"
    )


def _rows(folder: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What the database holds; nothing where there is none yet, or an old one."""
    path = folder / FILE
    if not path.exists():
        return []
    try:
        with closing(read_only(path)) as connection:
            return connection.execute(query, values).fetchall()
    except sqlite3.Error as error:
        if "no such table" in str(error):
            return []
        raise UnknownError("the database cannot be read") from error
