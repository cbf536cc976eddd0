"""What was said for the update that is being handled, now and when it was handled before?"""

from collections import deque
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message of the bot's stands: its chat, its number there, and what it replies to."""

    chat: int
    message: int
    replied: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said for an update when it was handled before, and who notes what is said now.

    `is_new` is whether it is a message that was written since the program runs.
    """

    before: deque[Sent]
    note: Callable[[Sent], None]
    is_new: bool = False


# Of the update that is being handled, in the task that handles it; None where nobody has asked.
SAID: ContextVar[Said | None] = ContextVar("SAID", default=None)
