"""Does Telegram know where to send updates, and does it get through?"""

import asyncio
import logging
import time
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import BadRequest

from bot.calls import ASKED_FOR, FootnoteBot
from bot.polling import NOT_KEPT, Line, TelegramUnusableError

CHECK_SECONDS = 30.0
MOST_THEFTS = 4

log = logging.getLogger(__name__)


class Subscription:
    """A webhook's registration with Telegram: looked at every so many seconds."""

    def __init__(
        self,
        bot: FootnoteBot,
        line: Line,
        url: str,
        secret: str,
        seconds: float = CHECK_SECONDS,
    ) -> None:
        self._bot = bot
        self._line = line
        self._pulse = line.pulse
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._thefts = 0
        self._delivered_at = time.time()

    def note(self, *, is_kept: bool) -> None:
        """Note that an update got through, and whether it was kept."""
        self._delivered_at = time.time()
        if is_kept:
            self._pulse.beat()
        else:
            self._pulse.falter(NOT_KEPT)

    async def keep(self, stop: asyncio.Event) -> None:
        """Tell Telegram the address, and look now and then whether it still holds.

        Raises TelegramUnusableError if Telegram does not take it, or something else changes it.
        """
        await self._set()
        while not stop.is_set():
            info = await self._line.call(self._bot.get_webhook_info)
            if info is not None:
                await self._look(info)
            await self._line.pause(self._seconds)

    async def _set(self) -> None:
        await self._line.call(self._register)

    async def _register(self) -> None:
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=ASKED_FOR,
                drop_pending_updates=False,
            )
        except BadRequest as refusal:
            raise TelegramUnusableError(
                f"Telegram does not take FOOTNOTE_WEBHOOK_URL ({refusal}); correct it, or unset "
                "it to fetch updates instead"
            ) from None

    async def _look(self, info: WebhookInfo) -> None:
        if info.url != self._url:
            await self._take_back(info)
        elif trouble := self._trouble(info):
            log.warning("%s; %d updates wait there", trouble, info.pending_update_count)
            self._pulse.falter(trouble)
        else:
            self._thefts = 0
            self._pulse.beat()

    async def _take_back(self, info: WebhookInfo) -> None:
        became = f"leads to {urlsplit(info.url).hostname}" if info.url else "is deleted"
        self._thefts += 1
        if self._thefts > MOST_THEFTS:
            raise TelegramUnusableError(
                f"another program uses this bot: its webhook {became} again and again; stop it, "
                "or get a token of your own for this one from @BotFather"
            )
        log.warning("the webhook %s, and is set again; stop what else uses this bot", became)
        await self._set()

    def _trouble(self, info: WebhookInfo) -> str:
        """Why updates that wait do not get through; empty if they do."""
        failed_at = info.last_error_date
        if not info.pending_update_count or failed_at is None:
            return ""
        if failed_at.timestamp() <= self._delivered_at:
            return ""
        return f"Telegram cannot deliver to FOOTNOTE_WEBHOOK_URL: {info.last_error_message}"
