"""What goes to Telegram and what comes from it? Calls and updates as they are on the wire."""

import logging
from typing import Any, cast

from telegram import Update
from telegram._utils.types import JSONDict
from telegram.error import NetworkError
from telegram.ext import ExtBot

from bot.delivery.rate_limiter import Going, RateLimiter
from bot.delivery.retry_policy import answered
from bot.http.json_object import JsonObject
from bot.intake.update_schema import LARGEST, defect
from bot.monitoring.logs import about_update

# What Telegram is asked for; anything else never comes.
ASKED_FOR = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
POLL_SECONDS = 25
READ_SECONDS = 10

log = logging.getLogger(__name__)


class Wire(ExtBot[Going]):
    """A bot that sends and fetches JSON.

    An update that cannot be read must not hold up the others; and of a message that was sent only
    the number is needed, not a copy of all that it says.
    """

    async def post_new(self, method: str, fields: JsonObject, going: Going) -> Any:  # noqa: ANN401  # from outside
        """Send a message of these fields; while it goes out, the block is entered."""
        if self.rate_limiter is None:
            with going():
                return await self._post(method, dict(fields))
        told = self._merge_api_rl_kwargs(None, going)
        return await self._post(method, dict(fields), api_kwargs=told)

    async def change(self, fields: JsonObject) -> None:
        """Let a message have these fields instead of those that it had."""
        await self._post("editMessageText", dict(fields))

    async def change_buttons(self, fields: JsonObject) -> object:
        """Let a message have other buttons; returns it, as Telegram shows it."""
        return await self._post("editMessageReplyMarkup", dict(fields))

    async def fetch(self, offset: int, timeout: int = POLL_SECONDS) -> list[JSONDict]:  # noqa: ASYNC109
        """The updates from that id on, waiting so many seconds for the first one.

        Those before it are confirmed by this: Telegram forgets them.
        """
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": ASKED_FOR}
        asking = self._post("getUpdates", asked, read_timeout=timeout + READ_SECONDS)
        found: object = await answered(asking)
        if not isinstance(found, list):
            raise NetworkError("an answer to getUpdates that is no list")
        return cast("list[JSONDict]", found)

    async def hush(self, seconds: float) -> None:
        """Send no more messages, and wait for those that are on their way, at most so long."""
        if isinstance(self.rate_limiter, RateLimiter):
            await self.rate_limiter.close(seconds)

    def read(self, fields: Any) -> Update | None:  # noqa: ANN401  # from outside
        """The update; None for what is none, which is logged."""
        wrong = defect(fields)
        if wrong is None:
            try:
                return Update.de_json(fields, self)
            except Exception as error:  # noqa: BLE001  # whatever it was made of
                wrong = type(error).__name__
        number = fields.get("update_id") if isinstance(fields, dict) else None
        is_number = isinstance(number, int) and 0 <= number < LARGEST
        with about_update(number if is_number else None):
            log.warning("an update cannot be read and is passed over: %s", wrong)
        return None
