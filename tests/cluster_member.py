"""One of the processes that share a bot, without a bot: its number, and its lanes."""

from bot.cluster.lane_store import LaneStore
from bot.cluster.membership import Membership
from bot.storage.database.engine import open_database


class Member:
    """A process among others: its number, and its lanes."""

    def __init__(self, url, clock=None):
        self.membership = Membership(url, *([clock] if clock else []))
        self.engine = open_database(None, url, shared=True)
        self.lanes = LaneStore(self.engine, lambda: self.membership.number)
        self.membership.tick()

    @property
    def number(self):
        return self.membership.number

    def claim(self, handed_on=()):
        """The updates that are its own by now."""
        return [one.update.number for one in self.lanes.claim(100, handed_on).updates]

    def renumber(self):
        """Notice that the number was taken away; what was begun is another's by now."""
        self.membership._renewed_at = float("-inf")
        return self.membership.tick()

    def die(self):
        """As in a kill: the server hears of it, and nothing is given up."""
        self.membership._disconnect()

    def close(self):
        self.die()
        self.engine.dispose()
