"""Errors of the database and the data folder, with what to do about them.

RetrievalError
├── StorageError    the state cannot be read or kept
└── AddressError    FOOTNOTE_DATABASE_URL cannot be used (database_url.py)
"""

import errno
from pathlib import Path

from retrieval.errors import RetrievalError, where

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ELSEWHERE = "name a folder that can be written with FOOTNOTE_DATA"
SERVER = "postgresql://"
REACH = "start that server, or correct FOOTNOTE_DATABASE_URL"
WHO = "correct name and password in FOOTNOTE_DATABASE_URL"
RESTORE = "restore a backup (deploy/README.md, Backup and restore), or move it away"
REMEDIES = {
    "full": "make room on that disk",
    "disk I/O": "check that there is room on that disk, and that it is sound",
    "readonly": f"let this user write it, or {ELSEWHERE}",
    "unable to open": f"let this user write its folder, or {ELSEWHERE}",
    "locked": "another program uses it; stop that program",
    "malformed": RESTORE,
    "not a database": RESTORE,
}
OTHERWISE = "check the file, its permissions and the room on the disk, or move it away"
OF_A_SERVER = {
    "another bot": "stop it, or name another database for this one with FOOTNOTE_DATABASE_URL",
    "refused": REACH,
    "resolve": REACH,
    "translate host": REACH,
    "timeout expired": REACH,
    "No such file": REACH,
    "unreachable": REACH,
    "authentication failed": WHO,
    "no password": WHO,
    "role ": WHO,
    "encoding": "create a database with UTF8 (`createdb -E UTF8 -T template0`)",
    "does not exist": "create that database (`createdb`), or correct FOOTNOTE_DATABASE_URL",
    "permission denied": "let this user create and write tables there",
    "no schema": "let this user create and write tables there",
    "read-only": "name the server that can be written with FOOTNOTE_DATABASE_URL",
    "No space": "make room on that server's disk",
    "lock timeout": "stop the program that has locked a table there",
}
OTHERWISE_OF_A_SERVER = "check that server and its log, and FOOTNOTE_DATABASE_URL"
LONGEST_CAUSE = 300


class StorageError(RetrievalError):
    """The state cannot be read or kept; the text says where, why and what to do."""


def unusable(path: Path, error: OSError) -> StorageError:
    """What is wrong with a folder or a file that cannot be created or written."""
    remedy = REMEDIES["full"] if error.errno in FULL else ELSEWHERE
    problem = f"cannot be created or written ({error.strerror})"
    return StorageError(f"{where(path)}: {problem}; {remedy}")


def broken(place: Path | str, error: Exception) -> StorageError:
    """What is wrong with a database, from what it itself or SQLAlchemy says."""
    name = where(place) if isinstance(place, Path) else place
    is_server = name.startswith(SERVER)
    remedies, otherwise = (
        (OF_A_SERVER, OTHERWISE_OF_A_SERVER) if is_server else (REMEDIES, OTHERWISE)
    )
    cause = cause_of(error)
    remedy = next((said for words, said in remedies.items() if words in cause), otherwise)
    return StorageError(f"{name}: cannot be used ({cause}); {remedy}")


def another_place(name: str) -> str:
    """Where the state may be kept instead."""
    if name.startswith(SERVER):
        return "another database with FOOTNOTE_DATABASE_URL"
    return "another folder with FOOTNOTE_DATA"


def cause_of(error: Exception) -> str:
    """What the database itself says, in one line, without the statement."""
    cause = " ".join(str(getattr(error, "orig", None) or error).split())
    return cause if len(cause) <= LONGEST_CAUSE else f"{cause[:LONGEST_CAUSE]}…"
