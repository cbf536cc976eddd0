"""Telegram's limits, kept by all processes together; a process that may be dead sends nothing."""

import asyncio
from typing import Any

from bot.cluster.database_patience import run_patiently
from bot.cluster.process_lease import ProcessLease
from bot.cluster.shared.shared_limits import SharedPace
from bot.delivery.rate_limiter import Call, RateLimiter
from bot.delivery.retry_policy import ShuttingDownError
from bot.monitoring.metrics import Metrics
from bot.storage.worker_thread import WorkerThread

TAKEN_FOR_DEAD = "this process may count as dead; another one sends it"


class SharedRateLimiter(RateLimiter):
    """Lets a message out when it is its turn among those of all processes.

    While the database is away, nothing is sent: nobody knows then who sends what.
    """

    def __init__(self, metrics: Metrics, lease: ProcessLease) -> None:
        super().__init__(metrics)
        self._lease = lease
        self._pace: SharedPace | None = None
        self._worker: WorkerThread | None = None

    def share(self, pace: SharedPace, worker: WorkerThread) -> None:
        """Keep that pace from now on, which is looked up in the worker's thread."""
        self._pace, self._worker = pace, worker

    async def _send(self, call: Call, chat: int) -> Any:  # noqa: ANN401  # as the library has it
        await self._wait_for_turn()

        async def call_if_sure() -> Any:  # noqa: ANN401
            if not self._lease.is_sure:
                raise ShuttingDownError(TAKEN_FOR_DEAD)
            return await call()

        return await super()._send(call_if_sure, chat)

    async def _wait_for_turn(self) -> None:
        if self._pace is None or self._worker is None:
            return
        wait = await run_patiently(self._worker, self._pace.reserve)
        if wait is None:
            raise ShuttingDownError(TAKEN_FOR_DEAD)
        await asyncio.sleep(wait)
