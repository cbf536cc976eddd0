"""How often may somebody do something? A count for each minute, and for no more than so many."""

from dataclasses import dataclass, field

from cachetools import LRUCache

A_MINUTE = 60
MOST_COUNTS = 20_000  # whoever is not among the last so many is counted anew


@dataclass(slots=True)
class Count:
    """What was done since `start`, in Unix time: the numbers of its updates."""

    start: float
    updates: set[int] = field(default_factory=set)


class Limits:
    """Counts what people and groups do, each by the time at which they did it.

    So what waits while the bot is away is not taken for done at once. An update that is tried
    again counts once.
    """

    def __init__(self) -> None:
        self._counts: LRUCache[tuple[str, int], Count] = LRUCache(MOST_COUNTS)

    def admits(self, what: str, who: int, most: int, update: int, at: float) -> bool:
        """Whether it is one of the first `most` in its minute, which it counts for then.

        0 lets everything pass.
        """
        if not most:
            return True
        count = self._counts.get((what, who))
        if count is None or not count.start <= at < count.start + A_MINUTE:
            count = self._counts[what, who] = Count(at)
        if update in count.updates:
            return True
        if len(count.updates) >= most:
            return False
        count.updates.add(update)
        return True
