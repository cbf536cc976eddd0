"""Shared receipts: whichever process goes on with an update knows what was sent for it."""

import logging
from collections.abc import Iterable, Sequence

from bot.cluster.database_patience import run_patiently
from bot.cluster.lane_store import LaneStore
from bot.storage.receipts import Sent
from bot.storage.worker_thread import WorkerThread

log = logging.getLogger(__name__)


class SharedReceipts:
    """The receipts in a table, and what this process has read there of its own updates."""

    def __init__(self, store: LaneStore, worker: WorkerThread) -> None:
        self._store = store
        self._worker = worker
        self._known: dict[int, tuple[Sent, ...]] = {}

    def learn(self, update: int, sent: Sequence[Sent]) -> None:
        """Learn what was sent for an update before."""
        self._known[update] = tuple(sent)

    def of(self, update: int) -> tuple[Sent, ...]:
        """The messages that were sent for that update, in their order."""
        return self._known.get(update, ())

    async def keep(self, update: int, sent: Sent) -> None:
        """Keep a receipt; while the database is away, the chat waits for it."""
        self._known[update] = (*self.of(update), sent)
        if not await run_patiently(self._worker, self._store.note_sent, update, sent):
            log.warning("sent by a process that was taken for dead; it may come again")

    def forget(self, updates: Iterable[int]) -> None:
        """Forget updates, which are noted as handled, or are another's by now."""
        for update in updates:
            self._known.pop(update, None)

    @property
    def updates(self) -> tuple[int, ...]:
        """The updates that this process knows receipts of."""
        return tuple(self._known)

    def forget_old(self, waiting: object) -> None:
        """Nothing to do: a receipt goes with its update."""

    def compact_after(self, update: int) -> None:
        """Nothing to do: a receipt goes with its update."""
