"""The bot: a Bot API client that gives each update an outbox of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakValueDictionary

from telegram.ext import BaseRateLimiter
from telegram.request import BaseRequest

from bot.delivery.bot_api_client import BotApiClient
from bot.delivery.outbox import ChatLocks, Outbox
from bot.storage.receipts import ReceiptBook


class FootnoteBot(BotApiClient):
    """The bot; what it sends has receipts, if there is a place for them."""

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.telegram.org/bot",
        *,
        request: BaseRequest,
        get_updates_request: BaseRequest,
        rate_limiter: BaseRateLimiter[None] | None = None,
    ) -> None:
        super().__init__(
            token,
            base_url,
            f"{base_url.removesuffix('/bot')}/file/bot",
            request=request,
            get_updates_request=get_updates_request,
            rate_limiter=rate_limiter,
        )
        self._receipts: ReceiptBook | None = None
        self._chat_locks: ChatLocks = WeakValueDictionary()
        self._outboxes: dict[int, Outbox] = {}

    def keep_receipts(self, receipts: ReceiptBook) -> None:
        """Keep receipts there; what they say of earlier runs of the program is known."""
        self._receipts = receipts

    def outbox(self, update: int | None) -> Outbox:
        """The outbox of that update, if it is being handled; otherwise a new one.

        None is for what nobody has asked for, such as a briefing on a schedule.
        """
        known = self._outboxes.get(update) if update is not None else None
        return known or Outbox(self, self._chat_locks, self._receipts, update)

    @contextmanager
    def handling(self, update: int) -> Iterator[None]:
        """Send everything for that update through one outbox, until the end of the block."""
        self._outboxes[update] = Outbox(self, self._chat_locks, self._receipts, update)
        try:
            yield
        finally:
            del self._outboxes[update]
