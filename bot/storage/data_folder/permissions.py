"""Permissions of the data folder: only the user who runs the bot reads what is kept.

What the bot makes is 0700 if it is a folder, and 0600 if it is a file. In a folder that was there
before, the bot's own files are closed, which are known by their names; the folder itself only if
it holds nothing else, because closing another one would take it from those who use it. A link to
the folder is followed; links in it are not, as they lead to what may be somebody else's. Where a
system has no modes, as Windows, nothing is done.
"""

import logging
import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from retrieval.errors import where

FOLDER_MODE, FILE_MODE, OTHERS = 0o700, 0o600, 0o077
# The database with its journals, the lock and who holds it, and what else the bot writes.
BOT_FILE = re.compile(
    r"footnote\.(sqlite3(-wal|-shm|-journal)?|lock|pid)|receipts(\.(new|old|tmp|\d+))?"
    r"|languages\.json(\.\d+)?|console-history|at_work|vectors|collections"
)
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
        remedy = _remedy(folder, found)
    except OSError:  # a file has gone meanwhile
        return None
    return (f"{where(folder)}: other users can read {_named(found)}", remedy) if found else None


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
    """What of the bot's is open to other users: files, and the folder if it holds no others."""
    if not HAS_MODES or not folder.is_dir():
        return []
    try:
        held = list(folder.iterdir())
        paths = [path for path in held if BOT_FILE.fullmatch(path.name)]
        is_everybodys = folder.stat().st_mode & stat.S_ISVTX  # as /tmp is
    except OSError:
        return []
    if paths == held and not is_everybodys:
        paths.append(folder)
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


def _named(paths: list[Path]) -> str:
    """The names of some of them, for a line of text."""
    names = sorted(where(Path(path.name)) for path in paths)
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more
