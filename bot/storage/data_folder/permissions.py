"""Permissions of the data folder: only the user who runs the bot reads what is kept.

The folder is 0700 and what is in it 0600. **Which folder is closed:** one that the bot makes, one
that is empty, and one that holds files of the bot's and beside them only copies of its database
and logs. Any other folder, such as a home or `/tmp`, keeps its mode, because closing it would take
it from those who use it; of what is in it only the bot's files are closed, which are known by
their names. A link to the folder is followed; links in it are not, as they lead to what may be
somebody else's. Where a system has no modes, as Windows, nothing is done.
"""

import logging
import os
import re
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from retrieval.errors import where

FOLDER_MODE, FILE_MODE, OTHERS = 0o700, 0o600, 0o077
# The database with its journals, the lock and who holds it, and what else the bot writes.
BOT_FILE = re.compile(
    r"footnote\.(sqlite3(-wal|-shm|-journal)?|lock|pid)|receipts(\.(new|old|tmp|\d+))?"
    r"|languages\.json(\.\d+)?|console-history|at_work|vectors|collections"
)
# What people keep beside them, known by its name; a copy of the database also by its tables.
KEPT_BESIDE = re.compile(r"footnote[-_.].*|.*\.log(\.\w{1,8}){0,2}|.*-(wal|shm|journal)")
DATABASE_HEAD = b"SQLite format 3\0"
NAMES_OF_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
TABLES = {"alembic_version", "answers"}
OF_THE_DISK = "lost+found"
DEEPEST_BACKUPS = 2  # folders of backups, by year
MOST_NAMES = 5
HAS_MODES = os.name == "posix"

log = logging.getLogger(__name__)


def make_private(folder: Path) -> None:
    """Make the folder, if need be, and close it and what is in it to other users.

    What was open is named in one line of the log; what cannot be closed is left to `exposure`.
    Raises OSError if the folder cannot be made.
    """
    if not folder.is_dir():
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    closed = [path for path in _open_paths(folder) if _close(path)]
    if closed:
        log.warning(
            "%s: other users could read %s; now they cannot", where(folder), _named(closed)
        )


def create_private(path: Path) -> None:
    """Make an empty file that only this user reads; one that is there stays as it is.

    Raises OSError.
    """
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE))


def exposure(folder: Path) -> tuple[str, str] | None:
    """What other users can read in the folder, and what to do; None if that is nothing."""
    try:
        found = _open_paths(folder)
        if found:
            said = f"{where(folder)}: other users can read {_named(found)}"
            return said, _remedy(folder, found)
        if HAS_MODES and folder.stat().st_mode & OTHERS and (other := _other_use(folder)):
            said = f"{where(folder)}: is left open to other users, as it {other}"
            return said, "name a folder of its own with FOOTNOTE_DATA"
    except OSError:  # it is not there, or cannot be looked into
        return None
    return None


def _remedy(folder: Path, paths: list[Path]) -> str:
    if os.geteuid() and any(path.lstat().st_uid != os.geteuid() for path in paths):
        return (
            "give it to the user who runs the bot (`chown -R`), or name a folder of that user's "
            "with FOOTNOTE_DATA"
        )
    return (
        f"run `chmod -R go= {where(folder)}`, or name a folder on another disk with FOOTNOTE_DATA "
        "if this one keeps no permissions"
    )


def _open_paths(folder: Path) -> list[Path]:
    """What of the bot's is open to other users: the folder, if it is the bot's, and files."""
    if not HAS_MODES or not folder.is_dir():
        return []
    try:
        if _other_use(folder):
            paths = [path for path in folder.iterdir() if BOT_FILE.fullmatch(path.name)]
        else:
            paths = [folder, *_below(folder)]
    except OSError:
        return []
    return [path for path in paths if _mode(path, is_linked=path == folder) & OTHERS]


def _close(path: Path) -> bool:
    """Close a file or folder to other users; whether it is closed then."""
    with suppress(OSError):
        mode = path.stat().st_mode
        path.chmod(mode & (FOLDER_MODE if stat.S_ISDIR(mode) else FILE_MODE))
        return not path.stat().st_mode & OTHERS  # some file systems keep no modes, and say nothing
    return False


def _mode(path: Path, *, is_linked: bool) -> int:
    """The mode of a file or folder; 0 of what is neither, and of what has gone meanwhile."""
    with suppress(OSError):
        mode = path.stat(follow_symlinks=is_linked).st_mode
        return mode if stat.S_ISREG(mode) or stat.S_ISDIR(mode) else 0
    return 0


def _other_use(folder: Path) -> str:
    """What else the folder is or holds; empty if it is the bot's alone.

    Raises OSError if it cannot be looked into.
    """
    if folder.stat().st_mode & stat.S_ISVTX:  # as /tmp has it
        return "is everybody's"
    if _is_home(folder):
        return "is a home"
    paths = list(folder.iterdir())
    if paths and not any(BOT_FILE.fullmatch(path.name) for path in paths):
        return f"holds {_named(paths)}"
    other = _foreign_name(folder, DEEPEST_BACKUPS)
    return f"holds {where(Path(other))}" if other else ""


def _is_home(folder: Path) -> bool:
    with suppress(OSError, RuntimeError):  # a user may have none
        return folder.samefile(Path.home())
    return False


def _foreign_name(folder: Path | os.DirEntry[str], depth: int) -> str | None:
    """The name of something in the folder that is not the bot's; None if there is nothing such."""
    with os.scandir(folder) as entries:
        return next((entry.name for entry in entries if not _belongs(entry, depth)), None)


def _belongs(entry: os.DirEntry[str], depth: int) -> bool:
    """Whether it is the bot's, a backup or a log, or a folder of nothing but those."""
    if entry.name == OF_THE_DISK or BOT_FILE.fullmatch(entry.name):
        return True
    if entry.is_dir(follow_symlinks=False):
        return depth > 0 and _foreign_name(entry, depth - 1) is None
    if not entry.is_file(follow_symlinks=False):
        return False
    return bool(KEPT_BESIDE.fullmatch(entry.name)) or _is_backup(Path(entry))


def _is_backup(path: Path) -> bool:
    """Whether it is a copy of the bot's database."""
    with path.open("rb") as file:
        if file.read(len(DATABASE_HEAD)) != DATABASE_HEAD:
            return False
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # nothing is written beside it
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            return {name for (name,) in connection.execute(NAMES_OF_TABLES)} >= TABLES
    except sqlite3.Error:
        return False


def _below(folder: Path) -> Iterator[Path]:
    """All files and folders in a folder of the bot's; what links lead to is not in it."""
    for path in folder.iterdir():
        if path.name != OF_THE_DISK:
            yield path
            if path.is_dir() and not path.is_symlink():
                yield from _below(path)


def _named(paths: list[Path]) -> str:
    """The names of some of them, for a line of text."""
    names = sorted(where(Path(path.name)) for path in paths)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
