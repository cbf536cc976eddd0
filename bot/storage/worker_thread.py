"""The thread for retrieval and storage, off the event loop."""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from typing import ParamSpec, TypeVar

from bot.storage.data_folder.crash_suspect import CrashSuspect

Given = ParamSpec("Given")
Found = TypeVar("Found")

_update: ContextVar[int | None] = ContextVar("_update", default=None)


class WorkerThread:
    """Runs one call at a time, off the event loop; stemmers aren't safe for several threads.

    `suspect` learns which update a call is for, in case the program does not survive it.
    """

    def __init__(self, suspect: CrashSuspect | None = None) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="retrieval")
        self._suspect = suspect

    async def run(
        self, call: Callable[Given, Found], *args: Given.args, **kwargs: Given.kwargs
    ) -> Found:
        """Run the call in the thread; return what it returns, raise what it raises."""
        loop = asyncio.get_running_loop()
        here = copy_context()  # so that what is logged there says which update it is about
        work = partial(call, *args, **kwargs)
        return await loop.run_in_executor(self._thread, lambda: here.run(self._watched, work))

    @contextmanager
    def at_work_on(self, update: int) -> Iterator[None]:
        """Count the calls of this task as work on that update, until the end of the block."""
        token = _update.set(update)
        try:
            yield
        finally:
            _update.reset(token)

    def take_suspect(self) -> int | None:
        """The update that the last process was working on when it ended, if there was one."""
        return self._suspect.take() if self._suspect else None

    def close(self) -> None:
        """End the thread after the call that is running; cancel those that wait.

        Nothing is lost: an update that isn't noted as handled is handled after the next start.
        """
        self._thread.shutdown(cancel_futures=True)

    def _watched(self, work: Callable[[], Found]) -> Found:
        update = _update.get()
        if self._suspect is None or update is None:
            return work()
        self._suspect.mark(update)
        try:
            found = work()
        except Exception:
            self._suspect.mark(None)
            raise
        self._suspect.mark(None)
        return found
