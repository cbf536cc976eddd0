"""The inbox of one of several processes: whoever owns a lane hands on what comes in there."""

import time

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update

from bot.http.json_object import JsonObject
from bot.intake.chat_lanes import ChatLanes
from bot.intake.inbox import Inbox


class SharedLanes(ChatLanes):
    """The lanes of one of several processes."""

    def abandon(self) -> None:
        """Let go of all that was taken, also of what has begun."""
        for task in self._tasks:
            task.cancel()
        self._waiting.clear()
        self.left = 0


class SharedInbox(Inbox):
    """Keeps updates for all processes, and hands on those that this one has claimed.

    While the database is away, nothing is taken: Telegram sends it again.
    """

    _lanes: SharedLanes

    @property
    def at_work(self) -> int:
        """How many updates were handed on and are not handled."""
        return self._lanes.left

    @property
    def handed_on(self) -> list[int]:
        """The updates that are this process's, until it is noted what became of them."""
        return list(self._open)

    def _make_lanes(self) -> SharedLanes:
        return SharedLanes(self._attend)

    async def recover(self) -> None:
        """Note what the last run may have ended by; what waits is claimed as all else is."""
        if (suspect := self._worker.take_suspect()) is not None:
            await self._run(self._updates.count_crash, suspect)

    async def note_again(self) -> None:
        """Note what could not be noted before."""
        await self._note_all()

    def abandon(self) -> None:
        """Drop everything, even what has begun: it belongs to another process by now."""
        self._lanes.abandon()
        self._receipts.forget(tuple(self._receipts.updates))
        self._open.clear()
        self._to_note.clear()

    async def _keep(self, updates: dict[int, tuple[JsonObject, Update]]) -> bool:
        fetched = [fields for fields, _ in updates.values()]
        try:
            await self._run(self._updates.put, fetched, time.time())
        except SQLAlchemyError:  # which the storage logs
            return False
        return True
