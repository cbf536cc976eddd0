"""Retry policy: which failures of a call pass, how long to wait (429, backoff), what was sent."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import aiohttp
import httpx
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from tenacity import (
    AsyncRetrying,
    retry_if_exception,
    stop_after_delay,
    wait_random_exponential,
)

from retrieval.errors import SearchOutageError

Answer = TypeVar("Answer")


class ShuttingDownError(NetworkError):
    """A message was not sent, because the program ends."""


MOST_BACKOFF_SECONDS = 10  # between two attempts
GIVE_UP_SECONDS = 300  # after which a call to a Telegram that is out of reach is not retried
FLOODED, LEAST_FLOOD_SECONDS = "Too Many Requests", 1
NEVER_CONNECTED = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError,
    httpx.UnsupportedProtocol, aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError,
)  # fmt: skip
# What python-telegram-bot raises over JSON that is none of the Bot API's.
MALFORMED_REPLY = (KeyError, TypeError, AttributeError, ValueError)


async def with_network_errors(call: Awaitable[Answer]) -> Answer:
    """What Telegram answers; NetworkError for an answer that is none of the Bot API's.

    A refusal for sending too much is RetryAfter, also where it does not say for how long.
    """
    try:
        return await call
    except NetworkError as error:
        if str(error).startswith(FLOODED):
            raise RetryAfter(LEAST_FLOOD_SECONDS) from error
        raise
    except MALFORMED_REPLY as error:
        raise NetworkError(f"an answer that is none of the Bot API: {error!r}") from error


def with_backoff(
    passes: Callable[[BaseException], bool], seconds: float = GIVE_UP_SECONDS
) -> AsyncRetrying:
    """Retries something after errors that pass, with exponential backoff, for `seconds`."""
    return AsyncRetrying(
        retry=retry_if_exception(passes),
        wait=wait_random_exponential(multiplier=0.5, max=MOST_BACKOFF_SECONDS),
        stop=stop_after_delay(seconds),
        reraise=True,
    )


def seconds_to_wait(flood: RetryAfter) -> float:
    """How long the bot waits after a refusal for sending too much (429): as Telegram asks."""
    wait = flood.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def is_unreachable(error: BaseException) -> bool:
    """Whether Telegram could not be reached, or failed itself, as with 502."""
    is_lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return is_lost or is_from_proxy(error)


def is_from_proxy(error: BaseException) -> bool:
    """Whether a proxy or the like has answered in Telegram's place, as with an HTML page.

    Telegram's own answers are JSON of the Bot API, also when it refuses.
    """
    # What is no JSON is raised as a bare TelegramError, or from one where the status is an error;
    # at the start the library raises a refusal again, from the first.
    first = error.__cause__ if isinstance(error.__cause__, InvalidToken) else error
    return TelegramError in {type(error), type(first.__cause__)}


def may_pass(error: BaseException) -> bool:
    """Whether a retry may succeed, perhaps only after the next start."""
    passing = RetryAfter | InvalidToken | Conflict | SearchOutageError
    return isinstance(error, passing) or is_unreachable(error)


def was_not_sent(error: BaseException) -> bool:
    """Whether a call certainly was not carried out: it was not made, or not connected."""
    return isinstance(error, ShuttingDownError) or never_connected(error)


def never_connected(error: BaseException) -> bool:
    """Whether a call failed because no connection was made."""
    return is_unreachable(error) and isinstance(error.__cause__, NEVER_CONNECTED)


def is_outcome_unknown(error: BaseException) -> bool:
    """Whether a call may have been carried out.

    That is unknown after a time-out, a broken connection, any error of the server (5xx), and a
    page that is none of the Bot API's.
    """
    return is_unreachable(error) and not was_not_sent(error)
