"""The outbox of an update: its messages are sent once, deduplicated by their receipts."""

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias, cast
from weakref import WeakValueDictionary

from telegram import InputFile
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.delivery.bot_api_client import BotApiClient
from bot.delivery.rate_limiter import MOST_UNASKED_SECONDS, UNASKED
from bot.delivery.retry_policy import (
    is_outcome_unknown,
    is_unreachable,
    with_backoff,
    with_network_errors,
)
from bot.http.json_object import JsonObject
from bot.storage.receipts import ReceiptBook, Sent

CHAT_FIELDS = ("chat_id", "message_thread_id", "reply_parameters")
BUSY_CHAT_SECONDS = 30  # until an unasked message is worth another try in a chat
RESEND_SECONDS = 2  # between a call whose outcome is unknown and the next one

ChatLocks: TypeAlias = WeakValueDictionary[int, asyncio.Lock]

log = logging.getLogger(__name__)


class Outbox:
    """Sends the messages of one update, or of none where nobody has asked for them.

    Each message is sent at least once, and rarely twice. One message at a time goes to a chat. If
    handling an update was cut short, the messages sent by then have receipts: when it is handled
    again, they are edited instead of sent again, so that their buttons belong to the answer that
    is kept. A message whose call had an unknown outcome is sent once more, after a pause and once
    Telegram can be reached; a message that nobody has asked for is not.
    """

    def __init__(
        self, bot: BotApiClient, locks: ChatLocks, receipts: ReceiptBook | None, update: int | None
    ) -> None:
        self.bot = bot
        self.is_unasked = update is None
        self._locks = locks
        self._receipts = receipts
        self._update = update
        known = receipts.of(update) if receipts and update is not None else ()
        self._sent_before = deque(known)

    async def say(self, fields: JsonObject) -> Sent:
        """Send a message of these fields.

        Raises TelegramError; RetryAfter if nobody has asked for it and the chat is busy.
        """
        async with self._turn(fields):
            if not self._sent_before:
                return await self._send("sendMessage", fields)
            sent = self._sent_before.popleft()
            await self._say_differently(sent, fields)
            return sent

    async def say_with_file(self, fields: JsonObject, name: str, content: bytes) -> Sent:
        """Send a file of that name, in a message of these fields."""
        document = {"document": InputFile(content, filename=name)}
        async with self._turn(fields):
            if self._sent_before:
                return self._sent_before.popleft()
            return await self._send("sendDocument", fields | document)

    async def change(self, fields: JsonObject, method: str = "editMessageText") -> None:
        """Edit a message, so that it has these fields."""
        await self.bot.call(method, fields)

    async def check_reachable(self) -> None:
        """Make a call that changes nothing; raises TelegramError."""
        await self.bot.call("getMe", self._unasked)

    def forget_handled(self) -> None:
        """Remove the receipts of handled updates from the disk, once this update is handled."""
        if self._receipts and self._update is not None:
            self._receipts.compact_after(self._update)

    @property
    def _unasked(self) -> JsonObject:
        """The field that tells the rate limiter that nobody waits for a call; or none."""
        return {UNASKED: True} if self.is_unasked and self.bot.rate_limiter else {}

    @asynccontextmanager
    async def _turn(self, fields: JsonObject) -> AsyncIterator[None]:
        """One message at a time goes to a chat, so that a kill repeats at most that one."""
        lock = self._locks.setdefault(cast("int", fields["chat_id"]), asyncio.Lock())
        try:
            async with asyncio.timeout(MOST_UNASKED_SECONDS if self.is_unasked else None):
                await lock.acquire()
        except TimeoutError:
            raise RetryAfter(BUSY_CHAT_SECONDS) from None
        try:
            yield
        finally:
            lock.release()

    async def _send(self, method: str, fields: JsonObject) -> Sent:
        """Send a message, once more if the outcome of the first call is unknown."""
        try:
            return await self._post(method, fields)
        except TelegramError as error:
            if self.is_unasked or not is_outcome_unknown(error):
                raise
            log.warning("a message may not have arrived, and is sent once more: %s", error)
        await asyncio.sleep(RESEND_SECONDS)
        await with_backoff(is_unreachable)(self.bot.get_me)
        return await self._post(method, fields)

    async def _post(self, method: str, fields: JsonObject) -> Sent:
        sent = await with_network_errors(self._sent(method, fields | self._unasked))
        if self._receipts and self._update is not None:
            await self._receipts.keep(self._update, sent)
        return sent

    async def _sent(self, method: str, fields: JsonObject) -> Sent:
        shown = await self.bot.call(method, fields)
        replied = (shown.get("reply_to_message") or {}).get("message_id")
        return Sent(int(shown["chat"]["id"]), int(shown["message_id"]), replied and int(replied))

    async def _say_differently(self, sent: Sent, fields: JsonObject) -> None:
        place = {"chat_id": sent.chat, "message_id": sent.message}
        try:
            await self.change(place | {n: fields[n] for n in fields if n not in CHAT_FIELDS})
        except (BadRequest, Forbidden) as refusal:  # it reads so already, or is deleted by now
            log.info("message %s was sent before and stays: %s", sent.message, refusal)
