"""The connection to Telegram: reconnects with backoff, and says once that it is lost or back."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf
from typing import TypeVar

from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.delivery.retry_policy import MALFORMED_REPLY, is_from_proxy, seconds_to_wait
from bot.monitoring.liveness import Liveness
from retrieval.errors import RetrievalError

FIRST_TELEGRAM_RECONNECT_SECONDS = 1.0
MOST_TELEGRAM_RECONNECT_SECONDS = 10.0
MOST_REFUSALS = 4
MOST_CONFLICTS = 4
NOT_KEPT = "messages cannot be kept; the log says why"
CONFLICT_FORGOTTEN_SECONDS = 60.0
LONGEST_LOGGED_ERROR = 200

Found = TypeVar("Found")
log = logging.getLogger(__name__)


class TelegramUnusableError(RetrievalError):
    """Telegram does not let the bot work; the text says why and what to do."""


class TelegramConnection:
    """The connection to Telegram: calls are retried until they succeed or never will.

    Tells once when it breaks and once when it is back. `where` names the server. `liveness` is for
    whoever brings updates in over it. The pauses between the calls grow from the first one.
    """

    def __init__(
        self,
        where: str,
        stop: asyncio.Event,
        first_pause: float = FIRST_TELEGRAM_RECONNECT_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._where = where
        self._stop = stop
        self._first_pause = first_pause
        self._clock = clock
        self.liveness = Liveness()
        self._is_accepted = False
        self._failures = 0
        self._refusals = 0
        self._conflicts = 0
        self._last_conflict = -inf

    async def call(self, make: Callable[[], Awaitable[Found]]) -> Found | None:
        """What the call returns; None once the bot is to stop.

        Raises TelegramUnusableError for a token that is refused, several times if it was accepted
        before, or a second instance.
        """
        while not self._stop.is_set():
            try:
                found = await self._until_stopped(make())
            except (TelegramError, *MALFORMED_REPLY) as error:
                self.liveness.falter(f"{self._where}: {type(error).__name__}; the log says more")
                await self.pause(self._seconds_after(error))
            else:
                self._recover()
                return found
        return None

    async def _until_stopped(self, call: Awaitable[Found]) -> Found | None:
        calling = asyncio.ensure_future(call)
        stopping = asyncio.ensure_future(self._stop.wait())
        try:
            await asyncio.wait({calling, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return calling.result() if calling.done() else None
        finally:
            for task in (calling, stopping):
                task.cancel()
            with suppress(asyncio.CancelledError, TelegramError):
                await calling

    def _seconds_after(self, error: Exception) -> float:
        """How long to wait before the next try."""
        between = isinstance(error, MALFORMED_REPLY) or is_from_proxy(error)
        if isinstance(error, InvalidToken) and not between:
            return self._after_refusal(error)
        self._refusals = 0
        if between:
            return self._after_silence(error)
        if isinstance(error, RetryAfter):
            return seconds_to_wait(error)
        if isinstance(error, Conflict):
            return self._after_conflict(error)
        if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
            log.warning("%s refuses: %s", self._where, error)
            return self._growing_pause()
        return self._after_silence(error)

    def _after_refusal(self, error: InvalidToken) -> float:
        """A server that starts, or what is before it, may refuse a token that is good."""
        self._refusals += 1
        if not self._is_accepted or self._refusals > MOST_REFUSALS:
            raise TelegramUnusableError(
                f"{self._where} does not accept FOOTNOTE_TELEGRAM_TOKEN; copy the token again "
                "from @BotFather (/mybots, API Token), and check "
                "FOOTNOTE_TELEGRAM_API_URL if it is set"
            ) from None
        if self._refusals == 1:
            log.warning(
                "%s refuses FOOTNOTE_TELEGRAM_TOKEN, which it has accepted before (%s); trying "
                "it %d times more",
                self._where,
                error,
                MOST_REFUSALS,
            )
        return self._growing_pause()

    def _after_silence(self, error: Exception) -> float:
        if self._failures == 0:
            log.warning(
                "%s cannot be reached (%s); trying again until it can. Check the network, and "
                "FOOTNOTE_PROXY and FOOTNOTE_TELEGRAM_API_URL if they are set",
                self._where,
                _said(error),
            )
        return self._growing_pause()

    def _growing_pause(self) -> float:
        pause = self._first_pause * 2.0 ** min(self._failures, 10)
        self._failures += 1
        return min(MOST_TELEGRAM_RECONNECT_SECONDS, pause)

    def _after_conflict(self, error: Conflict) -> float:
        """Two programs that fetch get their updates in turns: a success ends no conflict."""
        now = self._clock()
        is_over = now - self._last_conflict > CONFLICT_FORGOTTEN_SECONDS
        self._conflicts = 1 if is_over else self._conflicts + 1
        self._last_conflict = now
        if self._conflicts > MOST_CONFLICTS:
            raise TelegramUnusableError(
                "another program is fetching the updates of this bot; stop it, or get a token of "
                f"your own for this one from @BotFather ({error})"
            ) from None
        if self._conflicts == 1:
            log.warning("another program takes the updates of this bot; stop it (%s)", error)
        return 2 * self._first_pause

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until the bot is to stop."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), seconds)

    def _recover(self) -> None:
        if self._failures:
            log.warning("%s can be reached again", self._where)
        self._is_accepted = True
        self._failures = self._refusals = 0


def _said(error: Exception) -> str:
    """What was met; at the start the library raises a refusal again, with the token in it."""
    met = error.__cause__ if isinstance(error.__cause__, InvalidToken) else error
    text = str(met) if isinstance(met, TelegramError) else repr(met)
    return text if len(text) <= LONGEST_LOGGED_ERROR else f"{text[:LONGEST_LOGGED_ERROR]}…"
