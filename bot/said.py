"""What was said for the update that is being handled, now and when it was handled before?"""

from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands: its chat, its number there, and what it replies to."""

    chat: int
    message: int
    replied: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What was said for an update when it was handled before, and who notes what is said now.

    `new` is the update's own message, if it was written since the program runs. While Telegram is
    asked something, the block is entered that `away` gives.
    """

    before: deque[Sent]
    note: Callable[[Sent], None]
    new: Sent | None = None
    away: Callable[[], AbstractAsyncContextManager[None]] = nullcontext


# Of the update that is being handled, in the task that handles it; None where nobody has asked.
SAID: ContextVar[Said | None] = ContextVar("SAID", default=None)
