"""Which messages were sent for updates that are not noted as handled yet?

The database learns of it after everything else that is kept of an answer. A process that is killed
in between would give the answer again, if nothing said that it has gone out.
"""

import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bot.storage.errors import unusable

FILE = "receipts"
CLOSED = -1
LONGEST = 256 * 1024  # bytes, some ten thousand messages

log = logging.getLogger(__name__)


class Receipt(NamedTuple):
    """A message that Telegram has taken: its chat, its number, what it replies to (0: nothing)."""

    chat: int
    message: int
    replied: int


class Receipts:
    """A file with a line for each message sent, written at once and without waiting for a disk.

    What is written survives the process, which is what it is for; after a power cut an answer may
    be given again. A line takes some ten microseconds, so it is written from the event loop:
    another thread would take longer to begin than a kill needs. Raises StorageError if the file
    cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._size = self._longest = 0
        self._file = CLOSED
        try:
            self._sent = _read(self._path)
            self._open()
        except OSError as error:
            raise unusable(self._path, error) from error

    def of(self, update: int) -> tuple[Receipt, ...]:
        """The messages that were sent for that update, in their order."""
        return tuple(self._sent.get(update, ()))

    def note(self, update: int, receipt: Receipt) -> None:
        """Note that a message was sent; if that cannot be, no more is lost than that."""
        self._sent.setdefault(update, []).append(receipt)
        with self._if_possible():
            if self._file == CLOSED:
                self._open()
            self._size += os.write(self._file, _line(update, receipt))
            if self._size > self._longest:
                self._shorten()

    def forget(self, update: int) -> None:
        """Forget an update, which is noted as handled."""
        self._sent.pop(update, None)

    def keep_only(self, updates: Collection[object]) -> None:
        """Forget all other updates: their numbers may come again, and mean something else."""
        self._sent = {u: sent for u, sent in self._sent.items() if u in updates}
        with self._if_possible():
            self._shorten()

    def close(self) -> None:
        """Close the file, if it is open."""
        file, self._file = self._file, CLOSED  # the number may soon be that of another file
        if file != CLOSED:
            os.close(file)

    @contextmanager
    def _if_possible(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            log.debug("%s cannot be written: %s", self._path, error)

    def _open(self) -> None:
        self._file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        self._size = os.fstat(self._file).st_size
        self._longest = max(LONGEST, 2 * self._size)  # else each line would be a new file

    def _shorten(self) -> None:
        """Leave only what still counts, in one step: a kill finds the old file or the new one."""
        new = self._path.with_suffix(".new")
        lines = [_line(update, receipt) for update, sent in self._sent.items() for receipt in sent]
        new.write_bytes(b"".join(lines))
        self.close()  # Windows replaces no open file
        try:
            new.replace(self._path)
        finally:
            self._open()


def _line(update: int, receipt: Receipt) -> bytes:
    # The line before may have been cut short by a full disk.
    return f"\n{update} {receipt.chat} {receipt.message} {receipt.replied}\n".encode()


def _read(path: Path) -> dict[int, list[Receipt]]:
    """What was noted; a line that was cut short by the end of all things is passed over."""
    sent: dict[int, list[Receipt]] = {}
    if not path.exists():
        return sent
    for line in path.read_bytes().splitlines(keepends=True):
        numbers = line.split()
        if line.endswith(b"\n") and len(numbers) == 4 and all(_is_number(n) for n in numbers):
            update, *receipt = map(int, numbers)
            sent.setdefault(update, []).append(Receipt(*receipt))
    return sent


def _is_number(word: bytes) -> bool:
    return word.removeprefix(b"-").isdigit()
