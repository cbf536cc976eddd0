"""One of the processes of a bot: it listens, claims lanes, and leads if nobody else does."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError

from bot.cluster.lane_store import LaneStore
from bot.cluster.leader_sources import Work
from bot.cluster.process_lease import TICK_SECONDS, ProcessLease, News
from bot.cluster.shared.shared_inbox import SharedInbox
from bot.cluster.shared.shared_receipts import SharedReceipts
from bot.monitoring.liveness import Liveness
from bot.storage.database.postgres import ConnectionLostError
from bot.storage.worker_thread import WorkerThread

MOST_AT_WORK = 64  # updates; who has fewer claims more lanes
CLAIM_SECONDS = 2.0  # in case a call was not heard
TIDY_SECONDS = 60.0
LISTEN_AGAIN_SECONDS = 0.3
AWAY = "the database cannot be reached; the log says why"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """What a process has of the bot: its inbox, and what that stands on.

    `hear` heeds what another process calls, in the worker's thread; `tidy` is for each minute.
    """

    inbox: SharedInbox
    lanes: LaneStore
    receipts: SharedReceipts
    worker: WorkerThread
    hear: Callable[[str], None]
    tidy: Callable[[], Awaitable[None]]


class BotProcess:
    """One of the processes of a bot, from its joining until it leaves.

    `stop` is set once it is to claim nothing more.
    """

    def __init__(self, lease: ProcessLease, liveness: Liveness, stop: asyncio.Event) -> None:
        self._lease = lease
        self._liveness = liveness
        self._stop = stop
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="lease")
        self._called = asyncio.Event()
        self._leads = asyncio.Event()
        self._follows = asyncio.Event()
        self._is_away = False
        self._may_be_free = True
        self._to_heed: deque[str] = deque()

    @property
    def is_leader(self) -> bool:
        """Whether this is the one that does what is done once."""
        return self._leads.is_set()

    async def lead(self, work: Work) -> int:
        """What the work returns that is done while this process leads; 0 if it never does."""
        while not self._stop.is_set():
            await _first(None, self._leads.wait(), self._stop.wait())
            if self._stop.is_set():
                break
            working = asyncio.ensure_future(work())
            try:
                await _first(None, asyncio.shield(working), self._follows.wait())
                if working.done():
                    return working.result()
            finally:
                working.cancel()
            await asyncio.wait({working})
        return 0

    @asynccontextmanager
    async def joined(self, share: Share) -> AsyncIterator[None]:
        """Be one of the processes until the end of the block.

        Raises ConnectionLostError if the database cannot be reached at the start.
        """
        await self._tick()
        tasks = [
            asyncio.create_task(self._listen(share)),
            asyncio.create_task(self._claim_when_called(share)),
            asyncio.create_task(self._tidy_up(share)),
        ]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self._thread, self._lease.leave)
            self._thread.shutdown()

    async def _listen(self, share: Share) -> None:
        """Keep the number, and hear what the others call."""
        while True:
            try:
                news = await self._tick()
            except ConnectionLostError as error:
                self._note_away(error)
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)
                continue
            except Exception:  # the lease would end, and nobody would know why
                log.exception("the other processes cannot be heard; it is tried again")
                await asyncio.sleep(LISTEN_AGAIN_SECONDS)
                continue
            if news.is_renumbered:
                log.warning("taken for dead: what was begun here is another process's by now")
                share.inbox.abandon()
            for call in news.calls:
                if call.strip("0123456789"):  # neither all are called nor one of them
                    self._to_heed.append(call)
                    self._called.set()
            if news.dead or "" in news.calls:
                self._may_be_free = True
                self._called.set()
            if str(self._lease.number) in news.calls:
                self._called.set()

    async def _tick(self) -> News:
        loop = asyncio.get_running_loop()
        news = await loop.run_in_executor(self._thread, self._lease.tick)
        if self._is_away:
            log.warning("this process is among the others again")
            self._is_away, self._may_be_free = False, True
            self._called.set()
        is_leader = self._lease.is_leader
        if is_leader and not self._leads.is_set():
            log.info("this process leads")
        for event, is_set in ((self._leads, is_leader), (self._follows, not is_leader)):
            event.set() if is_set else event.clear()
        if not is_leader:
            self._liveness.beat()
        return news

    def _note_away(self, error: ConnectionLostError) -> None:
        if not self._is_away:
            log.warning("not among the other processes: %s", error)
        self._is_away = True
        self._leads.clear()
        self._follows.set()
        self._liveness.falter(AWAY)

    async def _tidy_up(self, share: Share) -> None:
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            with suppress(SQLAlchemyError):  # which the storage logs
                await share.tidy()

    async def _claim_when_called(self, share: Share) -> None:
        while True:
            if self._stop.is_set():
                await asyncio.sleep(TICK_SECONDS)
            elif not await _first(CLAIM_SECONDS, self._called.wait(), self._stop.wait()):
                self._may_be_free = True
            self._called.clear()
            try:
                await self._claim(share)
            except SQLAlchemyError:  # which the storage logs; looked at again soon
                self._may_be_free = True
            except Exception:
                log.exception("what waits cannot be claimed; it is tried again")
                await asyncio.sleep(CLAIM_SECONDS)

    async def _claim(self, share: Share) -> None:
        """Hand on what waits in the own lanes, and take free ones, if there may be any."""
        inbox, number = share.inbox, self._lease.number
        while self._to_heed:
            await share.worker.run(share.hear, self._to_heed.popleft())
        await inbox.note_again()
        if self._stop.is_set():
            await share.worker.run(share.lanes.hand_over, inbox.handed_on)
            return
        may_be_free, self._may_be_free = self._may_be_free, False
        most = MOST_AT_WORK - inbox.at_work if may_be_free else 0
        claims = await share.worker.run(share.lanes.claim, most, inbox.handed_on)
        if number != self._lease.number:
            return
        for one in claims.updates:
            share.receipts.learn(one.update.number, one.sent)
            await inbox.resume(one.update)
        if not claims.may_be_all:
            self._may_be_free = True
            self._called.set()


async def _first(seconds: float | None, *waits: Awaitable[object]) -> bool:
    """Whether one of these was over within so many seconds; all are cancelled then."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        over, _ = await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        return bool(over)
    finally:
        for task in tasks:
            task.cancel()
