"""The sources of updates where there are several processes: one leads, and deals with Telegram."""

import asyncio
import logging
import socket
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from urllib.parse import urlsplit

from bot.cluster.agreements import Agreements
from bot.cluster.database_patience import run_patiently
from bot.cluster.leadership import Lead
from bot.delivery.footnote_bot import FootnoteBot
from bot.http.json_object import JsonObject
from bot.http.server import address_of, serving, start_listening
from bot.intake.connection import TelegramConnection
from bot.intake.inbox import Take
from bot.intake.update_schema import ASKED_FOR
from bot.intake.update_sources import LISTEN, UpdateSource
from bot.intake.webhook import webhook_page
from bot.intake.webhook_registration import WebhookRegistration
from bot.storage.worker_thread import WorkerThread

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LeaderPolling:
    """Fetches the updates if this process leads; otherwise waits until it does."""

    source: UpdateSource
    lead: Lead

    async def receive(
        self, bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take, /
    ) -> int:
        """Fetch updates while this process leads."""
        return await self.lead(partial(self.source.receive, bot, connection, stop, take))


class SharedRegistration(WebhookRegistration):
    """The webhook's registration, which is set once: not again by each process that leads."""

    def __init__(  # noqa: PLR0913, PLR0917  # and what it is agreed by
        self,
        bot: FootnoteBot,
        connection: TelegramConnection,
        url: str,
        secret: str,
        agreements: Agreements,
        worker: WorkerThread,
    ) -> None:
        super().__init__(bot, connection, url, secret)
        said = "\n".join((url, secret, *ASKED_FOR))
        self._digest = blake2b(said.encode(), digest_size=16).hexdigest()
        self._agreements = agreements
        self._worker = worker
        self._comes_to_lead = False

    async def keep(self, stop: asyncio.Event) -> None:
        """Look after the webhook; it is set first, unless it was by whoever led before."""
        self._comes_to_lead = True
        await super().keep(stop)

    async def _set(self) -> None:
        comes, self._comes_to_lead = self._comes_to_lead, False
        agreed, worker = self._agreements, self._worker
        if comes and await run_patiently(worker, agreed.is_webhook, self._digest):
            return
        await super()._set()
        await run_patiently(worker, agreed.note_webhook, self._digest)


@dataclass(frozen=True, slots=True)
class SharedWebhookSource:
    """Every process takes what is posted; whoever leads sees to the webhook's registration."""

    url: str
    secret: str = field(repr=False)
    listener: socket.socket
    lead: Lead
    agreements: Agreements = field(repr=False)
    worker: WorkerThread

    async def receive(
        self, bot: FootnoteBot, connection: TelegramConnection, stop: asyncio.Event, take: Take, /
    ) -> int:
        """Serve the webhook; each update is confirmed once it is taken."""
        agreed = self.agreements, self.worker
        registration = SharedRegistration(bot, connection, self.url, self.secret, *agreed)

        async def take_one(posted: Sequence[JsonObject]) -> bool:
            is_kept = await take(posted)
            registration.note_delivery(is_kept=is_kept)
            return is_kept

        async def register() -> int:
            await registration.keep(stop)
            return 0

        path = urlsplit(self.url).path or "/"
        start_listening(self.listener, LISTEN)
        log.info("updates are awaited at %s", address_of(self.listener))
        async with serving(webhook_page(path, self.secret, take_one), self.listener):
            await self.lead(register)
            await stop.wait()
        return 0
