"""`footnote backup`: a consistent copy of the database while the bot writes to it."""

import errno
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from bot.settings.database_url import shown
from bot.storage.data_folder.article_backup import copy_articles
from bot.storage.database.sqlite import FILE, defect, read_only
from bot.storage.database.storage_errors import FULL, StorageError, broken
from retrieval.errors import where

ROOM = "make room on that disk, or name a file on another one"
WRITING = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")


def back_up(folder: Path, target: Path, *, force: bool = False, url: str = "") -> int:
    """Copy the state in that folder to a file of its own; returns its size in bytes.

    The added articles and the followed feeds are in it, too (`footnote articles restore`).

    The copy is as the state was at one moment, whatever is written meanwhile, and holds all that
    was kept by then. It is complete and checked before it gets its name, and only this user reads
    it, also where it replaces a file that others could read. Raises StorageError; also for a file
    that is there already, unless `force` lets it be replaced, and for a state that is at a
    PostgreSQL `url`.
    """
    if url:
        raise StorageError(
            f"{shown(url)}: PostgreSQL has its own backup; run `pg_dump` with "
            "FOOTNOTE_DATABASE_URL (deploy/README.md, Backup and restore)"
        )
    source = folder / FILE
    try:
        _check_target(source, target, force=force)
        _check_source(source)
        draft = _draft_of(target)
        try:
            _copy(source, draft)
            _check_target(source, target, force=force)  # the copy may have taken its time
            size = draft.stat().st_size
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except sqlite3.Error as error:
        raise _not_copied(source, target, error) from error
    except OSError as error:
        raise _not_written(target, error) from error
    return size


def _check_source(source: Path) -> None:
    """Raises StorageError where there is no state, or none that this user may read."""
    try:
        source.stat()  # opening and closing it would undo locks that this process may have on it
    except (FileNotFoundError, NotADirectoryError):
        raise StorageError(
            f"{where(source)}: there is nothing yet; if the bot has run, name its folder with "
            "FOOTNOTE_DATA"
        ) from None
    except OSError as error:
        raise _unreadable(source) from error
    if not os.access(source, os.R_OK):
        raise _unreadable(source)


def _unreadable(source: Path) -> StorageError:
    return StorageError(
        f"{where(source)}: this user may not read it; run this as the user that the bot runs as, "
        "or name the bot's folder with FOOTNOTE_DATA"
    )


def _check_target(source: Path, target: Path, *, force: bool) -> None:
    """Raises StorageError for a place where no copy may be put; OSError if it cannot be seen."""
    own = {source.with_name(source.name + suffix).resolve() for suffix in ("", "-wal", "-shm")}
    if target.resolve() in own:
        raise StorageError(f"{where(target)}: this is the bot's own file; name another one")
    if target.is_dir():
        raise StorageError(f"{where(target)}: this is a folder; name a file")
    if target.exists() and not target.is_file():  # to replace a device would harm all programs
        raise StorageError(f"{where(target)}: this is no ordinary file; name another one")
    if target.exists() and not force:
        raise StorageError(f"{where(target)}: already exists; name another file, or add --force")
    folder = target.parent
    if folder.exists() and not folder.is_dir():
        raise StorageError(f"{where(target)}: {where(folder)} is no folder; name another file")
    if not folder.exists():
        raise StorageError(
            f"{where(target)}: there is no folder {where(folder)}; make it, or name a file in one "
            "that exists"
        )


def _not_copied(source: Path, target: Path, error: sqlite3.Error) -> StorageError:
    """What is wrong with a copy: where it was to be written, otherwise with the state itself."""
    if getattr(error, "sqlite_errorname", "").startswith(WRITING):  # ours have none
        return StorageError(f"{where(target)}: cannot be written ({error}); {ROOM}")
    return broken(source, error)


def _not_written(target: Path, error: OSError) -> StorageError:
    """What is wrong with a file that the user has named."""
    remedy = ROOM if error.errno in FULL else "name a file in a folder that this user may write"
    if error.errno == errno.ENAMETOOLONG:
        remedy = "give it a shorter name"
    return StorageError(f"{where(target)}: cannot be written ({error.strerror}); {remedy}")


def _draft_of(target: Path) -> Path:
    """An empty file beside the target that only this user may read."""
    handle, name = tempfile.mkstemp(prefix=".footnote-backup-", dir=target.parent)
    os.close(handle)
    return Path(name)


def _copy(source: Path, draft: Path) -> None:
    """Copy a database in one step, so that no writer makes it begin again."""
    with closing(read_only(source)) as original, closing(sqlite3.connect(draft)) as copy:
        original.backup(copy)
        copy_articles(source.parent, copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # all in one file
        if problem := defect(copy, thorough=True):
            raise sqlite3.DatabaseError(problem)
    with draft.open("rb+") as written:
        os.fsync(written.fileno())
