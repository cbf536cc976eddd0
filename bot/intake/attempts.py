"""Attempts at an update in one run: it is retried with backoff, until handled or given up.

How often it may end the program before it is a dead letter is in `inbox.py`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass

from telegram import Update
from telegram.error import RetryAfter

from bot.delivery.retry_policy import is_outcome_unknown, may_pass, seconds_to_wait
from retrieval.errors import SearchOutageError

FIRST_RETRY_SECONDS = 5.0  # doubles with each attempt
MOST_RETRY_SECONDS = 300.0
DOUBTFUL_RETRY_SECONDS = 60.0  # until what may have been said twice by now is tried once more
FIRST_SEARCH_RETRY_SECONDS = 1.0  # while the articles cannot be searched
MOST_SEARCH_RETRY_SECONDS = 15.0
MOST_RETRIES_IN_VAIN = 3

Handle = Callable[[Update], Awaitable[Exception | None]]


@dataclass(frozen=True, slots=True)
class Handled:
    """An update is handled, or is a dead letter for that error."""

    error: Exception | None = None


class Attempts:
    """Handles updates, each again and again until there is an outcome.

    `handle` returns the error for which an update could not be handled, or None. If that may pass,
    the update is retried; otherwise, or if it was retried in vain while others got through, it is
    a dead letter. While the articles cannot be searched, it is retried until they can.
    """

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._stop = asyncio.Event()
        self._arrivals = 0

    def note_arrival(self) -> None:
        """Note that Telegram is in reach."""
        self._arrivals += 1

    def stop(self) -> None:
        """Begin nothing a second time."""
        self._stop.set()

    async def handle(self, update: Update) -> Handled | None:
        """What became of the update; None if it is left for the next start."""
        pause, in_vain, arrivals = FIRST_RETRY_SECONDS, 0, self._arrivals
        search_pause = FIRST_SEARCH_RETRY_SECONDS
        while True:
            error = await self._handle(update)
            if error is None or not may_pass(error) or update.inline_query is not None:
                return Handled(error)
            if self._stop.is_set():
                return None
            if isinstance(error, SearchOutageError):
                await self._pause(search_pause)
                search_pause = min(MOST_SEARCH_RETRY_SECONDS, 2 * search_pause)
                continue
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            elif arrivals != self._arrivals:  # Telegram was in reach meanwhile
                in_vain, arrivals = in_vain + 1, self._arrivals
            if in_vain == MOST_RETRIES_IN_VAIN:
                return Handled(error)
            least = DOUBTFUL_RETRY_SECONDS if is_outcome_unknown(error) else 0
            await self._pause(max(pause, least))
            pause = min(MOST_RETRY_SECONDS, 2 * pause)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)
