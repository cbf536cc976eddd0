"""The two sources of updates: long polling and the webhook."""

import asyncio
import logging
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from bot.delivery.footnote_bot import FootnoteBot
from bot.http.json_object import JsonObject
from bot.http.server import address_of, bind, listen, serving
from bot.intake.connection import TelegramConnection
from bot.intake.inbox import Take
from bot.intake.polling import poll
from bot.intake.webhook import webhook_page
from bot.intake.webhook_registration import WebhookRegistration
from bot.settings.addresses import read_address
from bot.settings.settings import Settings

LISTEN = "FOOTNOTE_LISTEN"

log = logging.getLogger(__name__)


class UpdateSource(Protocol):
    """A way in, from which updates are taken until the bot is to stop.

    `receive` returns the number before which Telegram may forget them, or 0 if it has already.
    What waits at Telegram when the other way was used before comes in first.
    """

    async def receive(
        self, bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take, /
    ) -> int: ...


class PollingSource:
    """Updates are fetched; no address is needed."""

    async def receive(
        self, bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take, /
    ) -> int:
        """Fetch updates; they are confirmed once they are taken."""
        await connection.call(lambda: bot.delete_webhook(drop_pending_updates=False))
        return await poll(bot, connection, stop, take)


@dataclass(frozen=True, slots=True)
class WebhookSource:
    """Updates are posted to `url`, which leads to `listener`, by whoever knows the secret."""

    url: str
    secret: str = field(repr=False)
    listener: socket.socket

    async def receive(
        self, bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take, /
    ) -> int:
        """Serve the webhook; each update is confirmed once it is taken."""
        registration = WebhookRegistration(bot, connection, self.url, self.secret)

        async def take_one(posted: Sequence[JsonObject]) -> bool:
            is_kept = await take(posted)
            registration.note_delivery(is_kept=is_kept)
            return is_kept

        path = urlsplit(self.url).path or "/"
        log.info("updates are awaited at %s", address_of(self.listener))
        async with serving(webhook_page(path, self.secret, take_one), self.listener):
            await registration.keep(stop)
        return 0


@contextmanager
def update_source(settings: Settings) -> Iterator[UpdateSource]:
    """The way in that is set; raises ListenError if its address is not free.

    Where processes share the bot, nobody can connect until this one is ready: what is posted goes
    to another one meanwhile, instead of waiting here.
    """
    if not settings.webhook_url:
        yield PollingSource()
        return
    address = read_address(settings.listen)
    listener = bind(address, LISTEN) if settings.shared else listen(address, LISTEN)
    with closing(listener):
        yield WebhookSource(settings.webhook_url, settings.webhook_secret, listener)
