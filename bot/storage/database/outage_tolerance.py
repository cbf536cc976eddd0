"""What goes on while the database cannot be reached or written; `PostgresServer` reconnects."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    IntegrityError,
    ProgrammingError,
    SQLAlchemyError,
)

from bot.storage.database.storage_errors import cause_of

Given = ParamSpec("Given")
Found = TypeVar("Found")

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
