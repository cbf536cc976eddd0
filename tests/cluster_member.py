"""One of the processes that share a bot, without a bot: its number, and its lanes."""

from bot.cluster.lane_store import LaneStore
from bot.cluster.process_lease import ProcessLease
from bot.storage.database.engine import open_database


class Member:
    """A process among others: its number, and its lanes."""

    def __init__(self, url, clock=None):
        self.lease = ProcessLease(url, *([clock] if clock else []))
        self.engine = open_database(None, url, shared=True)
        self.lanes = LaneStore(self.engine, lambda: self.lease.number)
        self.lease.tick()

    @property
    def number(self):
        return self.lease.number

    def claim(self, handed_on=()):
        """The updates that are its own by now."""
        return [one.update.number for one in self.lanes.claim(100, handed_on).updates]

    def renumber(self):
        """Notice that the number was taken away; what was begun is another's by now."""
        self.lease._renewed_at = float("-inf")
        return self.lease.tick()

    def die(self):
        """As in a kill: the server hears of it, and nothing is given up."""
        self.lease._disconnect()

    def close(self):
        self.die()
        self.engine.dispose()
