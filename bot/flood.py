"""How fast may the bot speak, and how often does it try? As Telegram asks, until it is heard."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.metrics import Metrics
from bot.pace import Pace
from bot.retries import LONGEST_OUTAGE, is_out_of_reach, patiently, was_not_sent
from bot.trail import Trail
from bot.turns import Turns

MOST_FLOODS = 4
LONGEST_FLOOD = 120
NEW = {"sendMessage", "sendDocument"}
CHANGES = {"editMessageText", "editMessageReplyMarkup"}
# For how many seconds each is repeated while Telegram is out of reach; the rest is not.
REPEATED = {
    **dict.fromkeys(NEW | CHANGES, LONGEST_OUTAGE),
    "answerCallbackQuery": 30,  # it expires
    "getChatMember": 10,  # somebody waits for it, and so does their chat
}

log = logging.getLogger(__name__)


class FloodControl(BaseRateLimiter[None]):
    """Keeps Telegram's limits, waits as long as it asks, and repeats what it did not hear.

    Only the chat in which Telegram refused a message waits; the others go on. `AIORateLimiter`
    lets all wait. Answers to presses and inline queries wait for no message: they expire. A new
    message is repeated while Telegram is out of reach, but not if it may have been taken: whoever
    sends it has to find out first.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._pace = Pace()
        self._turns = Turns()
        self.trail = Trail()

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
        chat = data.get("chat_id") if endpoint in NEW | CHANGES else None
        for attempt in range(MOST_FLOODS + 1):
            if isinstance(chat, int):
                await self._keep_pace(chat, is_new=endpoint in NEW)
            if isinstance(chat, int) and endpoint in NEW:
                self.trail.leaves(chat)
            try:
                answer = await self._call(lambda: callback(*args, **kwargs), endpoint)
            except RetryAfter as flood:
                self._metrics.flooded(endpoint)
                wait = seconds_to_wait(flood)
                if isinstance(chat, int):
                    self._pace.refuse(chat, wait, time.monotonic())
                if attempt == MOST_FLOODS or wait > LONGEST_FLOOD:
                    raise
            else:
                self._metrics.sent(endpoint)
                return answer
            log.warning("%s: told to wait for %d seconds", endpoint, wait)
            if not isinstance(chat, int):
                await asyncio.sleep(wait)
        return None

    async def _keep_pace(self, chat: int, *, is_new: bool) -> None:
        """Wait until something may go into the chat."""
        if is_new:
            await asyncio.sleep(self._pace.wait_in(chat, time.monotonic()))
        while wait := self._pace.wait_for_leave(chat, time.monotonic()):  # noqa: ASYNC110
            await asyncio.sleep(wait)
        if is_new:
            await asyncio.sleep(self._pace.wait_for_all(time.monotonic()))

    async def _call(self, call: Callable[[], Coroutine[Any, Any, Any]], endpoint: str) -> Any:  # noqa: ANN401
        if endpoint not in REPEATED:
            return await call()
        passes = was_not_sent if endpoint in NEW else is_out_of_reach
        async for attempt in patiently(passes, REPEATED[endpoint]):
            with attempt:
                async with self._turns if endpoint in NEW else nullcontext():
                    return await call()
        return None


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
