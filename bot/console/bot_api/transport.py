"""python-telegram-bot's port for requests, leading to the played Bot API."""

import asyncio
from typing import Any
from urllib.parse import unquote

from telegram.request import BaseRequest, RequestData

from bot.console.bot_api.api import BotApi
from bot.console.world.call_values import Upload

FILE = "/file/bot"


class ConsoleRequest(BaseRequest):
    """Answers requests as Telegram's server would, without a network."""

    def __init__(self, api: BotApi) -> None:
        self._api = api

    @property
    def read_timeout(self) -> float | None:
        """None: there is nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Nothing has to be opened."""

    async def shutdown(self) -> None:
        """Nothing has to be closed."""

    async def do_request(
        self,
        url: str,
        method: str,  # noqa: ARG002  # GET and POST are one to the Bot API
        request_data: RequestData | None = None,
        *timeouts: Any,  # noqa: ANN401, ARG002  # nothing takes time
        **named_timeouts: Any,  # noqa: ANN401, ARG002
    ) -> tuple[int, bytes]:
        """Play the call that the address names."""
        # A network lets others go on meanwhile; so a loop of requests cannot hold up all else.
        await asyncio.sleep(0)
        if FILE in url:
            token, _, path = url.partition(FILE)[2].partition("/")
            return self._api.download(unquote(token), unquote(path))
        bot, _, name = url.rpartition("/")
        return self._api.respond(bot.rpartition("/bot")[2], name, _parameters(request_data))


def _parameters(request_data: RequestData | None) -> dict[str, object]:
    if request_data is None:
        return {}
    parameters: dict[str, object] = dict(request_data.json_parameters)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        read = content if isinstance(content, bytes) else content.read()
        parameters[name] = Upload(filename, read, mime_type)
    return parameters
