"""The Bot API client: python-telegram-bot's, for calls that take and give JSON."""

from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.http.json_object import JsonObject


class BotApiClient(ExtBot[None]):
    """A bot that sends and fetches JSON.

    Of a message that was sent only the number is needed, not a copy of all that it says, and an
    update that cannot be read must not hold up the others. So it posts through `Bot._post`, which
    the library keeps to itself: its public `do_api_request` warns of each method that it knows.
    """

    async def call(
        self,
        method: str,
        fields: JsonObject,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401  # from outside
        """What Telegram answers to a call of that method, with these fields; or TelegramError."""
        return await self._post(method, dict(fields), read_timeout=read_timeout)
