"""How fast may the bot speak, and how often does it try? As Telegram asks, until it is heard."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import AbstractContextManager, nullcontext
from math import ceil
from typing import Any

from telegram.error import NetworkError, RetryAfter
from telegram.ext import BaseRateLimiter

from bot.delivery.rate_limits import RateLimits
from bot.delivery.retry_policy import (
    LONGEST_OUTAGE,
    answered,
    is_out_of_reach,
    patiently,
    was_not_sent,
)
from bot.delivery.sent_messages import SAID, away
from bot.delivery.turns import Turns
from bot.monitoring.metrics import Metrics

USUAL_FLOODS = 4
MOST_FLOODS = {"getChatMember": 0}  # whoever is asked waits for it
LONGEST_FLOOD = 120
LONGEST_UNASKED = 1
NEW = {"sendMessage", "sendDocument"}
CHANGES = {"editMessageText", "editMessageReplyMarkup"}
# For how many seconds what may be done twice is repeated while Telegram is out of reach.
REPEATED = {
    **dict.fromkeys(CHANGES, LONGEST_OUTAGE),
    "answerCallbackQuery": 30,  # it expires
}
CLOSED = "the program ends; it is sent after the next start"

Going = Callable[[], AbstractContextManager[None]]
Call = Callable[[], Coroutine[Any, Any, Any]]

log = logging.getLogger(__name__)


class RateLimiter(BaseRateLimiter[Going]):
    """Keeps Telegram's limits, waits as long as it asks, and repeats what it did not hear.

    Only the chat in which Telegram refused a message waits; the others go on. `AIORateLimiter`
    lets all wait. Answers to presses and inline queries wait for no message: they expire. A new
    message is repeated while Telegram is out of reach, but not if it may have been taken: whoever
    sends it has to find out first. One that nobody has just asked for, such as a briefing on a
    schedule, is tried once and waits nowhere: it has a time of its own to come again at.
    """

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._pace = RateLimits()
        self._turns = Turns()
        self._is_closed = False

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
        rate_limit_args: Going | None,
    ) -> Any:  # noqa: ANN401
        """What the request returns; RetryAfter if it would have to wait too long or too often.

        The last argument gives the block that is entered each time when a message goes out.
        """
        going = rate_limit_args or nullcontext

        async def call() -> Any:  # noqa: ANN401
            with going():
                return await answered(callback(*args, **kwargs))

        async with away():
            return await self._request(call, endpoint, data)

    async def close(self, seconds: float) -> None:
        """Let no more messages out, and wait for those that are on their way, at most so long."""
        self._is_closed = True
        await self._turns.quiet(seconds)

    async def _request(self, call: Call, endpoint: str, data: dict[str, Any]) -> Any:  # noqa: ANN401
        chat = data.get("chat_id") if endpoint in NEW | CHANGES else None
        floods_left = MOST_FLOODS.get(endpoint, USUAL_FLOODS) if _is_asked(endpoint) else 0
        while True:
            if isinstance(chat, int):
                await self._keep_pace(chat, endpoint)
            try:
                answer = await self._call(call, endpoint)
            except RetryAfter as flood:
                self._metrics.flooded(endpoint)
                wait = seconds_to_wait(flood)
                if isinstance(chat, int):
                    self._pace.refuse(chat, wait, time.monotonic())
                if not floods_left or wait > LONGEST_FLOOD:
                    raise
            else:
                self._metrics.sent(endpoint)
                return answer
            floods_left -= 1
            log.warning("%s: told to wait for %d seconds", endpoint, wait)
            if not isinstance(chat, int):
                await asyncio.sleep(wait)

    async def _keep_pace(self, chat: int, endpoint: str) -> None:
        """Wait until something may go into the chat; RetryAfter if that would be too long."""
        longest = LONGEST_FLOOD if _is_asked(endpoint) else LONGEST_UNASKED
        await _wait(self._pace.wait_for_leave(chat, time.monotonic()), longest)
        if endpoint in NEW:
            await _wait(self._pace.wait_in(chat, time.monotonic(), longest), longest)
        while wait := self._pace.wait_for_leave(chat, time.monotonic()):
            await _wait(wait, longest)

    async def _call(self, call: Call, endpoint: str) -> Any:  # noqa: ANN401
        if endpoint in NEW:
            seconds = LONGEST_OUTAGE if _is_asked(endpoint) else 0
            return await patiently(was_not_sent, seconds)(self._send, call)
        if endpoint in REPEATED:
            return await patiently(is_out_of_reach, REPEATED[endpoint])(call)
        return await call()

    async def _send(self, call: Call) -> Any:  # noqa: ANN401
        """Send a message, in its turn and at the pace of all."""
        async with self._turns:
            await asyncio.sleep(self._pace.wait_for_all(time.monotonic()))
            if self._is_closed:
                raise NetworkError(CLOSED)
            return await call()


async def _wait(seconds: float, longest: float) -> None:
    if seconds > longest:
        raise RetryAfter(ceil(seconds))
    await asyncio.sleep(seconds)


def _is_asked(endpoint: str) -> bool:
    """Whether somebody waits for it; of messages only those that are sent for an update."""
    return endpoint not in NEW or SAID.get() is not None


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long Telegram asks to wait."""
    wait = flood.retry_after
    return float(wait) if isinstance(wait, int) else wait.total_seconds()
