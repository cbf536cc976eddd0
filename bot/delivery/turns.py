"""How many messages are on their way at once? One, while that is as fast as Telegram allows."""

import asyncio
from contextlib import suppress
from types import TracebackType

NEXT_SECONDS = 1 / 30  # Telegram takes thirty messages a second


class Turns:
    """Lets one message go out after the other; each waits a thirtieth of a second at most.

    Of a message that is on its way when the process is killed nobody knows whether it arrived, so
    it has to be looked for: the fewer at a time the better. Where answers come fast, one at a time
    is as fast as many; where the network is slow, or one hangs, the next does not wait for it.
    """

    def __init__(self) -> None:
        self._next = asyncio.Lock()
        self._is_free = asyncio.Event()
        self._is_free.set()
        self._under_way = 0

    async def __aenter__(self) -> None:
        async with self._next:
            if not self._is_free.is_set():
                with suppress(TimeoutError):
                    async with asyncio.timeout(NEXT_SECONDS):
                        await self._is_free.wait()
            self._under_way += 1
            self._is_free.clear()

    async def quiet(self, seconds: float) -> None:
        """Wait until nothing is under way, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_free.wait()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._under_way -= 1
        if not self._under_way:
            self._is_free.set()
