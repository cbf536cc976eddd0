"""How fast may the bot speak, and how often does it try? As Telegram asks, until it is heard."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import nullcontext
from typing import Any

import httpx
from telegram.error import BadRequest, NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_delay,
    wait_random_exponential,
)

from bot.calls import SAID
from bot.metrics import Metrics
from bot.pace import Pace
from bot.turns import Turns

MOST_FLOODS = 4
LONGEST_FLOOD = 120
LONGEST_PAUSE = 20
LONGEST_OUTAGE = 300
SENT = "sendMessage"
# What Telegram counts as a message in a chat.
PACED = {SENT, "sendDocument", "editMessageText", "editMessageReplyMarkup"}
# What people wait for is repeated, also after a timeout: rather twice than never. What nobody has
# just asked for, such as a briefing on a schedule, is not if it may have been sent.
SPOKEN = {
    SENT, "editMessageText", "editMessageReplyMarkup", "answerCallbackQuery", "getChatMember",
}  # fmt: skip

log = logging.getLogger(__name__)


class FloodControl(BaseRateLimiter[None]):
    """Waits as long as Telegram asks, and repeats what people wait for while it is out of reach.

    Only the chat in which Telegram refused a message waits, and keeps a pace from then on; the
    others go on. `AIORateLimiter` lets all wait. Answers to presses and inline queries wait for no
    message: they expire. Edits keep the pace as messages do; two of one message never wait at
    once, since presses under it are handled one after the other.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._pace = Pace()
        self._turns = Turns()

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
        chat = data.get("chat_id") if endpoint in PACED else None
        for attempt in range(MOST_FLOODS + 1):
            if isinstance(chat, int) and (wait := self._pace.wait(chat, time.monotonic())):
                await asyncio.sleep(wait)
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

    async def _call(self, call: Callable[[], Coroutine[Any, Any, Any]], endpoint: str) -> Any:  # noqa: ANN401
        if endpoint not in SPOKEN:
            return await call()
        is_unasked = endpoint == SENT and SAID.get() is None
        attempts = AsyncRetrying(
            retry=retry_if_exception(was_not_sent if is_unasked else is_out_of_reach),
            wait=wait_random_exponential(multiplier=0.5, max=LONGEST_PAUSE),
            stop=stop_after_delay(LONGEST_OUTAGE),
            reraise=True,
        )
        async for attempt in attempts:
            with attempt:
                async with self._turns if endpoint == SENT else nullcontext():
                    return await call()
        return None


def is_out_of_reach(error: BaseException) -> bool:
    """Whether Telegram could not be reached, or did not know what to do."""
    return isinstance(error, NetworkError) and not isinstance(error, BadRequest)


def was_not_sent(error: BaseException) -> bool:
    """Whether a message was not sent for certain: no connection was made, or it was refused."""
    never_connected = httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout
    return is_out_of_reach(error) and isinstance(error.__cause__, never_connected)


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
