"""The thread for retrieval and storage, off the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")


class WorkerThread:
    """Runs one call after the other, off the event loop: stemmers are not made for two at once."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="retrieval")

    async def run(
        self, call: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
    ) -> Found:
        """What the call returns; what it raises is raised here."""
        loop = asyncio.get_running_loop()
        here = copy_context()  # so that what is logged there says which update it is about
        return await loop.run_in_executor(self._thread, lambda: here.run(call, *args, **kwargs))

    def close(self) -> None:
        """End the thread once what it has begun is done; what only waits for it is cancelled.

        Nothing is lost by that: an update that is not noted as handled is handled after the next
        start.
        """
        self._thread.shutdown(cancel_futures=True)
