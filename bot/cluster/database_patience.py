"""Repeats a call while the database is away, for whatever needs it to go on."""

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import SQLAlchemyError

from bot.storage.database.outage_tolerance import is_outage
from bot.storage.worker_thread import WorkerThread

CALL_AGAIN_SECONDS = 0.3

Given = ParamSpec("Given")
Found = TypeVar("Found")


async def run_patiently(
    worker: WorkerThread,
    call: Callable[Given, Found],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Found:
    """What the call returns in the worker's thread; while the database is away, it is repeated.

    Whoever is to wait no longer is cancelled.
    """
    while True:
        try:
            return await worker.run(call, *args, **kwargs)
        except SQLAlchemyError as error:
            if not is_outage(error):
                raise
        await asyncio.sleep(CALL_AGAIN_SECONDS)
