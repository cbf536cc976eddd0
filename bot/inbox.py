"""How is no update lost? Each is on disk before it is confirmed, until it is handled."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter

from bot.calls import ASKED_FOR, SAID, FootnoteBot, Said, Sent
from bot.dispatch import Dispatcher
from bot.flood import seconds_to_wait
from bot.metrics import Metrics
from bot.objects import JsonObject
from bot.storage.receipts import Receipt, Receipts
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
    handled once. What is sent for one is noted in `receipts` as soon as Telegram has said that it
    is, so a kill repeats only those answers of which it had not said so yet.
    """

    def __init__(  # noqa: PLR0913, PLR0917
        self,
        bot: FootnoteBot,
        kept: Updates,
        receipts: Receipts,
        worker: Worker,
        is_wanted: Callable[[Update], bool],
        handle: Callable[[Update], Awaitable[Exception | None]],
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._kept = kept
        self._receipts = receipts
        self._run = worker.run
        self._is_wanted = is_wanted
        self._handle = handle
        self._dispatcher = Dispatcher(self._take_care_of)
        self._stop = asyncio.Event()
        self._unkept: set[int] = set()  # handed on, though they could not be kept
        self._unnoted: set[int] = set()  # handled, which could not be noted
        self._metrics = metrics
        self._came: dict[int, float] = {}  # since when each waits, the oldest first
        metrics.watch_queue(lambda: len(self._came), self._age)

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended."""
        waiting = await self._run(self._kept.waiting)
        self._receipts.keep_only([number_of(fields) for fields in waiting])
        for fields in waiting:
            update = self._bot.read(fields)
            if update is None:
                continue
            if await self._is_over(update):
                await self._note(update.update_id)
            else:
                self._hand_on(update)

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new.

        False if they cannot be kept and are not handled yet: they must come again then.
        """
        updates: dict[int, tuple[JsonObject, Update]] = {}
        inline: set[int] = set()
        for fields in fetched:
            update = self._bot.read(fields) if number_of(fields) is not None else None
            if update is not None and update.inline_query is not None:
                if update.update_id not in self._unkept:
                    self._hand_on(update)
                inline.add(update.update_id)
            elif update is not None and self._is_wanted(update):
                updates[update.update_id] = fields, update
        if not updates:
            return True
        try:
            new = await self._run(self._kept.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError:  # which the storage logs
            self._hand_on_all(u for _, u in updates.values() if u.update_id not in self._unkept)
            self._unkept |= updates.keys() | inline
            are_handled = updates.keys() <= self._unnoted
            if are_handled:  # they are confirmed now, and never come again
                self._unkept -= updates.keys() | inline
                self._unnoted -= updates.keys()
            return are_handled
        self._hand_on_all(u for n, (_, u) in updates.items() if n in new and n not in self._unkept)
        self._unkept -= updates.keys() | inline
        for identity in tuple(self._unnoted):
            await self._note(identity)
        return True

    def _hand_on_all(self, updates: Iterable[Update]) -> None:
        for update in updates:
            self._hand_on(update)

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most so long; how many updates wait for the next start."""
        self._stop.set()
        return await self._dispatcher.finish(seconds)

    def _hand_on(self, update: Update) -> None:
        self._metrics.came(kind_of(update))
        self._came[update.update_id] = time.monotonic()
        self._dispatcher.submit(update)

    def _age(self) -> float:
        oldest = next(iter(self._came.values()), None)
        return 0.0 if oldest is None else time.monotonic() - oldest

    async def _take_care_of(self, update: Update) -> None:
        try:
            if await self._try(update):
                kind, now = kind_of(update), time.monotonic()
                seconds = now - self._came.get(update.update_id, now)
                self._metrics.handled(kind, seconds)
                log.info("handled", extra={"kind": kind, "seconds": round(seconds, 4)})
        finally:
            self._came.pop(update.update_id, None)

    async def _try(self, update: Update) -> bool:
        """Handle it, again and again if need be; False if the bot is to stop before that."""
        pause = FIRST_PAUSE
        while error := await self._handle_noting(update):
            if self._stop.is_set() or update.inline_query is not None:
                return False
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        if update.inline_query is None:
            await self._note(update.update_id)
        return True

    async def _handle_noting(self, update: Update) -> Exception | None:
        """Handle it, with what was sent for it before, and noting what is sent for it now."""
        before = (
            Sent(receipt.chat, receipt.message, receipt.replied or None)
            for receipt in self._receipts.of(update.update_id)
        )
        SAID.set(Said(deque(before), partial(self._note_sent, update.update_id)))
        return await self._handle(update)

    def _note_sent(self, identity: int, sent: Sent) -> None:
        self._receipts.note(identity, Receipt(sent.chat, sent.message, sent.replied or 0))

    async def _is_over(self, update: Update) -> bool:
        """Whether its answer was sent and is kept, and only the update itself was not noted."""
        sent = self._receipts.of(update.update_id)
        return bool(sent) and await self._run(self._kept.shows, sent[-1].chat, sent[-1].message)

    async def _note(self, identity: int) -> None:
        """Note that an update is handled, as soon as that is possible."""
        self._unnoted.add(identity)
        if identity not in self._unkept:
            with suppress(SQLAlchemyError):
                await self._run(self._kept.done, identity)
                self._unnoted.discard(identity)
                self._receipts.forget(identity)


def kind_of(update: Update) -> str:
    """What an update is about, as Telegram calls it."""
    return next((kind for kind in ASKED_FOR if getattr(update, kind)), "other")


def number_of(fields: object) -> int | None:
    """The number of an update; None for what can be none."""
    identity = fields.get("update_id") if isinstance(fields, dict) else None
    is_number = isinstance(identity, int) and 0 <= identity < LARGEST
    return identity if is_number and isinstance(identity, int) else None
