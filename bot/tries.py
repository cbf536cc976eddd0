"""How is an update handled, again and again if need be, and is it what ends the program?"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter

from bot.flood import seconds_to_wait
from bot.retries import may_pass
from bot.said import SAID, Said
from bot.storage.receipts import Receipts
from bot.storage.updates import Updates
from bot.worker import Worker

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
MOST_TRIES = 3
MOST_AT_WORK = 256  # updates; what waits for Telegram does not count

Handle = Callable[[Update], Awaitable[Exception | None]]


@dataclass(frozen=True, slots=True)
class Over:
    """An update is handled, or cannot be for that error."""

    error: Exception | None


class Tries:
    """Handles updates, and what fails again and again until it is over.

    `handle` returns the error for which an update could not be handled, or None. If that may pass,
    the update is tried again; otherwise, or if it is tried in vain though others get through, it
    is over with its error. An update of an earlier run, which may have ended that, is counted as
    begun while it is at work.
    """

    def __init__(self, kept: Updates, receipts: Receipts, worker: Worker, handle: Handle) -> None:
        self._kept = kept
        self._receipts = receipts
        self._run = worker.run
        self._handle = handle
        self._places = asyncio.Semaphore(MOST_AT_WORK)
        self._stop = asyncio.Event()
        self._recovered: set[int] = set()  # from an earlier run
        self._arrivals = 0

    def note_arrival(self) -> None:
        """Note that Telegram is in reach."""
        self._arrivals += 1

    def suspect(self, number: int) -> None:
        """Note that an update was begun, perhaps, when an earlier run ended."""
        self._recovered.add(number)

    def acquit(self, number: int) -> None:
        """Note that it was not the one to blame."""
        self._recovered.discard(number)

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
            if in_vain == MOST_TRIES:
                return Over(error)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)

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
        SAID.set(Said(number, deque(self._receipts.of(number)), partial(self._away, number)))
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

    async def _survive(self, numbers: Collection[int]) -> None:
        with suppress(SQLAlchemyError):
            await self._run(self._kept.survive, numbers)
