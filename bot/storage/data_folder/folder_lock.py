"""The lock of a data folder: one bot at a time uses it."""

import errno
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from bot.storage.data_folder.permissions import FILE_MODE, OTHERS, exposure, make_private
from bot.storage.database.storage_errors import StorageError, unusable

LOCK = "footnote.lock"
NO_LOCKS = (errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP)
HOLDER = "footnote.pid"  # beside the lock, which on Windows nobody else could read

log = logging.getLogger(__name__)


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Keep other bots, and other users, out of that folder, which is made if need be.

    The operating system lets go of it when the process ends, however it ends. Raises StorageError.
    """
    try:
        make_private(folder)
        # A soft lock is one that a kill would leave behind.
        lock = FileLock(folder / LOCK, mode=FILE_MODE, fallback_to_soft=False)
        lock.acquire(timeout=0)
    except Timeout:
        raise StorageError(
            f"{folder}: another bot uses this folder{_holder(folder)}; stop it, or name another "
            "folder for this one with FOOTNOTE_DATA"
        ) from None
    except OSError as error:
        raise _unlockable(folder, error) from error
    umask = os.umask(OTHERS)  # so that whatever is written until then is private from the start
    try:
        _name_holder(folder)
        if problem := exposure(folder):
            log.warning("%s; %s", *problem)
        yield
    finally:
        os.umask(umask)
        with suppress(OSError):
            (folder / HOLDER).unlink()
        lock.release()


def _unlockable(folder: Path, error: OSError) -> StorageError:
    """What is wrong with a folder that cannot be made or locked."""
    if error.errno not in NO_LOCKS:
        return unusable(folder, error)
    return StorageError(
        f"{folder}: its file system has no locks ({error.strerror}), and two bots must not use a "
        "folder at once; name one on another file system with FOOTNOTE_DATA"
    )


def _name_holder(folder: Path) -> None:
    """Write down who holds the lock; raises StorageError."""
    try:
        (folder / HOLDER).write_text(f"{os.getpid()}\n", encoding="ascii")
    except OSError as error:
        raise unusable(folder / HOLDER, error) from error


def _holder(folder: Path) -> str:
    """Which process that is, as far as it is written down."""
    try:
        number = int((folder / HOLDER).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return ""
    return f" (process {number})"
