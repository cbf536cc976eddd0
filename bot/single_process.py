"""A bot that is a single process; `bot.cluster.sharing` is its counterpart for several."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext

from sqlalchemy import Engine

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers.dependencies import BotState, own_state
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.intake.inbox import Inbox
from bot.intake.update_sources import UpdateSource
from bot.monitoring.metrics import Metrics
from bot.settings.settings import Settings
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore
from bot.storage.worker_thread import WorkerThread


class SingleProcess:
    """A bot that is one process: it keeps in memory and in its folder what is its own."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        self.limiter = RateLimiter(metrics)
        self._folder = settings.data

    def open(self, database: Engine, worker: WorkerThread) -> BotState:
        """What is kept beside the database; raises StorageError."""
        self._worker = worker
        self.updates = UpdateStore(database)
        self.receipts = Receipts(self._folder)
        return own_state(database)

    def close(self) -> None:
        """Close the files."""
        self.receipts.close()

    def source(self, source: UpdateSource) -> UpdateSource:
        """That source: there is nobody to share it with."""
        return source

    def make_inbox(
        self, bot: FootnoteBot, dispatcher: UpdateDispatcher, metrics: Metrics
    ) -> Inbox:
        """The inbox, which hands on all that comes in."""
        kept = self.updates, self.receipts, self._worker
        return Inbox(bot, *kept, dispatcher.has_handler, dispatcher.handle, metrics)

    def joined(self) -> AbstractAsyncContextManager[None]:
        """Nothing: there is nobody to join."""
        return nullcontext()

    async def lead(self, work: Callable[[], Awaitable[int]]) -> int:
        """What the work returns."""
        return await work()
