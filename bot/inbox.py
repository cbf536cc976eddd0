"""How is no update lost? Each is on disk before it is confirmed, until it is handled."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence

from telegram import Update

from bot.calls import FootnoteBot
from bot.dispatch import Dispatcher
from bot.objects import JsonObject
from bot.storage.updates import State, Updates
from bot.worker import Worker

MOST_TRIES = 5
FIRST_PAUSE = 5.0
LARGEST = 2**63
Handle = Callable[[Update], Awaitable[Exception | None]]

log = logging.getLogger(__name__)


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `handle` returns the error that an update is to be tried again for, or None. An update that
    arrives twice is handled once. One that was handled when the process was killed, before that
    was noted, is handled again: the window is one message wide.
    """

    def __init__(self, bot: FootnoteBot, kept: Updates, worker: Worker, handle: Handle) -> None:
        self._bot = bot
        self._kept = kept
        self._run = worker.run
        self._handle = handle
        self._dispatcher = Dispatcher(self._try)
        self._later: set[asyncio.Task[None]] = set()

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended."""
        self._submit(await self._run(self._kept.waiting))

    async def take(self, fetched: Sequence[JsonObject]) -> None:
        """Keep updates, then hand on those that are new."""
        told = [fields for fields in fetched if _id(fields) >= 0]
        if len(told) < len(fetched):
            log.warning("%d updates without a number are passed over", len(fetched) - len(told))
        new = await self._run(self._kept.put, told, time.time())
        self._submit([fields for fields in told if _id(fields) in new])

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most so long; how many updates wait for the next start."""
        for task in self._later:
            task.cancel()
        return await self._dispatcher.finish(seconds)

    def _submit(self, updates: Sequence[JsonObject]) -> None:
        for fields in updates:
            update = self._bot.read(fields)
            if update is None:
                self._do_later(self._give_up(_id(fields), "cannot be read"))
            else:
                self._dispatcher.submit(update)

    async def _try(self, update: Update) -> None:
        error = await self._handle(update)
        if error is None:
            await self._run(self._kept.note, update.update_id, State.DONE)
            return
        tries = await self._run(self._kept.note, update.update_id, State.WAITING, repr(error))
        if tries >= MOST_TRIES:
            await self._give_up(update.update_id, repr(error))
            return
        self._do_later(self._again(update, FIRST_PAUSE * 2**tries))

    async def _again(self, update: Update, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._dispatcher.submit(update)

    async def _give_up(self, identity: int, error: str) -> None:
        log.error("update %s is set aside: %s", identity, error)
        await self._run(self._kept.note, identity, State.FAILED, error)

    def _do_later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(work)
        self._later.add(task)
        task.add_done_callback(self._later.discard)


def _id(fields: object) -> int:
    """The number of an update; -1 for what can be none."""
    identity = fields.get("update_id") if isinstance(fields, dict) else None
    is_number = isinstance(identity, int) and 0 <= identity < LARGEST
    return identity if is_number and isinstance(identity, int) else -1
