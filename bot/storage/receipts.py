"""Receipts: which messages were sent for updates that are not noted as handled yet.

The database learns of it after everything else that is kept of an answer. A process that is killed
in between would give the answer again, if nothing said that it has gone out.
"""

import logging
import os
import time
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.storage.database.storage_errors import unusable

FILE = "receipts"
NO_FILE = -1
LARGEST_RECEIPTS = 1024 * 1024  # bytes, some five thousand messages
# Telegram keeps an update for a day, so one that never got into the database may come as late.
RECEIPT_SECONDS = 24 * 3600

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent: its chat, its number there, and what it replies to."""

    chat: int
    message: int
    replied: int | None = None


class ReceiptBook(Protocol):
    """Receipts, wherever they are kept."""

    def of(self, update: int) -> tuple[Sent, ...]:
        """The messages that were sent for that update, in their order."""
        ...

    async def keep(self, update: int, sent: Sent) -> None:
        """Keep the receipt of a message that was sent for that update."""
        ...

    def forget(self, updates: Iterable[int]) -> None:
        """Forget updates, which are noted as handled."""
        ...

    def forget_old(self, waiting: Collection[int]) -> None:
        """Forget updates that can come no more, but for those that still wait."""
        ...

    def compact_after(self, update: int) -> None:
        """Leave nothing of what is handled, once that update is forgotten."""
        ...

    @property
    def updates(self) -> tuple[int, ...]:
        """The updates that have receipts."""
        ...


class ReceiptLine(BaseModel):
    """A line of the file: a message that was sent for an update, at that Unix time."""

    model_config = ConfigDict(strict=True)
    update: int
    at: int
    chat: int
    message: int
    replied: int | None = None


class Receipts:
    """A file with a line for each message that Telegram has taken.

    They are written at once and without waiting for a disk. What is written survives the process,
    which is what it is for; after a power cut an answer may be given again. A line takes some ten
    microseconds, so it is written from the event loop: another thread would take longer to begin
    than a kill needs. Raises StorageError if the file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._size = self._largest = 0
        self._file = NO_FILE
        self._lines: dict[int, list[ReceiptLine]] = {}
        self._compacted_after: set[int] = set()
        try:
            self._read()
            self._open()
        except OSError as error:
            raise unusable(self._path, error) from error

    def of(self, update: int) -> tuple[Sent, ...]:
        """The messages that were sent for that update, in their order."""
        lines = self._lines.get(update, ())
        return tuple(Sent(line.chat, line.message, line.replied) for line in lines)

    async def keep(self, update: int, sent: Sent) -> None:
        """Note that a message was sent, at once."""
        self.add(update, sent)

    def add(self, update: int, sent: Sent) -> None:
        """Note that a message was sent; if it cannot be, no more is lost than that."""
        line = ReceiptLine(update=update, at=int(time.time()), **asdict(sent))
        self._lines.setdefault(update, []).append(line)
        with self._if_possible():
            if self._file == NO_FILE:
                self._open()
            self._size += os.write(self._file, _written(line))
            if self._size > self._largest:
                self._shorten()

    def forget(self, updates: Iterable[int]) -> None:
        """Forget updates, which are noted as handled."""
        handled = set(updates)
        for update in handled:
            self._lines.pop(update, None)
        if self._compacted_after & handled:
            self._compacted_after -= handled
            self.compact()

    def compact_after(self, update: int) -> None:
        """Leave nothing in the file of what is handled, once that update is forgotten."""
        self._compacted_after.add(update)

    @property
    def updates(self) -> tuple[int, ...]:
        """The updates that have receipts."""
        return tuple(self._lines)

    def forget_old(self, waiting: Collection[int]) -> None:
        """Forget updates of more than a day ago, but for those that still wait.

        An update that was answered while the database was away is in no database, and comes again
        within a day. A number that comes later may mean something else.
        """
        since = time.time() - RECEIPT_SECONDS
        self.forget(
            [
                update
                for update, lines in self._lines.items()
                if update not in waiting and lines[-1].at < since
            ]
        )
        self.compact()

    def compact(self) -> None:
        """Leave nothing in the file of the updates that are forgotten."""
        with self._if_possible():
            self._shorten()

    def close(self) -> None:
        """Close the file, if it is open."""
        file, self._file = self._file, NO_FILE  # the number may soon be that of another file
        if file != NO_FILE:
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
        self._largest = max(LARGEST_RECEIPTS, 2 * self._size)  # else each line would be a new file

    def _read(self) -> None:
        if not self._path.exists():
            return
        for text in self._path.read_bytes().splitlines():
            with suppress(ValidationError):  # it was cut short by a crash
                line = ReceiptLine.model_validate_json(text)
                self._lines.setdefault(line.update, []).append(line)

    def _shorten(self) -> None:
        """Leave only what still counts, in one step: a kill finds the old file or the new one."""
        new = self._path.with_suffix(".new")
        lines = [_written(line) for noted in self._lines.values() for line in noted]
        file = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(file, "wb") as opened:
            opened.write(b"".join(lines))
        self.close()  # Windows replaces no open file
        try:
            new.replace(self._path)
        finally:
            self._open()


def _written(line: ReceiptLine) -> bytes:
    # The line before may have been cut short by a full disk.
    return f"\n{line.model_dump_json(exclude_defaults=True)}\n".encode()
