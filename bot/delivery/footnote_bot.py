"""How is a message sent once, whatever becomes of the call that sends it?"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial
from math import inf
from typing import Any, cast
from weakref import WeakValueDictionary

from telegram import InputFile, Update
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.delivery.rate_limiter import LONGEST_UNASKED, RateLimiter
from bot.delivery.retry_policy import answered, is_in_doubt, may_pass, patiently
from bot.delivery.search import find, replied_to
from bot.delivery.sent_messages import SAID, Gap, Sent, away
from bot.delivery.trail import Trail
from bot.delivery.wire import Wire
from bot.http.json_object import JsonObject
from bot.storage.receipts import Receipts

PLACE = ("chat_id", "message_thread_id", "reply_parameters")
LONGEST_LISTENING = 3
BUSY_SECONDS = 30  # until what nobody has asked for may try again in a chat

log = logging.getLogger(__name__)


class FootnoteBot(Wire):
    """A bot that says things once.

    A message that was sent when the same update was handled before, and that was cut short, is
    not sent again: it is edited, so that its buttons are those of the answer that is kept.

    A message that Telegram may have taken without saying so is looked for before it is sent again,
    also if the process was killed meanwhile; rather twice than never. If nobody has asked for it,
    as with a briefing on a schedule, it is not sent again.
    """

    def __init__(
        self,
        token: str,
        base_url: str = "https://api.telegram.org/bot",
        *,
        request: BaseRequest,
        get_updates_request: BaseRequest,
        rate_limiter: RateLimiter | None = None,
    ) -> None:
        super().__init__(
            token,
            base_url,
            request=request,
            get_updates_request=get_updates_request,
            rate_limiter=rate_limiter,
        )
        self._trail = Trail()
        self._receipts: Receipts | None = None
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._is_hearing = asyncio.Event()
        self._is_hearing.set()

    def keep(self, receipts: Receipts) -> None:
        """Note there what is sent; what was noted by earlier runs of the program is known."""
        self._receipts = receipts
        self._trail.remember(receipts.last, receipts.lost)

    def forget(self, chat: int) -> None:
        """Forget what was sent to a chat."""
        self._trail.forget(chat)
        if self._receipts:
            self._receipts.forget_chat(chat)

    def listen_first(self) -> None:
        """Say nothing, for a while, before it has come in what people wrote since the last run.

        So it is known behind which of their messages the first ones will stand.
        """
        self._is_hearing.clear()

    def hear(self) -> None:
        """Note that it has come in."""
        self._is_hearing.set()

    def read(self, fields: Any) -> Update | None:  # noqa: ANN401  # from outside
        """The update; None for what is none, which is logged."""
        update = super().read(fields)
        if update is not None and update.message is not None:
            self._trail.heard(update.message.chat_id, update.message.message_id)
        return update

    async def say(self, fields: JsonObject) -> Sent:
        """Send a message of these fields.

        RetryAfter if nobody has asked for it, and others that go there take long.
        """
        async with self._turn(_chat_of(fields)):
            sent = await self._said_before(fields)
            if sent is None:
                return await self._say_surely("sendMessage", fields)
            await self._say_differently(sent, fields)
            return sent

    async def say_with_file(self, fields: JsonObject, name: str, content: bytes) -> Sent:
        """Send a file of that name, in a message of these fields."""
        document = {"document": InputFile(content, filename=name)}
        async with self._turn(_chat_of(fields)):
            sent = await self._said_before(fields)
            return sent or await self._say_surely("sendDocument", fields | document)

    @asynccontextmanager
    async def _turn(self, chat: int) -> AsyncIterator[None]:
        """One message at a time goes to a chat: so it is known where each of them stands."""
        turn = self._turns.setdefault(chat, asyncio.Lock())
        async with away():
            await self._listen()
            try:
                async with asyncio.timeout(None if SAID.get() else LONGEST_UNASKED):
                    await turn.acquire()
            except TimeoutError:
                raise RetryAfter(BUSY_SECONDS) from None
            try:
                yield
            finally:
                turn.release()

    async def _listen(self) -> None:
        if not self._is_hearing.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_hearing.wait(), LONGEST_LISTENING)
            self.hear()

    async def _said_before(self, fields: JsonObject) -> Sent | None:
        """Where it stands, if it was sent already when the update was handled before."""
        said = SAID.get()
        before = said.before.popleft() if said and said.before else None
        return await self._find(before, fields) if isinstance(before, Gap) else before

    async def _say_surely(self, method: str, fields: JsonObject) -> Sent:
        """Send a message; where nobody knows whether that was done, look for it first."""
        left: list[Gap] = []
        try:
            return await self._send(method, fields, left)
        except TelegramError as error:
            if not is_in_doubt(error):
                raise
            if SAID.get() is None:
                self._trail.lose(_chat_of(fields))
                raise
        try:  # for as long as it takes: nobody else knows of it
            return await patiently(may_pass, inf)(self._say_again, method, fields, left)
        except TelegramError:
            self._trail.lose(_chat_of(fields))
            raise

    async def _say_again(self, method: str, fields: JsonObject, left: list[Gap]) -> Sent:
        return await self._find(left[-1], fields) or await self._send(method, fields, left)

    async def _send(self, method: str, fields: JsonObject, left: list[Gap]) -> Sent:
        """Send a message, and add the gap that it goes into each time when it leaves."""
        going = partial(self._going, _chat_of(fields), left)
        return await answered(self._sent(self.post_new(method, fields, going)))

    @contextmanager
    def _going(self, chat: int, left: list[Gap]) -> Iterator[None]:
        gap = self._trail.gap(chat)
        left.append(gap)
        if self._receipts:
            self._receipts.note(_update(), gap)
        try:
            yield
        except Exception as error:
            if self._receipts and not is_in_doubt(error):
                self._receipts.retract(_update(), chat)
            raise

    async def _sent(self, sending: Awaitable[Any]) -> Sent:
        shown = await sending
        return self._has(Sent(shown["chat"]["id"], shown["message_id"], replied_to(shown)))

    async def _find(self, gap: Gap, fields: JsonObject) -> Sent | None:
        found = await find(self, self._trail, gap, fields, len(self._turns))
        return self._has(found) if found else None

    def _has(self, sent: Sent) -> Sent:
        self._trail.sent(sent.chat, sent.message)
        if self._receipts:
            self._receipts.note(_update(), sent)
        return sent

    async def _say_differently(self, sent: Sent, fields: JsonObject) -> None:
        place = {"chat_id": sent.chat, "message_id": sent.message}
        kept = {name: fields[name] for name in fields if name not in PLACE}
        try:
            await self.change(place | kept)
        except (BadRequest, Forbidden) as refusal:  # it reads so already, or is deleted by now
            log.info("message %s was sent before and stays: %s", sent.message, refusal)


def _update() -> int | None:
    """The number of the update that is being handled, if one is."""
    said = SAID.get()
    return said.update if said else None


def _chat_of(fields: JsonObject) -> int:
    """The chat that a call is about."""
    return cast("int", fields["chat_id"])
