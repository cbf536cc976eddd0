"""Rate limits of users: counts for each person and group in each minute."""

from typing import Protocol

from cachetools import LRUCache

A_MINUTE = 60
MOST_COUNTED_MINUTES = 20_000  # of which counts are kept; who drops out is counted from 0


class UserLimits(Protocol):
    """Whether somebody may do something once more."""

    async def allow(self, what: str, who: int, most: int, update: int, at: float) -> bool:
        """Whether it is one of the first `most` in its minute, which it counts for then."""
        ...


class UserLimiter:
    """Counts what people and groups do in each minute of the clock, by when they did it.

    So what waits while the bot is away is not taken for done at once, and what comes late counts
    for its own minute. An update that is tried again counts once.
    """

    def __init__(self) -> None:
        self._counts: LRUCache[tuple[str, int, int], set[int]] = LRUCache(MOST_COUNTED_MINUTES)

    async def allow(self, what: str, who: int, most: int, update: int, at: float) -> bool:
        """Whether it is one of the first `most` in its minute, which it counts for then."""
        return self.admits(what, who, most, update, at)

    def has_admitted(self, what: str, who: int, update: int, at: float) -> bool:
        """Whether that update was counted, and let pass, before."""
        return update in self._counts.get((what, who, int(at // A_MINUTE)), ())

    def admits(self, what: str, who: int, most: int, update: int, at: float) -> bool:
        """Whether it is one of the first `most` in its minute, which it counts for then.

        `at` is in Unix time, `update` a number of its own. 0 lets everything pass.
        """
        if not most:
            return True
        updates = self._counts.setdefault((what, who, int(at // A_MINUTE)), set())
        if update in updates:
            return True
        if len(updates) >= most:
            return False
        updates.add(update)
        return True
