"""Puts together what a process needs to share a bot with others."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cluster.agreements import Agreements
from bot.cluster.heartbeat import Heartbeat
from bot.cluster.lane_claimer import LaneClaimer
from bot.cluster.lane_store import LaneStore
from bot.cluster.leader_sources import LeaderPolling, SharedWebhookSource
from bot.cluster.leadership import Leadership, Work
from bot.cluster.process_lease import ProcessLease
from bot.cluster.shared.shared_inbox import SharedInbox
from bot.cluster.shared.shared_limits import SharedPace, SharedUserLimiter
from bot.cluster.shared.shared_rate_limiter import SharedRateLimiter
from bot.cluster.shared.shared_receipts import SharedReceipts
from bot.cluster.shared.shared_state import LANGUAGE, SharedAnswerStore, SharedChatLanguages
from bot.delivery.footnote_bot import FootnoteBot
from bot.handlers.dependencies import BotState
from bot.handlers.update_dispatcher import UpdateDispatcher
from bot.intake.update_sources import UpdateSource, WebhookSource
from bot.monitoring.liveness import Liveness
from bot.monitoring.metrics import Metrics
from bot.settings.settings import Settings
from bot.storage.database.engine import name_of
from bot.storage.database.postgres import ConnectionLostError, make_fleeting
from bot.storage.database.storage_errors import broken
from bot.storage.worker_thread import WorkerThread

A_MINUTE = 60.0


class Sharing:
    """A process's share in a bot: first its rate limiter, then its stores, then its part in it."""

    def __init__(
        self, settings: Settings, metrics: Metrics, liveness: Liveness, stop: asyncio.Event
    ) -> None:
        self._settings = settings
        self._lease = ProcessLease(settings.database_url)
        self.limiter = SharedRateLimiter(metrics, self._lease)
        self._leadership = Leadership(stop)
        self._heartbeat = Heartbeat(self._lease, self._leadership, liveness)
        self._stop = stop
        metrics.watch_processes(lambda: self._lease.processes, lambda: self._leadership.is_held)

    def open(self, database: Engine, worker: WorkerThread) -> BotState:
        """What is kept in the database; raises StorageError if that is another bot's."""
        self._worker = worker
        self._agreements = Agreements(database)
        place = name_of(None, self._settings.database_url)
        self._agreements.check_bot(self._settings.telegram_token, place)
        self.updates = LaneStore(database, lambda: self._lease.number)
        self.receipts = SharedReceipts(self.updates, worker)
        self._fleeting = make_fleeting(self._settings.database_url)
        self._counter = WorkerThread()  # so that no count waits for an answer, nor for a standby
        pace = SharedPace(self._fleeting, lambda: self._lease.number)
        self.limiter.share(pace, self._counter)
        self._answers, self._languages = SharedAnswerStore(database), SharedChatLanguages(database)
        self._limits = SharedUserLimiter(self._fleeting, self._counter)
        return BotState(
            self._answers,
            self._languages,
            self._limits,
            lambda: self._leadership.is_held,
            is_shared=True,
        )

    def make_inbox(
        self, bot: FootnoteBot, dispatcher: UpdateDispatcher, metrics: Metrics
    ) -> SharedInbox:
        """The inbox, which hands on what this process has claimed."""
        kept = self.updates, self.receipts, self._worker
        self._inbox = SharedInbox(bot, *kept, dispatcher.has_handler, dispatcher.handle, metrics)
        return self._inbox

    def close(self) -> None:
        """Close the connection for what is counted."""
        self._counter.close()
        self._fleeting.dispose()

    def source(self, source: UpdateSource) -> UpdateSource:
        """The same source, with Telegram left to the process that leads."""
        if not isinstance(source, WebhookSource):
            return LeaderPolling(source, self._leadership.lead)
        secret = source.secret or self._agreements.webhook_secret()
        return SharedWebhookSource(
            source.url,
            secret,
            source.listener,
            self._leadership.lead,
            self._agreements,
            self._worker,
        )

    @asynccontextmanager
    async def joined(self) -> AsyncIterator[None]:
        """Be one of the processes until the end of the block; raises StorageError."""
        claimer = LaneClaimer(
            self._lease, self.updates, self.receipts, self._inbox, self._worker, self._hear,
            self._stop,
        )  # fmt: skip
        try:
            await self._heartbeat.beat()
        except ConnectionLostError as error:
            raise broken(name_of(None, self._settings.database_url), error) from error
        jobs = self._heartbeat.keep_on(claimer.heed), claimer.keep_on(), self._tidy_each_minute()
        tasks = [asyncio.create_task(job) for job in jobs]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._heartbeat.end()

    async def lead(self, work: Work) -> int:
        """What the work returns that is done while this process leads; 0 if it never does."""
        return await self._leadership.lead(work)

    def _hear(self, call: str) -> None:
        """Heed what another process has called; in the worker's thread."""
        self._answers.hear(call)
        if call == LANGUAGE:
            self._languages.reload()

    async def _tidy_each_minute(self) -> None:
        while True:
            await asyncio.sleep(A_MINUTE)
            with suppress(SQLAlchemyError):  # which the storage logs
                await self._worker.run(self.updates.release_idle)
                await self._worker.run(self._languages.reload)
                await self._counter.run(self._limits.forget_before, time.time())
