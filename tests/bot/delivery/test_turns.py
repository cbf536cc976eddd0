"""Messages go out one after the other, unless that would take too long."""

import asyncio
import time

from bot.delivery.turns import Turns


def test_one_message_is_on_its_way_at_a_time():
    """Where each arrives at once."""

    async def main():
        turns, under_way, most = Turns(), 0, 0

        async def send():
            nonlocal under_way, most
            async with turns:
                under_way += 1
                most = max(most, under_way)
                await asyncio.sleep(0)
                under_way -= 1

        await asyncio.gather(*(send() for _ in range(50)))
        return most

    assert asyncio.run(main()) == 1


def test_nobody_waits_for_a_message_that_hangs():
    """Longer than a moment."""

    async def main():
        turns = Turns()

        async def hang():
            async with turns:
                await asyncio.sleep(60)

        hanging = asyncio.ensure_future(hang())
        await asyncio.sleep(0)
        begun = time.perf_counter()
        for _ in range(3):
            async with turns:
                pass
        hanging.cancel()
        return time.perf_counter() - begun

    assert asyncio.run(main()) < 2
