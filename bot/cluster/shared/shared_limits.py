"""Shared limits: how often people ask, and how fast the bot sends, over all processes."""

from collections.abc import Callable

from sqlalchemy import Engine, text

from bot.cluster.database_patience import run_patiently
from bot.delivery.telegram_limits import ALL_MESSAGES, ALL_SECONDS
from bot.handlers.access.user_limits import A_MINUTE, UserLimiter
from bot.storage.worker_thread import WorkerThread

KEPT_MINUTES = 2
MOST_WAIT_SECONDS = 10  # until a message may leave

COUNT = text(
    """
INSERT INTO counts (what, who, minute, n) VALUES (:what, :who, :minute, 1)
ON CONFLICT (what, who, minute) DO UPDATE SET n = counts.n + 1 RETURNING n"""
)
FORGET = text("DELETE FROM counts WHERE minute < :minute")
# Messages leave one after the other, so never more than so many in any second. Should the clock of
# the server go back, as after a failover, nobody waits for what it said before.
RESERVE = text(
    """
INSERT INTO sends (id, next_at)
SELECT 1, extract(epoch FROM clock_timestamp()) FROM workers WHERE id = :me
ON CONFLICT (id) DO UPDATE SET next_at = least(
    greatest(sends.next_at + :pause, extract(epoch FROM clock_timestamp())),
    extract(epoch FROM clock_timestamp()) + :most)
RETURNING next_at - extract(epoch FROM clock_timestamp())"""
)


class SharedUserLimiter:
    """Counts what people and groups do in each minute, in all processes together.

    An update that is tried again by the same process counts once.
    """

    def __init__(self, engine: Engine, worker: WorkerThread) -> None:
        self._engine = engine
        self._worker = worker
        self._seen = UserLimiter()

    async def allow(self, what: str, who: int, most: int, update: int, at: float) -> bool:
        """Whether it is one of the first `most` in its minute, which it counts for then."""
        if not most or self._seen.has_admitted(what, who, update, at):
            return True
        minute = int(at // A_MINUTE)
        if await run_patiently(self._worker, self._count, what, who, minute) > most:
            return False
        return self._seen.admits(what, who, most, update, at)

    def forget_before(self, now: float) -> None:
        """Delete the counts of minutes that are over."""
        with self._engine.begin() as connection:
            connection.execute(FORGET, {"minute": int(now // A_MINUTE) - KEPT_MINUTES})

    def _count(self, what: str, who: int, minute: int) -> int:
        values = {"what": what, "who": who, "minute": minute}
        with self._engine.begin() as connection:
            return int(connection.execute(COUNT, values).scalar_one())


class SharedPace:
    """Lets messages out at Telegram's overall limit, whichever process sends them."""

    def __init__(self, engine: Engine, number: Callable[[], int]) -> None:
        self._engine = engine
        self._number = number

    def reserve(self) -> float | None:
        """The seconds until a message may leave; None if this process counts as dead."""
        pause = ALL_SECONDS / ALL_MESSAGES
        values = {"me": self._number(), "pause": pause, "most": MOST_WAIT_SECONDS}
        with self._engine.begin() as connection:
            wait = connection.execute(RESERVE, values).scalar()
        return None if wait is None else max(0.0, float(wait))
