"""The webhook's registration with Telegram: set, watched, and set again."""

import asyncio
import logging
import time
from http import HTTPStatus
from urllib.parse import urlsplit

from telegram import WebhookInfo
from telegram.error import BadRequest

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.retry_policy import is_from_proxy
from bot.intake.connection import NOT_KEPT, TelegramConnection, TelegramUnusableError
from bot.intake.update_schema import ASKED_FOR

WEBHOOK_CHECK_SECONDS = 30.0
TROUBLED_CHECK_SECONDS = 5.0  # while updates do not get through
MOST_THEFTS = 4
REFUSED = str(HTTPStatus.UNAUTHORIZED.value)

log = logging.getLogger(__name__)


class WebhookRegistration:
    """A webhook's registration with Telegram, which is checked every few seconds.

    While updates do not get through, it is looked at sooner: after the first seconds, then twice
    as many, until they are so many.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its two paces
        self,
        bot: FootnoteBot,
        connection: TelegramConnection,
        url: str,
        secret: str,
        seconds: float = WEBHOOK_CHECK_SECONDS,
        first_seconds: float = TROUBLED_CHECK_SECONDS,
    ) -> None:
        self._bot = bot
        self._connection = connection
        self._liveness = connection.liveness
        self._url = url
        self._secret = secret
        self._seconds = seconds
        self._first_seconds = first_seconds
        self._troubles = 0
        self._thefts = 0
        self._delivered_at = self._set_at = time.time()

    def note_delivery(self, *, is_kept: bool) -> None:
        """Note that an update got through, and whether it was kept."""
        self._delivered_at = time.time()
        if is_kept:
            self._liveness.beat()
        else:
            self._liveness.falter(NOT_KEPT)

    async def keep(self, stop: asyncio.Event) -> None:
        """Tell Telegram the address, and look now and then whether it still holds.

        Raises TelegramUnusableError if Telegram does not take it, or something else changes it.
        """
        await self._set()
        while not stop.is_set():
            if info := await self._connection.call(self._bot.get_webhook_info):
                await self._look(info)
            await self._connection.pause(self._pause())

    def _pause(self) -> float:
        if not self._troubles:
            return self._seconds
        return min(self._seconds, self._first_seconds * 2.0 ** min(self._troubles - 1, 10))

    async def _set(self) -> None:
        await self._connection.call(self._register)

    async def _register(self) -> None:
        self._set_at = time.time()
        try:
            await self._bot.set_webhook(
                self._url,
                secret_token=self._secret,
                allowed_updates=ASKED_FOR,
                drop_pending_updates=False,
            )
        except BadRequest as refusal:
            if is_from_proxy(refusal):
                raise
            raise TelegramUnusableError(
                f"Telegram does not take FOOTNOTE_WEBHOOK_URL ({refusal}); correct it, or unset "
                "it to fetch updates instead"
            ) from None

    async def _look(self, info: WebhookInfo) -> None:
        if info.url != self._url:
            await self._take_back(info)
        elif trouble := self._trouble(info):
            self._troubles += 1
            log.warning("%s; %d updates wait there", trouble, info.pending_update_count)
            await self._set_secret_again(info)
            self._liveness.falter(trouble)
        else:
            self._thefts = self._troubles = 0
            self._liveness.beat()

    async def _set_secret_again(self, info: WebhookInfo) -> None:
        """Set the webhook again if its posts are refused since it was set.

        Somebody may have set it with the same address and another secret, which Telegram shows to
        nobody.
        """
        failed_at, error = info.last_error_date, info.last_error_message or ""
        if failed_at and failed_at.timestamp() > self._set_at and REFUSED in error:
            log.warning("the webhook is set again, in case its secret was changed at Telegram")
            await self._set()

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
