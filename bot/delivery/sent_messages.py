"""What was said for the update that is being handled, now and when it was handled before?"""

from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sent:
    """Where a message stands: its chat, its number there, and what it replies to."""

    chat: int
    message: int
    replied: int | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """Where a message stands if it was sent: its chat, and behind which numbers there.

    The bot knows all that it has sent behind `after`, but this one; None if nobody can tell.
    `newest` is the last number that was known when the message left, also in other chats.
    """

    chat: int
    after: int | None
    newest: int


@dataclass(frozen=True, slots=True)
class Said:
    """What was said for an update when it was handled before.

    `update` is its number. A gap stands for what may have been sent. While Telegram is asked
    something, the block is entered that `away` gives.
    """

    update: int
    before: deque[Sent | Gap]
    away: Callable[[], AbstractAsyncContextManager[None]] = nullcontext


# Of the update that is being handled, in the task that handles it; None where nobody has asked.
SAID: ContextVar[Said | None] = ContextVar("SAID", default=None)
_IS_AWAY: ContextVar[bool] = ContextVar("_IS_AWAY", default=False)


@asynccontextmanager
async def away() -> AsyncIterator[None]:
    """The block to be in while Telegram is asked something, or waited for; also within another."""
    said = SAID.get()
    if said is None or _IS_AWAY.get():
        yield
        return
    async with said.away():
        token = _IS_AWAY.set(True)
        try:
            yield
        finally:
            _IS_AWAY.reset(token)
