"""How is no update lost? Each is on disk before it is confirmed, until it is handled."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter

from bot.calls import FootnoteBot
from bot.dispatch import Dispatcher
from bot.flood import seconds_to_wait
from bot.objects import JsonObject
from bot.storage.updates import Updates
from bot.worker import Worker

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
LARGEST = 2**63

log = logging.getLogger(__name__)


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `is_wanted` says whether the bot does anything with an update: nothing else is kept. `handle`
    returns the error for which an update is to be tried again, or None; its chat waits until then.
    What is typed inline is of no use later, and never kept. An update that arrives twice is
    handled once. One that was answered when the process was killed, before that was noted, is
    answered again: one for each chat that was just being answered.
    """

    def __init__(
        self,
        bot: FootnoteBot,
        kept: Updates,
        worker: Worker,
        is_wanted: Callable[[Update], bool],
        handle: Callable[[Update], Awaitable[Exception | None]],
    ) -> None:
        self._bot = bot
        self._kept = kept
        self._run = worker.run
        self._is_wanted = is_wanted
        self._handle = handle
        self._dispatcher = Dispatcher(self._try)
        self._stop = asyncio.Event()

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended."""
        for fields in await self._run(self._kept.waiting):
            update = self._bot.read(fields)
            if update is not None:
                self._dispatcher.submit(update)

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new; False if they cannot be kept."""
        updates: dict[int, tuple[JsonObject, Update]] = {}
        for fields in fetched:
            update = self._bot.read(fields) if number_of(fields) is not None else None
            if update is not None and update.inline_query is not None:
                self._dispatcher.submit(update)
            elif update is not None and self._is_wanted(update):
                updates[update.update_id] = fields, update
        if not updates:
            return True
        try:
            new = await self._run(self._kept.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            log.error("messages cannot be kept (%s); check FOOTNOTE_DATA and its disk", cause)  # noqa: TRY400
            return False
        for identity, (_, update) in updates.items():
            if identity in new:
                self._dispatcher.submit(update)
        return True

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most so long; how many updates wait for the next start."""
        self._stop.set()
        return await self._dispatcher.finish(seconds)

    async def _try(self, update: Update) -> None:
        pause = FIRST_PAUSE
        while error := await self._handle(update):
            if self._stop.is_set() or update.inline_query is not None:
                return
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        if update.inline_query is None:
            try:
                await self._run(self._kept.done, update.update_id)
            except SQLAlchemyError:
                log.exception("update %s is handled, which cannot be noted", update.update_id)


def number_of(fields: object) -> int | None:
    """The number of an update; None for what can be none."""
    identity = fields.get("update_id") if isinstance(fields, dict) else None
    is_number = isinstance(identity, int) and 0 <= identity < LARGEST
    return identity if is_number and isinstance(identity, int) else None
