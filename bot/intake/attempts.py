"""Attempts at an update: retries with backoff, and dead letters for what ends the program."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter

from bot.delivery.rate_limiter import seconds_to_wait
from bot.delivery.retry_policy import may_pass
from bot.delivery.sent_messages import SAID, Said
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore
from bot.storage.worker_thread import WorkerThread

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
MOST_IN_VAIN = 3
MOST_AT_WORK = 256  # updates; what waits for Telegram does not count

Handle = Callable[[Update], Awaitable[Exception | None]]


@dataclass(frozen=True, slots=True)
class Over:
    """An update is handled, or cannot be for that error."""

    error: Exception | None


class Attempts:
    """Handles updates, and what fails again and again until it is over.

    `handle` returns the error for which an update could not be handled, or None. If that may pass,
    the update is tried again; otherwise, or if it is tried in vain though others get through, it
    is over with its error. An update of an earlier run, which may have ended that, is counted as
    begun while it is at work; a second time only if it is alone at work then.
    """

    def __init__(
        self, kept: UpdateStore, receipts: Receipts, worker: WorkerThread, handle: Handle
    ) -> None:
        self._kept = kept
        self._receipts = receipts
        self._run = worker.run
        self._handle = handle
        self._places = asyncio.Semaphore(MOST_AT_WORK)
        self._stop = asyncio.Event()
        self._recovered: set[int] = set()  # from an earlier run
        self._unbegun: set[int] = set()  # of these
        self._counted: set[int] = set()  # of these, while they are at work
        self._at_work = 0
        self._awaited: dict[int, asyncio.Event] = {}
        self._arrivals = 0

    def note_arrival(self) -> None:
        """Note that Telegram is in reach."""
        self._arrivals += 1

    def suspect(self, number: int, *, was_begun: bool) -> None:
        """Note that an update is of an earlier run, which had begun it already or not."""
        self._recovered.add(number)
        if not was_begun:
            self._unbegun.add(number)

    async def until_at_rest(self, number: int, seconds: float) -> None:
        """Wait until an update is over, or waits for Telegram; at most so long."""
        event = self._awaited[number] = asyncio.Event()
        with suppress(TimeoutError):
            await asyncio.wait_for(event.wait(), seconds)

    def acquit(self, number: int) -> None:
        """Note that it was not the one to blame."""
        self._recovered.discard(number)
        self._unbegun.discard(number)

    def stop(self) -> None:
        """Begin nothing a second time."""
        self._stop.set()

    async def survive(self) -> None:
        """Note that none of those that were begun has ended the program."""
        if self._recovered:
            await self._survive(self._recovered)

    async def handle(self, update: Update) -> Over | None:
        """Handle it, again and again if need be; None if it is left for the next start."""
        pause, in_vain, arrivals = FIRST_PAUSE, 0, self._arrivals
        while True:
            error = await self._once(update)
            if error is None or not may_pass(error) or update.inline_query is not None:
                return Over(error)
            if self._stop.is_set():
                return None
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            elif arrivals != self._arrivals:  # Telegram was in reach meanwhile
                in_vain, arrivals = in_vain + 1, self._arrivals
            if in_vain == MOST_IN_VAIN:
                return Over(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)

    async def _once(self, update: Update) -> Exception | None:
        """Handle it, with what was sent for it before, and noting what is sent for it now."""
        number = update.update_id
        SAID.set(Said(number, deque(self._receipts.of(number)), partial(self._away, number)))
        await self._begin()
        try:
            await self._count_in(number)
            error = await self._handle(update)
            await self._count_out(number)
        finally:
            self._pause(number)
        if number in self._recovered:
            await self._survive([number])
        return error

    @asynccontextmanager
    async def _away(self, number: int) -> AsyncIterator[None]:
        """While Telegram is asked something for an update, another one has its place.

        Nor is it what ends the program, if that ends meanwhile.
        """
        await self._count_out(number)
        self._pause(number)
        try:
            yield
        finally:
            await self._begin()
        await self._count_in(number)

    async def _begin(self) -> None:
        await self._places.acquire()
        self._at_work += 1

    def _pause(self, number: int) -> None:
        self._at_work -= 1
        self._places.release()
        if event := self._awaited.pop(number, None):
            event.set()

    async def _count_in(self, number: int) -> None:
        """Count an update as begun, if it would be to blame for the end of the program."""
        is_alone = self._at_work == 1
        if number in self._unbegun or (is_alone and number in self._recovered):
            self._counted.add(number)
            await self._count(number, 1)

    async def _count_out(self, number: int) -> None:
        if number in self._counted:
            self._counted.discard(number)
            await self._count(number, -1)

    async def _count(self, number: int, tries: int) -> None:
        with suppress(SQLAlchemyError):
            await self._run(self._kept.begin, number, tries)

    async def _survive(self, numbers: Collection[int]) -> None:
        with suppress(SQLAlchemyError):
            await self._run(self._kept.survive, numbers)
