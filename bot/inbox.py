"""How is no update lost? Each is on disk before it is confirmed, until it is handled."""

import asyncio
import logging
import time
import traceback
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter, TelegramError

from bot.calls import FootnoteBot
from bot.dispatch import Dispatcher
from bot.flood import seconds_to_wait
from bot.logs import about_update
from bot.metrics import Metrics
from bot.objects import JsonObject
from bot.retries import may_pass
from bot.said import SAID, Said, Sent
from bot.storage.receipts import Receipts
from bot.storage.updates import Updates, Waiting
from bot.wire import ASKED_FOR
from bot.worker import Worker

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
LARGEST = 2**63
MOST_TRIES = 3
MOST_WAITING = 10_000
MOST_AT_WORK = 256  # of those; what waits for Telegram does not count
ALONE_SECONDS = 5.0
LONGEST_ERROR = 300
KILLED = f"the program ended each time it was handled, {MOST_TRIES} times after a restart"
UNREADABLE = "it cannot be read"

# Keeps updates as they came; False if they cannot be kept.
Take = Callable[[Sequence[JsonObject]], Awaitable[bool]]

log = logging.getLogger(__name__)


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `is_wanted` says whether the bot does anything with an update: nothing else is kept. `handle`
    returns the error for which an update could not be handled, or None. If that may pass, the
    update is tried again, and its chat waits until then; otherwise, or if it
    is tried in vain though others get through, it is set aside with its error. What is typed
    inline is of no use later, and never kept. An update that arrives twice is handled once. What
    is sent for one is noted in `receipts` as soon as Telegram has said that it is, so a kill
    repeats only those answers of which it had not said so yet.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its two ends
        self,
        bot: FootnoteBot,
        kept: Updates,
        receipts: Receipts,
        worker: Worker,
        is_wanted: Callable[[Update], bool],
        handle: Callable[[Update], Awaitable[Exception | None]],
        metrics: Metrics,
    ) -> None:
        bot.keep(receipts)
        self._bot = bot
        self._kept = kept
        self._receipts = receipts
        self._run = worker.run
        self._is_wanted = is_wanted
        self._handle = handle
        self._dispatcher = Dispatcher(self._take_care_of)
        self._places = asyncio.Semaphore(MOST_AT_WORK)
        self._stop = asyncio.Event()
        self._unkept: set[int] = set()  # handed on, though they could not be kept
        self._unnoted: dict[int, str | None] = {}  # handled or set aside, which could not be noted
        self._recovered: set[int] = set()  # from an earlier run
        self._arrivals = 0
        self._metrics = metrics
        self._came: dict[int, float] = {}  # since when each waits, the oldest first
        metrics.watch_queue(lambda: len(self._came), self._age)

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended.

        What was begun before, which may be why it ended, is handled alone, the least suspect
        first: so it ends for nobody but the one to blame, which is set aside then.
        """
        waiting = await self._run(self._kept.waiting)
        self._receipts.keep_only([one.number for one in waiting])
        begun = sorted((one for one in waiting if one.tries), key=lambda one: one.tries)
        until = time.monotonic() + ALONE_SECONDS
        for one in begun:
            await self._resume(one)
            await self._dispatcher.finish(max(0.0, until - time.monotonic()))
        for one in waiting:
            if not one.tries:
                await self._resume(one)

    async def _resume(self, one: Waiting) -> None:
        """Let an update of an earlier run be handled, unless that has ended too many runs."""
        if await self._is_over(one.number):
            await self._end(one.number, None)
            return
        update = self._bot.read(one.fields) if one.tries < MOST_TRIES else None
        if update is None:
            with about_update(one.number):
                await self._end(one.number, KILLED if one.tries >= MOST_TRIES else UNREADABLE)
        else:
            self._recovered.add(one.number)
            self._hand_on(update)

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new.

        False if they cannot be kept and are not handled yet: they must come again then. Nor are
        they taken where too many wait already: Telegram holds them for a day.
        """
        if self._dispatcher.left >= MOST_WAITING:
            log.warning("%d updates wait to be handled; no more are taken", self._dispatcher.left)
            return False
        self._arrivals += 1
        updates: dict[int, tuple[JsonObject, Update]] = {}
        inline: set[int] = set()
        for fields in fetched:
            update = self._wanted(fields)
            if update is not None and update.inline_query is not None:
                if update.update_id not in self._unkept:
                    self._hand_on(update)
                inline.add(update.update_id)
            elif update is not None:
                updates[update.update_id] = fields, update
        self._bot.hear()
        return not updates or await self._keep(updates, inline)

    async def _keep(self, updates: dict[int, tuple[JsonObject, Update]], inline: set[int]) -> bool:
        """Keep updates and hand on the new ones; `inline` came with them, and is not kept."""
        try:
            new = await self._run(self._kept.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError:  # which the storage logs
            self._hand_on_all(u for _, u in updates.values() if u.update_id not in self._unkept)
            self._unkept |= updates.keys() | inline
            are_handled = updates.keys() <= self._unnoted.keys()
            if are_handled:  # they are confirmed now, and never come again
                self._unkept -= updates.keys() | inline
                for number in updates:
                    del self._unnoted[number]
                    self._receipts.forget(number)
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
        left = await self._dispatcher.finish(seconds)
        if self._recovered:  # none of them has ended the program
            await self._survive(self._recovered)
        return left

    def _wanted(self, fields: JsonObject) -> Update | None:
        """The update, if it can be read and something is to be done about it."""
        update = self._bot.read(fields) if number_of(fields) is not None else None
        try:
            return update if update is not None and self._is_wanted(update) else None
        except Exception:  # whatever it was made of
            with about_update(number_of(fields)):
                log.warning("an update cannot be read and is passed over", exc_info=True)
            return None

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
        """Handle it, again and again if need be; False if it is set aside or left for later."""
        pause, in_vain, arrivals = FIRST_PAUSE, 0, self._arrivals
        while True:
            error = await self._once(update)
            if update.inline_query is not None:
                return error is None
            if error is None or not may_pass(error):
                break
            if self._stop.is_set():
                return False
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            elif arrivals != self._arrivals:  # Telegram was in reach meanwhile
                in_vain, arrivals = in_vain + 1, self._arrivals
            if in_vain == MOST_TRIES:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        await self._end(update.update_id, described(error) if error else None)
        return error is None

    async def _once(self, update: Update) -> Exception | None:
        """Handle it; where the program may have ended over it before, that is counted first."""
        if update.update_id not in self._recovered:
            return await self._handle_noting(update)
        await self._count(update.update_id)
        error = await self._handle_noting(update)
        await self._survive([update.update_id])
        return error

    async def _handle_noting(self, update: Update) -> Exception | None:
        """Handle it, with what was sent for it before, and noting what is sent for it now."""
        number = update.update_id
        before = deque(self._receipts.of(number))
        SAID.set(Said(number, before, partial(self._away, number)))
        async with self._places:
            return await self._handle(update)

    @asynccontextmanager
    async def _away(self, number: int) -> AsyncIterator[None]:
        """While Telegram is asked something for an update, another one has its place.

        Nor is it what ends the program, if that ends meanwhile.
        """
        if number in self._recovered:
            await self._count(number, -1)
        self._places.release()
        try:
            yield
        finally:
            await self._places.acquire()
        if number in self._recovered:
            await self._count(number)

    async def _count(self, number: int, tries: int = 1) -> None:
        with suppress(SQLAlchemyError):
            await self._run(self._kept.begin, number, tries)

    async def _is_over(self, number: int) -> bool:
        """Whether its answer was sent and is kept, and only the update itself was not noted."""
        match self._receipts.of(number):
            case [*_, Sent() as last]:
                return await self._run(self._kept.shows, last.chat, last.message)
        return False

    async def _survive(self, numbers: Collection[int]) -> None:
        with suppress(SQLAlchemyError):
            await self._run(self._kept.survive, numbers)

    async def _end(self, number: int, error: str | None) -> None:
        """An update is handled, or set aside for that error."""
        self._recovered.discard(number)
        if error:
            log.warning("set aside: %s", error)
        self._unnoted[number] = error
        await self._note(number)

    async def _note(self, number: int) -> None:
        """Note what became of an update, as soon as that is possible."""
        if number not in self._unkept and number in self._unnoted:
            with suppress(SQLAlchemyError):
                await self._run(self._kept.done, number, self._unnoted[number])
                self._unnoted.pop(number, None)
                self._receipts.forget(number)


def kind_of(update: Update) -> str:
    """What an update is about, as Telegram calls it."""
    return next((kind for kind in ASKED_FOR if getattr(update, kind)), "other")


def described(error: Exception) -> str:
    """What went wrong, in Telegram's words, or where in the code: no word of what was asked."""
    if isinstance(error, TelegramError):
        return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def number_of(fields: object) -> int | None:
    """The number of an update; None for what can be none."""
    identity = fields.get("update_id") if isinstance(fields, dict) else None
    if not isinstance(identity, int) or isinstance(identity, bool):
        return None
    return identity if 0 <= identity < LARGEST else None
