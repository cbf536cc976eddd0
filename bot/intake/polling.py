"""Long polling with `getUpdates`."""

import asyncio
from functools import partial
from typing import cast

from telegram.error import NetworkError

from bot.delivery.footnote_bot import FootnoteBot
from bot.http.json_object import JsonObject
from bot.intake.connection import NOT_KEPT, TelegramConnection
from bot.intake.inbox import Take
from bot.intake.update_schema import ASKED_FOR, number_of

POLL_SECONDS = 5  # Telegram answers by then, with or without an update
HANGING_POLL_SECONDS = 4  # a poll that hangs for so long after that is given up
STANDSTILL_SECONDS = 2.0


async def fetch(bot: FootnoteBot, offset: int, timeout: int = POLL_SECONDS) -> list[JsonObject]:  # noqa: ASYNC109
    """The updates from `offset` on, waiting up to `timeout` seconds for the first one.

    Those before it are confirmed by this: Telegram forgets them. Raises TelegramError.
    """
    asked: JsonObject = {"offset": offset, "timeout": timeout, "allowed_updates": ASKED_FOR}
    longest = timeout + HANGING_POLL_SECONDS
    found: object = await bot.call("getUpdates", asked, read_timeout=longest)
    if not isinstance(found, list):
        raise NetworkError("an answer to getUpdates that is no list")
    return cast("list[JsonObject]", found)


async def poll(
    bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take
) -> int:
    """Fetch updates and let them be taken until the bot is to stop.

    They are confirmed once they are taken; returns the first that is not confirmed.
    """
    offset = 0
    while not stop.is_set():
        # First it is to be known whether they flow.
        seconds = 0 if connection.liveness.trouble else POLL_SECONDS
        fetched = await connection.call(partial(fetch, bot, offset, seconds))
        if not fetched:
            connection.liveness.beat()
            continue
        before = offset
        is_taken = await take(fetched)
        if is_taken:
            connection.liveness.beat()
            numbers = [n for n in map(number_of, fetched) if n is not None]
            # Lower than before after a silent week: the last one counts, not the highest.
            offset = numbers[-1] + 1 if numbers else offset
        else:
            connection.liveness.falter(NOT_KEPT)
        if offset == before:
            await connection.pause(STANDSTILL_SECONDS)
    return offset
