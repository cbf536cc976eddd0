"""Findings: how a check went, what is so, and what to do."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from retrieval.errors import RetrievalError

MEGABYTE = 1_000_000


class Status(StrEnum):
    """How something stands, from best to worst: well; perhaps not as it is wanted; not well."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: what is so and, unless all is as it could be, what to do."""

    status: Status
    said: str
    remedy: str = ""


class UnknownError(Exception):
    """A check could not be made, because of what another one found; the text says of what."""


def well(said: str, remedy: str = "") -> Finding:
    """All is well with it, also where something may be done to have more."""
    return Finding(Status.OK, said, remedy)


def doubtful(said: str, remedy: str) -> Finding:
    """It may be meant so."""
    return Finding(Status.WARNING, said, remedy)


def wrong(said: str, remedy: str) -> Finding:
    """It cannot stay so."""
    return Finding(Status.FAILURE, said, remedy)


def examine(check: Callable[[], Finding], seconds: float) -> Finding:
    """What a check finds, waiting so long at most; whatever it raises is a finding as well."""
    found: list[Finding] = []
    # What takes too long is left behind: such a thread does not hold up the end of the program.
    thread = threading.Thread(target=lambda: found.append(_made(check)), daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    return wrong(f"no result after {seconds:g} seconds", "try again, and look what is so slow")


def _made(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except UnknownError as error:
        return doubtful(f"not known: {error}", "")
    except RetrievalError as error:  # its text says what to do behind the last semicolon
        said, _, remedy = str(error).rpartition("; ")
        return wrong(said, remedy) if said else wrong(remedy, "")
    except Exception as error:  # noqa: BLE001  # one check must not stop the others
        return wrong(f"the check itself failed: {error!r}", "tell the program's author")
