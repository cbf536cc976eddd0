"""Which failures of a call pass, and has it been carried out all the same?"""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TypeVar

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

Answer = TypeVar("Answer")

LONGEST_PAUSE = 20
LONGEST_OUTAGE = 300
NEVER_CONNECTED = (
    httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError,
    httpx.UnsupportedProtocol,
)  # fmt: skip
# What python-telegram-bot raises over JSON that is none of the Bot API's.
ODD = (KeyError, TypeError, AttributeError, ValueError)


async def answered(call: Awaitable[Answer]) -> Answer:
    """What Telegram answers; NetworkError for an answer that is none of the Bot API's."""
    try:
        return await call
    except ODD as error:
        raise NetworkError(f"an answer that is none of the Bot API: {error!r}") from error


def patiently(
    passes: Callable[[BaseException], bool], seconds: float = LONGEST_OUTAGE
) -> AsyncRetrying:
    """Attempts at something, again and again after errors that pass, for so long."""
    return AsyncRetrying(
        retry=retry_if_exception(passes),
        wait=wait_random_exponential(multiplier=0.5, max=LONGEST_PAUSE),
        stop=stop_after_delay(seconds),
        reraise=True,
    )


def is_out_of_reach(error: BaseException) -> bool:
    """Whether Telegram could not be reached, or did not know what to do."""
    is_lost = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return is_lost or is_from_between(error)


def is_from_between(error: BaseException) -> bool:
    """Whether something between here and Telegram has answered, such as a proxy's error page.

    Telegram's own answers are JSON of the Bot API, also when it refuses.
    """
    # What is no JSON is raised as a bare TelegramError, or from one where the status is an error;
    # at the start the library raises a refusal again, from the first.
    first = error.__cause__ if isinstance(error.__cause__, InvalidToken) else error
    return TelegramError in {type(error), type(first.__cause__)}


def may_pass(error: BaseException) -> bool:
    """Whether it may go well later, if not before the next start."""
    return isinstance(error, RetryAfter | InvalidToken | Conflict) or is_out_of_reach(error)


def was_not_sent(error: BaseException) -> bool:
    """Whether Telegram has not done what it was asked, as far as anybody knows.

    No connection was made, or it answered that it could not, as with 502.
    """
    return is_out_of_reach(error) and not is_in_doubt(error)


def is_in_doubt(error: BaseException) -> bool:
    """Whether Telegram may have done what it was asked, as after a silence or a cut connection."""
    if not is_out_of_reach(error) or isinstance(error.__cause__, NEVER_CONNECTED):
        return False
    return not _is_answer(error) or HTTPStatus.GATEWAY_TIMEOUT.phrase in str(error)


def has_failed(error: BaseException) -> bool:
    """Whether Telegram has answered that it could not do what it was asked, as with 500 or 429."""
    is_refused = isinstance(error, RetryAfter) or is_out_of_reach(error)
    return is_refused and not is_from_between(error) and _is_answer(error)


def _is_answer(error: BaseException) -> bool:
    return error.__cause__ is None or isinstance(error.__cause__, TelegramError)
