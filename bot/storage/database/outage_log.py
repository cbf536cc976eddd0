"""Logs when a database cannot be written or reached any more, and when it can again."""

import logging
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, ExceptionContext, event

from bot.storage.database.dialects import changes
from bot.storage.database.outage_tolerance import is_outage
from bot.storage.database.storage_errors import broken

NOTHING_KEPT = (
    "nothing is kept: questions are answered, but the buttons under those answers will not work"
)
NOTHING_TAKEN = "nothing is answered: Telegram keeps what is asked, and it is answered later"

log = logging.getLogger(__name__)


@dataclass(slots=True)
class OutageLog:
    """Watches what a database refuses; each program goes on without what it could not keep.

    Changes are counted, because a transaction that changed nothing proves nothing.
    """

    where: str
    until_then: str
    is_on: bool = False
    changes: int = 0
    is_changed: bool = False

    def begin(self, connection: Connection) -> None:
        """A transaction begins: if the one before changed something, it is kept by now."""
        if self.is_on and self.is_changed:
            self.is_on = False
            log.warning("%s: what comes in is kept again", self.where)
        self.is_changed = False
        self.changes = changes(connection)

    def commit(self, connection: Connection) -> None:
        """A transaction is about to be kept."""
        self.is_changed = changes(connection) > self.changes

    def refuse(self, refused: ExceptionContext) -> None:
        """Something was refused."""
        error = refused.sqlalchemy_exception
        if refused.is_pre_ping or error is None or not is_outage(error):
            return  # a connection that was only lost is made again at once
        self.is_changed = False
        if not self.is_on:
            self.is_on = True
            log.error("%s. Until then %s", broken(self.where, error), self.until_then)


def log_outages(engine: Engine, where: str, *, shared: bool = False) -> None:
    """Log from now on when an outage of that database begins and ends."""
    outage = OutageLog(where, NOTHING_TAKEN if shared else NOTHING_KEPT)
    event.listen(engine, "begin", outage.begin)
    event.listen(engine, "commit", outage.commit)
    event.listen(engine, "handle_error", outage.refuse)
