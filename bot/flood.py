"""How fast may the bot speak? Telegram's limits, kept in advance and obeyed when it names them."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from typing import Any

from aiolimiter import AsyncLimiter
from telegram.constants import FloodLimit
from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

MOST_RETRIES = 4
LONGEST_WAIT = 120
MOST_GROUPS = 1000

log = logging.getLogger(__name__)


class FloodControl(BaseRateLimiter[None]):
    """Waits before a message that would be one too many, and as long as Telegram asks it to.

    Only the chat that Telegram names waits then, the others go on; `AIORateLimiter` lets all wait.
    """

    def __init__(self) -> None:
        self._overall = AsyncLimiter(FloodLimit.MESSAGES_PER_SECOND, 1)
        self._groups: OrderedDict[int, AsyncLimiter] = OrderedDict()

    async def initialize(self) -> None:
        """Nothing to do."""

    async def shutdown(self) -> None:
        """Nothing to do."""

    async def process_request(  # noqa: PLR0913, PLR0917  # the port's own
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401
        """What the request returns; RetryAfter if it is told to wait too long or too often."""
        chat = data.get("chat_id")
        for attempt in range(MOST_RETRIES + 1):
            async with AsyncExitStack() as limits:
                if chat is not None:
                    await limits.enter_async_context(self._overall)
                if isinstance(chat, int) and chat < 0:
                    await limits.enter_async_context(self._group(chat))
                try:
                    return await callback(*args, **kwargs)
                except RetryAfter as flood:
                    wait = seconds_to_wait(flood)
                    if attempt == MOST_RETRIES or wait > LONGEST_WAIT:
                        raise
            log.warning("%s: told to wait for %d seconds", endpoint, wait)
            await asyncio.sleep(wait)
        return None

    def _group(self, chat: int) -> AsyncLimiter:
        """The limit of a group; the one that was used longest ago is dropped."""
        limit = self._groups.pop(chat, None)
        if limit is None:
            limit = AsyncLimiter(FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, 60)
        self._groups[chat] = limit
        if len(self._groups) > MOST_GROUPS:
            self._groups.popitem(last=False)
        return limit


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
