"""A database that cannot be written or reached: logged when it begins and when it ends."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, ExceptionContext, event
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)

from bot.storage.database.dialects import changes
from bot.storage.database.storage_errors import broken, cause_of

Given = ParamSpec("Given")
Found = TypeVar("Found")
NOTHING_KEPT = (
    "nothing is kept: questions are answered, but the buttons under those answers will not work"
)
NOTHING_TAKEN = "nothing is answered: Telegram keeps what is asked, and it is answered later"

log = logging.getLogger(__name__)


def is_outage(error: BaseException | None) -> bool:
    """Whether the database refused because of the disk, the file or the server.

    Not because of what it got.
    """
    refused = isinstance(error, DatabaseError)
    return refused and not isinstance(error, DataError | IntegrityError | ProgrammingError)


def if_possible(keep: Callable[Given, None]) -> Callable[Given, None]:
    """Lets something be kept of what has been said by then; that it cannot be is only logged."""

    @wraps(keep)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> None:
        try:
            keep(*args, **kwargs)
        except SQLAlchemyError as error:
            log.debug("not kept: %s (%s)", keep.__qualname__, cause_of(error))

    return tried


def or_none(find: Callable[Given, Found]) -> Callable[Given, Found | None]:
    """Lets what is kept be looked up; during an outage it is as if nothing were kept."""

    @wraps(find)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> Found | None:
        try:
            return find(*args, **kwargs)
        except SQLAlchemyError as error:
            if not is_outage(error):
                raise
            log.debug("not looked up: %s (%s)", find.__qualname__, cause_of(error))
            return None

    return tried


@dataclass(slots=True)
class Outage:
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
            return  # a connection that was only lost is made anew at once
        self.is_changed = False
        if not self.is_on:
            self.is_on = True
            log.error("%s. Until then %s", broken(self.where, error), self.until_then)


def watch(engine: Engine, where: str, *, shared: bool = False) -> None:
    """Let it be logged when an outage of that database begins and ends."""
    outage = Outage(where, NOTHING_TAKEN if shared else NOTHING_KEPT)
    event.listen(engine, "begin", outage.begin)
    event.listen(engine, "commit", outage.commit)
    event.listen(engine, "handle_error", outage.refuse)
