"""Lets a bot that runs answer from what has changed in its articles, soon after.

How often it looks is said by what it looks at: `bot/indexing/collection_source.py`, or
`published_source.py` there.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.composing.pipeline import Pipeline
from bot.composing.pipeline_source import Renewable
from bot.storage.paragraph_history import ParagraphHistory
from bot.storage.worker_thread import WorkerThread

WAKE_SECONDS = 10

log = logging.getLogger(__name__)


@dataclass(slots=True)
class ArticleWatch:
    """Renews a pipeline between two calls of the worker's thread, so that none sees both states.

    `wake` has the vectors made that are missing.
    """

    source: Renewable[Pipeline]
    pipeline: Pipeline
    worker: WorkerThread
    database: Engine
    wake: Callable[[], None] = lambda: None

    async def look(self) -> None:
        """Look once, and take over what has changed."""
        found = await asyncio.to_thread(self.source.renewed)
        if found is not None:
            await self.worker.run(self._take_over, found)

    async def watch(self) -> None:
        """Look again and again, until it is cancelled."""
        woken = time.monotonic()
        while True:
            await asyncio.sleep(min(self.source.pause, WAKE_SECONDS))
            await self.look()
            vectors = self.pipeline.vectors
            if vectors is None or time.monotonic() - woken < WAKE_SECONDS:
                continue
            woken = time.monotonic()
            if not vectors.progress.is_complete:
                self.wake()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watch beside the block; what stops that is logged."""
        task = asyncio.create_task(self.watch())
        task.add_done_callback(_log_end)
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task

    def _take_over(self, found: Pipeline) -> None:
        self.pipeline.renew(found)
        ParagraphHistory(self.database, self.pipeline).record(time.time())


def _log_end(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and task.exception() is not None:
        log.error("changes of the articles are not seen any more", exc_info=task.exception())
