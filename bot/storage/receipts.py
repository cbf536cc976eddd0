"""Receipts: which messages were sent for updates that are not noted as handled yet.

The database learns of it after everything else that is kept of an answer. A process that is killed
in between would give the answer again, if nothing said that it has gone out.
"""

import logging
import os
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from pathlib import Path

from cachetools import LRUCache
from pydantic import BaseModel, ConfigDict, ValidationError

from bot.delivery.sent_messages import Gap, Sent
from bot.storage.database.storage_errors import unusable

FILE = "receipts"
CLOSED = -1
LONGEST = 1024 * 1024  # bytes, some five thousand messages
MOST_CHATS = 2_000

log = logging.getLogger(__name__)


class ReceiptLine(BaseModel):
    """What is noted: a message that was sent, the gap that one leaves into, or none if in vain."""

    model_config = ConfigDict(strict=True)
    chat: int
    update: int | None = None
    at: int = 0  # Unix time
    message: int | None = None
    replied: int | None = None
    after: int | None = None
    newest: int | None = None


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
        self._lost: LRUCache[int, tuple[Gap, float]] = LRUCache(MOST_CHATS)
        try:
            self._read()
            self._open()
        except OSError as error:
            raise unusable(self._path, error) from error

    @property
    def last(self) -> tuple[Sent, ...]:
        """The last message that was sent to each chat lately."""
        return tuple(sent for sent, _ in self._last.values())

    @property
    def lost(self) -> tuple[int, ...]:
        """The chats to which one left for no update, and nobody knows whether it was taken."""
        return tuple(self._lost)

    def of(self, update: int) -> tuple[Sent | Gap, ...]:
        """The messages that were sent for that update, in their order.

        Last a gap, if one left of which nobody knows whether it was taken.
        """
        return tuple(self._noted.get(update, ()))

    def note(self, update: int | None, what: Sent | Gap) -> None:
        """Note that a message was sent, or leaves; if it cannot be, no more is lost than that."""
        at = time.time()
        self._add(update, what, at)
        self._write(_line(update, what, at))

    def retract(self, update: int | None, chat: int) -> None:
        """Note that what has left for an update, or for none, did not arrive in that chat."""
        self._drop(update, chat)
        self._write(_written(ReceiptLine(update=update, chat=chat)))

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
        for kept in (self._last, self._lost):
            for chat, (_, noted_at) in tuple(kept.items()):
                if noted_at < at:
                    del kept[chat]
        with self._if_possible():
            self._shorten()

    def forget_chat(self, chat: int) -> None:
        """Forget what was sent to a chat, but for updates that are not handled."""
        self._last.pop(chat, None)
        self._lost.pop(chat, None)
        with self._if_possible():
            self._shorten()

    def close(self) -> None:
        """Close the file, if it is open."""
        file, self._file = self._file, CLOSED  # the number may soon be that of another file
        if file != CLOSED:
            os.close(file)

    def _add(self, update: int | None, what: Sent | Gap, at: float) -> None:
        self._drop(update, what.chat)  # it is known by now what became of that
        if isinstance(what, Sent):
            self._lost.pop(what.chat, None)
            known = self._last.get(what.chat)
            if known is None or known[0].message < what.message:
                self._last[what.chat] = what, at
        elif update is None:
            self._lost[what.chat] = what, at
        if update is not None:
            self._noted.setdefault(update, []).append(what)

    def _drop(self, update: int | None, chat: int) -> None:
        """Forget what has left for an update, or for none."""
        if update is None:
            self._lost.pop(chat, None)
        elif (noted := self._noted.get(update)) and isinstance(noted[-1], Gap):
            noted.pop()

    def _write(self, line: bytes) -> None:
        with self._if_possible():
            if self._file == CLOSED:
                self._open()
            self._size += os.write(self._file, line)
            if self._size > self._longest:
                self._shorten()

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
        for line in self._path.read_bytes().splitlines():
            with suppress(ValidationError):  # it was cut short by the end of all things
                self._note_again(ReceiptLine.model_validate_json(line))

    def _note_again(self, line: ReceiptLine) -> None:
        if line.message is not None:
            self._add(line.update, Sent(line.chat, line.message, line.replied), line.at)
        elif line.newest is not None:
            self._add(line.update, Gap(line.chat, line.after, line.newest), line.at)
        else:
            self._drop(line.update, line.chat)

    def _shorten(self) -> None:
        """Leave only what still counts, in one step: a kill finds the old file or the new one."""
        new = self._path.with_suffix(".new")
        lines = [_line(None, sent, at) for sent, at in self._last.values()]
        lines += [_line(None, gap, at) for gap, at in self._lost.values()]
        for update, noted in self._noted.items():
            lines += [_line(update, what, time.time()) for what in noted]
        new.write_bytes(b"".join(lines))
        self.close()  # Windows replaces no open file
        try:
            new.replace(self._path)
        finally:
            self._open()


def _line(update: int | None, what: Sent | Gap, at: float) -> bytes:
    return _written(ReceiptLine(update=update, at=int(at), **asdict(what)))


def _written(line: ReceiptLine) -> bytes:
    # The line before may have been cut short by a full disk.
    return f"\n{line.model_dump_json(exclude_defaults=True)}\n".encode()
