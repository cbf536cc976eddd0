"""The lane claimer: takes the lanes of chats in which something waits, and hands on what does."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.cluster.lane_store import LaneStore
from bot.cluster.process_lease import News, ProcessLease
from bot.cluster.shared.shared_inbox import SharedInbox
from bot.cluster.shared.shared_receipts import SharedReceipts
from bot.storage.worker_thread import WorkerThread

MOST_AT_WORK = 64  # updates; who has fewer claims more lanes
CLAIM_SECONDS = 2.0  # in case a call was not heard

log = logging.getLogger(__name__)


class LaneClaimer:
    """Claims lanes for the inbox of this process whenever another one calls.

    `hear` heeds other calls than those for lanes, in the worker's thread. Once `stop` is set,
    lanes are handed over instead.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what it stands between
        self,
        lease: ProcessLease,
        lanes: LaneStore,
        receipts: SharedReceipts,
        inbox: SharedInbox,
        worker: WorkerThread,
        hear: Callable[[str], None],
        stop: asyncio.Event,
    ) -> None:
        self._lease = lease
        self._lanes = lanes
        self._receipts = receipts
        self._inbox = inbox
        self._worker = worker
        self._hear = hear
        self._stop = stop
        self._called = asyncio.Event()
        self._called.set()
        self._may_be_free = True
        self._to_heed: deque[str] = deque()

    def heed(self, news: News) -> None:
        """Heed what was heard of the others; to be called at each beat."""
        if news.is_renumbered:
            log.warning("taken for dead: what was begun here is another process's by now")
            self._inbox.abandon()
        calls = set(news.calls)
        to_all, to_this = "" in calls, str(self._lease.number) in calls
        if news.dead or to_all:
            self._may_be_free = True
        others = [call for call in news.calls if call.strip("0123456789")]
        self._to_heed.extend(others)
        if news.dead or to_all or to_this or others or self._stop.is_set():
            self._called.set()

    async def keep_on(self) -> None:
        """Claim until it is cancelled, also if the database goes away."""
        while True:
            try:
                async with asyncio.timeout(CLAIM_SECONDS):
                    await self._called.wait()
            except TimeoutError:
                self._may_be_free = True
            self._called.clear()
            try:
                await self._claim()
            except SQLAlchemyError:  # which the storage logs; looked at again soon
                self._may_be_free = True
            except Exception:
                log.exception("what waits cannot be claimed; it is tried again")
                await asyncio.sleep(CLAIM_SECONDS)

    async def _claim(self) -> None:
        """Hand on what waits in the own lanes, and take free ones, if there may be any."""
        inbox, number = self._inbox, self._lease.number
        while self._to_heed:
            await self._worker.run(self._hear, self._to_heed.popleft())
        await inbox.note_again()
        if self._stop.is_set():
            await self._worker.run(self._lanes.hand_over, inbox.handed_on)
            return
        may_be_free, self._may_be_free = self._may_be_free, False
        most = MOST_AT_WORK - inbox.at_work if may_be_free else 0
        claims = await self._worker.run(self._lanes.claim, most, inbox.handed_on)
        if number != self._lease.number:
            return
        for one in claims.updates:
            self._receipts.learn(one.update.number, one.sent)
            await inbox.resume(one.update)
        if not claims.may_be_all:
            self._may_be_free = True
            self._called.set()
