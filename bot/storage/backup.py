"""`footnote backup`: a consistent copy of the database while the bot writes to it."""

import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.settings.database_url import shown
from bot.storage.database.sqlite import FILE, defect, read_only
from bot.storage.database.storage_errors import StorageError, broken, unusable
from retrieval.errors import where


def back_up(folder: Path, target: Path, *, force: bool = False, url: str = "") -> int:
    """Copy the state in that folder to a file of its own; returns its size in bytes.

    The copy is as the state was at one moment, whatever is written meanwhile, and holds all that
    was kept by then. It is complete and checked before it gets its name. Raises StorageError; also
    for a file that is there already, unless `force` lets it be replaced, and for a state that is
    at a PostgreSQL `url`.
    """
    if url:
        raise StorageError(
            f"{shown(url)}: PostgreSQL has its own backup; run `pg_dump` with "
            "FOOTNOTE_DATABASE_URL (deploy/README.md, Backup and restore)"
        )
    source = folder / FILE
    _check_target(source, target, force=force)
    try:
        draft = _draft_of(target)
        try:
            _copy(source, draft)
            _check_target(source, target, force=force)  # the copy may have taken its time
            size = draft.stat().st_size
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise broken(source, error) from error
    except OSError as error:
        raise unusable(target, error) from error
    return size


def _check_target(source: Path, target: Path, *, force: bool) -> None:
    if not source.exists():
        raise StorageError(
            f"{where(source)}: there is nothing yet; if the bot has run, name its folder with "
            "FOOTNOTE_DATA"
        )
    own = {source.with_name(source.name + suffix).resolve() for suffix in ("", "-wal", "-shm")}
    if target.resolve() in own:
        raise StorageError(f"{where(target)}: this is the bot's own file; name another one")
    if target.is_dir():
        raise StorageError(f"{where(target)}: this is a folder; name a file")
    if target.exists() and not force:
        raise StorageError(f"{where(target)}: already exists; name another file, or add --force")


def _draft_of(target: Path) -> Path:
    """An empty file beside the target that only this user may read."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    os.close(handle)
    return Path(name)


def _copy(source: Path, draft: Path) -> None:
    """Copy a database in one step, so that no writer makes it begin again."""
    with closing(read_only(source)) as original, closing(sqlite3.connect(draft)) as copy:
        original.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all in one file
        if problem := defect(copy, thorough=True):
            raise sqlite3.DatabaseError(problem)
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
