"""Places for new messages on their way: 30 within a second, and none once the program ends."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.delivery.retry_policy import ShuttingDownError
from bot.delivery.telegram_limits import ALL_MESSAGES, ALL_SECONDS

CLOSED = "the program ends; it is sent after the next start"


class SendingPlaces:
    """Lets as many messages out within a second as Telegram takes from a bot."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(ALL_MESSAGES)
        self._under_way: set[asyncio.Future[None]] = set()
        self._is_closed = False

    @asynccontextmanager
    async def take(self) -> AsyncIterator[None]:
        """A place until the end of the block; it is free again a second later.

        Raises ShuttingDownError once they are closed.
        """
        await self._places.acquire()
        answered = asyncio.get_running_loop().create_future()
        self._under_way.add(answered)
        try:
            if self._is_closed:
                raise ShuttingDownError(CLOSED)
            yield
        finally:
            self._under_way.discard(answered)
            answered.set_result(None)
            answered.get_loop().call_later(ALL_SECONDS, self._places.release)

    async def close(self, seconds: float) -> None:
        """Admit no more messages, and wait for those on their way, for some seconds at most."""
        self._is_closed = True
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
