"""How fast may the bot speak, and how often does it try? As Telegram asks, until it is heard."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter, TimedOut
from telegram.ext import BaseRateLimiter
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_delay,
    wait_random_exponential,
)

from bot.calls import SAID
from bot.metrics import Metrics

MOST_FLOODS = 4
LONGEST_FLOOD = 120
LONGEST_PAUSE = 20
LONGEST_OUTAGE = 300
SENT = "sendMessage"
# What people wait for is repeated, also after a timeout: rather twice than never. What nobody has
# just asked for, such as a briefing on a schedule, is not if it may have been sent.
SPOKEN = {
    SENT, "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "getChatMember",
}  # fmt: skip

log = logging.getLogger(__name__)


class FloodControl(BaseRateLimiter[None]):
    """Waits as long as Telegram asks, and repeats what people wait for while it is out of reach.

    Only the call that Telegram refused waits, and so its chat; the others go on. `AIORateLimiter`
    lets all wait.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

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
        data: dict[str, Any],  # noqa: ARG002
        rate_limit_args: None,  # noqa: ARG002
    ) -> Any:  # noqa: ANN401
        """What the request returns; RetryAfter if it is told to wait too long or too often."""
        for attempt in range(MOST_FLOODS + 1):
            try:
                answer = await self._call(lambda: callback(*args, **kwargs), endpoint)
            except RetryAfter as flood:
                self._metrics.flooded(endpoint)
                wait = seconds_to_wait(flood)
                if attempt == MOST_FLOODS or wait > LONGEST_FLOOD:
                    raise
            else:
                self._metrics.sent(endpoint)
                return answer
            log.warning("%s: told to wait for %d seconds", endpoint, wait)
            await asyncio.sleep(wait)
        return None

    async def _call(self, call: Callable[[], Coroutine[Any, Any, Any]], endpoint: str) -> Any:  # noqa: ANN401
        if endpoint not in SPOKEN:
            return await call()
        is_unasked = endpoint == SENT and SAID.get() is None
        attempts = AsyncRetrying(
            retry=retry_if_exception(_was_not_sent if is_unasked else _is_outage),
            wait=wait_random_exponential(multiplier=0.5, max=LONGEST_PAUSE),
            stop=stop_after_delay(LONGEST_OUTAGE),
            reraise=True,
        )
        async for attempt in attempts:
            with attempt:
                return await call()
        return None


def _is_outage(error: BaseException) -> bool:
    """Whether Telegram could not be reached, or did not know what to do."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def _was_not_sent(error: BaseException) -> bool:
    """Whether a message was not sent, for all that is known: after a timeout it may have been."""
    if isinstance(error, TimedOut):
        return isinstance(error.__cause__, httpx.ConnectTimeout | httpx.PoolTimeout)
    return _is_outage(error)


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
