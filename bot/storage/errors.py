"""What can go wrong where the state is kept, and what is to be done about it?

RetrievalError
└── StorageError    the state cannot be read or kept
"""

import errno
from pathlib import Path

from retrieval.errors import RetrievalError, where

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
ELSEWHERE = "name a folder that can be written with FOOTNOTE_DATA"
REMEDIES = {
    "full": "make room on that disk",
    "disk I/O": "check that there is room on that disk, and that it is sound",
    "readonly": f"let this user write it, or {ELSEWHERE}",
    "unable to open": f"let this user write its folder, or {ELSEWHERE}",
    "locked": "another program uses it; end that one",
    "malformed": "put a backup in its place (README, Backup and restore), or move it away",
    "not a database": "put a backup in its place (README, Backup and restore), or move it away",
}
OTHERWISE = "check the file, its permissions and the room on the disk, or move it away"


class StorageError(RetrievalError):
    """The state cannot be read or kept; the text says where, why and what to do."""


def unusable(path: Path, error: OSError) -> StorageError:
    """What is wrong with a folder or a file that cannot be made or written."""
    remedy = REMEDIES["full"] if error.errno in FULL else ELSEWHERE
    return StorageError(f"{where(path)}: cannot be made or written ({error.strerror}); {remedy}")


def broken(path: Path | str, error: Exception) -> StorageError:
    """What is wrong with a database, from what SQLite or SQLAlchemy says."""
    cause = cause_of(error)
    remedy = next((said for words, said in REMEDIES.items() if words in cause), OTHERWISE)
    return StorageError(f"{where(Path(path))}: cannot be used ({cause}); {remedy}")


def cause_of(error: Exception) -> str:
    """What the database itself says, in one line, without the statement."""
    return " ".join(str(getattr(error, "orig", None) or error).split())
