"""The heartbeat of a process: it renews the lease, and passes on what it hears of the others."""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.cluster.leadership import Leadership
from bot.cluster.process_lease import News, ProcessLease
from bot.monitoring.liveness import Liveness
from bot.storage.database.postgres import ConnectionLostError

LISTEN_AGAIN_SECONDS = 0.3
AWAY = "the database cannot be reached; the log says why"

log = logging.getLogger(__name__)


class Heartbeat:
    """Keeps a process among the others, in a thread of its own."""

    def __init__(self, lease: ProcessLease, leadership: Leadership, liveness: Liveness) -> None:
        self._lease = lease
        self._leadership = leadership
        self._liveness = liveness
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lease")
        self._is_away = False

    async def beat(self) -> News:
        """Renew the lease; what was heard. Raises ConnectionLostError."""
        loop = asyncio.get_running_loop()
        news = await loop.run_in_executor(self._thread, self._lease.tick)
        if self._is_away:  # whatever was called meanwhile was not heard
            log.warning("this process is among the others again")
            self._is_away, news = False, replace(news, calls=(*news.calls, ""))
        is_leader = self._lease.is_leader
        if is_leader and not self._leadership.is_held:
            log.info("this process leads")
        self._leadership.note(is_held=is_leader)
        if not is_leader:
            self._liveness.beat()
        return news

    async def keep_on(self, heed: Callable[[News], None]) -> None:
        """Beat until it is cancelled, also if the database goes away; `heed` what is heard."""
        while True:
            try:
                heed(await self.beat())
            except ConnectionLostError as error:
                self._note_away(error)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)
            except Exception:  # the lease would end, and nobody would know why
                log.exception("the other processes cannot be heard; it is tried again")
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    async def end(self) -> None:
        """Give the lease up."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._lease.leave)
        self._thread.shutdown()

    def _note_away(self, error: ConnectionLostError) -> None:
        if not self._is_away:
            log.warning("not among the other processes: %s", error)
        self._is_away = True
        self._leadership.note(is_held=False)
        self._liveness.falter(AWAY)
