"""The update that is at work, in a file: if the program dies, it may be the reason."""

import mmap
import os
from pathlib import Path

from bot.storage.database.storage_errors import unusable

FILE = "at_work"
NOBODY = b" " * 20
LONGEST_NUMBER = len(NOBODY)


class CrashSuspect:
    """Names the update that the worker's thread is at work on; survives the end of the process.

    What crashes a process, or makes somebody kill it because it hangs, is computing and not
    waiting, and only one update computes at a time. Raises StorageError without a file.
    """

    def __init__(self, folder: Path) -> None:
        path = folder / FILE
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                if os.fstat(file).st_size != LONGEST_NUMBER:
                    os.ftruncate(file, 0)
                    os.write(file, NOBODY)
                self._memory = mmap.mmap(file, LONGEST_NUMBER)
            finally:
                os.close(file)
        except (OSError, ValueError) as error:
            refused = error if isinstance(error, OSError) else OSError(str(error))
            raise unusable(path, refused) from error

    def mark(self, update: int | None) -> None:
        """Mark that this update is at work, or none."""
        number = NOBODY if update is None else str(update).encode().ljust(LONGEST_NUMBER)
        self._memory[:] = number[:LONGEST_NUMBER]

    def take(self) -> int | None:
        """The update that was at work when the last process ended, and clear it."""
        found = bytes(self._memory).strip()
        self.mark(None)
        return int(found) if found.isdigit() else None

    def close(self) -> None:
        """Close the file."""
        self._memory.close()
