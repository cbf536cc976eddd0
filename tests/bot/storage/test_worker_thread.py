"""The thread in which the thinking is done."""

import asyncio
from threading import Event

from bot.storage.worker_thread import WorkerThread


def test_at_the_end_what_has_begun_is_finished_and_what_waits_is_dropped():
    """The end waits for one call, however many are queued."""
    begun, queued = asyncio.run(_end_with_a_queue())
    assert begun.result() is True
    assert queued.cancelled()


async def _end_with_a_queue():
    """One call that has begun and one that waits, when the worker is closed."""
    worker, begun, going = WorkerThread(), Event(), Event()

    def begin():
        begun.set()
        return going.wait(3)

    first = asyncio.create_task(worker.run(begin))
    second = asyncio.create_task(worker.run(int))
    await asyncio.to_thread(begun.wait)
    closing = asyncio.create_task(asyncio.to_thread(worker.close))
    await asyncio.wait([second])
    going.set()
    await closing
    await asyncio.wait([first])
    return first, second
