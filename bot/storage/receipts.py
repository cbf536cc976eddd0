"""Which messages were sent, or may have been, for updates that are not noted as handled yet?

The database learns of it after everything else that is kept of an answer. A process that is killed
in between would give the answer again, if nothing said that it has gone out.
"""

import json
import logging
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from cachetools import LRUCache

from bot.said import Gap, Sent
from bot.storage.errors import unusable

FILE = "receipts"
CLOSED = -1
LONGEST = 1024 * 1024  # bytes, some five thousand messages
MOST_CHATS = 5_000

log = logging.getLogger(__name__)


class Receipts:
    """A file with a line for each message that leaves, and for each that Telegram has taken.

    They are written at once and without waiting for a disk. What is written survives the process,
    which is what it is for; after a power cut an answer may be given again. A line takes some ten
    microseconds, so it is written from the event loop: another thread would take longer to begin
    than a kill needs. Raises StorageError if the file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._size = self._longest = 0
        self._file = CLOSED
        self._noted: dict[int, list[Sent | Gap]] = {}
        self._last: LRUCache[int, tuple[Sent, float]] = LRUCache(MOST_CHATS)
        try:
            self._read()
            self._open()
        except OSError as error:
            raise unusable(self._path, error) from error

    @property
    def last(self) -> tuple[Sent, ...]:
        """The last message that was sent to each chat lately."""
        return tuple(sent for sent, _ in self._last.values())

    def of(self, update: int) -> tuple[Sent | Gap, ...]:
        """The messages that were sent for that update, in their order.

        Last a gap, if one left of which nobody knows whether it was taken.
        """
        return tuple(self._noted.get(update, ()))

    def note(self, update: int | None, what: Sent | Gap) -> None:
        """Note that a message was sent, or leaves; if it cannot be, no more is lost than that.

        What leaves for no update is never looked for.
        """
        if update is None and isinstance(what, Gap):
            return
        self._add(update, what, time.time())
        with self._if_possible():
            if self._file == CLOSED:
                self._open()
            self._size += os.write(self._file, _line(update, what))
            if self._size > self._longest:
                self._shorten()

    def forget(self, update: int) -> None:
        """Forget an update, which is noted as handled."""
        self._noted.pop(update, None)

    def keep_only(self, updates: Collection[object]) -> None:
        """Forget all other updates: their numbers may come again, and mean something else."""
        self._noted = {u: noted for u, noted in self._noted.items() if u in updates}
        with self._if_possible():
            self._shorten()

    def forget_before(self, at: float) -> None:
        """Forget what was sent before that Unix time, but for updates that are not handled."""
        for chat, (_, sent_at) in tuple(self._last.items()):
            if sent_at < at:
                del self._last[chat]
        with self._if_possible():
            self._shorten()

    def close(self) -> None:
        """Close the file, if it is open."""
        file, self._file = self._file, CLOSED  # the number may soon be that of another file
        if file != CLOSED:
            os.close(file)

    def _add(self, update: int | None, what: Sent | Gap, at: float) -> None:
        if isinstance(what, Sent):
            self._last[what.chat] = what, at
        if update is None:
            return
        noted = self._noted.setdefault(update, [])
        if noted and isinstance(noted[-1], Gap):  # it is known by now what became of that
            noted.pop()
        noted.append(what)

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

    def _read(self) -> None:
        if not self._path.exists():
            return
        written = self._path.stat().st_mtime
        for line in self._path.read_bytes().splitlines():
            if record := _record(line):
                update, what, at = record
                self._add(update, what, at or written)

    def _shorten(self) -> None:
        """Leave only what still counts, in one step: a kill finds the old file or the new one."""
        new = self._path.with_suffix(".new")
        lines = [_line(None, sent, at) for sent, at in self._last.values()]
        lines += [_line(update, what) for update, noted in self._noted.items() for what in noted]
        new.write_bytes(b"".join(lines))
        self.close()  # Windows replaces no open file
        try:
            new.replace(self._path)
        finally:
            self._open()


def _line(update: int | None, what: Sent | Gap, at: float | None = None) -> bytes:
    fields = {"update": update, "at": at} | asdict(what)
    # The line before may have been cut short by a full disk.
    return f"\n{json.dumps(fields)}\n".encode()


def _record(line: bytes) -> tuple[int | None, Sent | Gap, float | None] | None:
    """What a line says; None if it was cut short by the end of all things."""
    try:
        fields = json.loads(line)
        update, at = fields.pop("update"), fields.pop("at")
        return update, Sent(**fields) if "message" in fields else Gap(**fields), at
    except (ValueError, TypeError, AttributeError, KeyError):
        return None
