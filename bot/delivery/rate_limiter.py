"""The rate limiter: throttles calls to Telegram's limits, waits as it asks (429), and retries."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from math import ceil
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.retry_policy import (
    GIVE_UP_SECONDS,
    is_unreachable,
    never_connected,
    seconds_to_wait,
    with_backoff,
    with_network_errors,
)
from bot.delivery.sending_places import SendingPlaces
from bot.delivery.telegram_limits import TelegramLimits
from bot.monitoring.metrics import Metrics

USUAL_FLOOD_RETRIES = 4
FLOOD_RETRIES = {"getChatMember": 0}  # a person waits for it
MOST_FLOOD_SECONDS = 120  # that a message waits, if somebody has asked for it
MOST_UNASKED_SECONDS = 1
NEW_MESSAGES = {"sendMessage", "sendDocument"}
CHANGES = {"editMessageText", "editMessageReplyMarkup"}
# For how many seconds calls that may be repeated are retried while Telegram is out of reach.
RETRIED_FOR_SECONDS = {
    **dict.fromkeys(CHANGES, GIVE_UP_SECONDS),
    "answerCallbackQuery": 30,  # it expires
}
UNASKED = "is_unasked"  # among the fields of a message that nobody waits for; never sent

Call = Callable[[], Coroutine[Any, Any, Any]]

log = logging.getLogger(__name__)


class RateLimiter(BaseRateLimiter[None]):
    """Keeps Telegram's limits, waits as long as it asks, and retries calls that did not reach it.

    Only the chat in which Telegram refused a message waits; `AIORateLimiter` makes all wait. If a
    second chat is refused meanwhile, all wait. Answers to presses and inline queries don't wait
    for messages, as they expire. A new message is retried only if it certainly was not sent; the
    sender decides about other failures. An unasked message, such as a scheduled briefing, is tried
    once and doesn't wait: the scheduler sends it later.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._limits = TelegramLimits()
        self._places = SendingPlaces()

    async def initialize(self) -> None:
        """Nothing to do."""

    shutdown = initialize

    async def process_request(  # noqa: PLR0913, PLR0917  # the port's own
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,  # noqa: ANN401
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: None,
    ) -> Any:  # noqa: ANN401
        """What the request returns; RetryAfter if it would have to wait too long or too often."""
        del rate_limit_args
        is_asked = not data.pop(UNASKED, False)
        chat = data.get("chat_id") if endpoint in NEW_MESSAGES | CHANGES else None

        async def call() -> Any:  # noqa: ANN401
            return await with_network_errors(callback(*args, **kwargs))

        most_seconds = MOST_FLOOD_SECONDS if is_asked else MOST_UNASKED_SECONDS
        retries_left = FLOOD_RETRIES.get(endpoint, USUAL_FLOOD_RETRIES) if is_asked else 0
        while True:
            await self._throttle(chat, endpoint, most_seconds)
            try:
                answer = await self._retried(call, endpoint, chat, is_asked=is_asked)
            except RetryAfter as flood:
                wait = self._refused(flood, endpoint, chat)
                if not retries_left or wait > MOST_FLOOD_SECONDS:
                    raise
            else:
                self._metrics.sent(endpoint)
                return answer
            retries_left -= 1
            log.warning("%s: told to wait for %d seconds", endpoint, wait)
            if chat is None:
                await asyncio.sleep(wait)

    async def close(self, seconds: float) -> None:
        """Make no more calls, and wait for those that have begun, at most `seconds`."""
        await self._places.close(seconds)

    async def _throttle(self, chat: int | None, endpoint: str, longest: float) -> None:
        """Wait until something may go there; RetryAfter if that would be too long."""
        while wait := self._wait(chat, endpoint):
            if wait > longest:
                raise RetryAfter(ceil(wait))
            await asyncio.sleep(wait)

    def _wait(self, chat: int | None, endpoint: str) -> float:
        now = time.monotonic()
        wait = self._limits.wait_after_refusal(chat, now)
        if chat is not None and endpoint in NEW_MESSAGES:
            wait = max(wait, self._limits.wait_in(chat, now))
        return wait

    def _refused(self, flood: RetryAfter, endpoint: str, chat: int | None) -> float:
        """Note a refusal; the seconds that Telegram asks to wait."""
        self._metrics.flooded(endpoint)
        wait = seconds_to_wait(flood)
        if chat is not None:
            self._limits.refuse(chat, wait, time.monotonic())
        return wait

    async def _retried(
        self, call: Call, endpoint: str, chat: int | None, *, is_asked: bool
    ) -> Any:  # noqa: ANN401
        if endpoint in NEW_MESSAGES and chat is not None:
            seconds = GIVE_UP_SECONDS if is_asked else 0
            return await with_backoff(never_connected, seconds)(self._send, call, chat)
        if endpoint in RETRIED_FOR_SECONDS:
            return await with_backoff(is_unreachable, RETRIED_FOR_SECONDS[endpoint])(call)
        return await call()

    async def _send(self, call: Call, chat: int) -> Any:  # noqa: ANN401
        """Send a message; its second counts from the answer, whatever that is."""
        async with self._places.take():
            try:
                return await call()
            finally:
                self._limits.count_message(chat, time.monotonic())
