"""How is a message sent once, whatever becomes of the call that sends it?"""

import asyncio
import logging
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any, cast

from telegram import InputFile, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.flood import FloodControl
from bot.objects import JsonObject
from bot.retries import answered, is_in_doubt, may_pass, patiently
from bot.said import SAID, Gap, Sent, away
from bot.storage.receipts import Receipts
from bot.trail import Passage, Trail
from bot.wire import Wire

PLACE = ("chat_id", "message_thread_id", "reply_parameters")
SETTLING_SECONDS = 10
SAME = "message is not modified"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """A place to speak at: a chat, its forum topic, and the message that is replied to."""

    chat: int
    topic: int | None = None
    message: int | None = None


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
        rate_limiter: FloodControl | None = None,
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
        self._is_hearing = asyncio.Event()

    def keep(self, receipts: Receipts) -> None:
        """Note there what is sent; what was noted by earlier runs of the program is known."""
        self._receipts = receipts
        self._trail.remember(receipts.last)

    def hear(self) -> None:
        """Note that what waited at Telegram when the program began has come in."""
        self._is_hearing.set()

    def read(self, fields: Any) -> Update | None:  # noqa: ANN401  # from outside
        """The update; None for what is none, which is logged."""
        update = super().read(fields)
        if update is not None and update.message is not None:
            self._trail.heard(update.message.chat_id, update.message.message_id)
        return update

    async def say(self, fields: JsonObject) -> Sent:
        """Send a message of these fields."""
        sent = await self._said_before(fields)
        if sent is None:
            return await self._say_surely("sendMessage", fields)
        await self._say_differently(sent, fields)
        return sent

    async def say_with_file(self, fields: JsonObject, name: str, content: bytes) -> Sent:
        """Send a file of that name, in a message of these fields."""
        sent = await self._said_before(fields)
        document = {"document": InputFile(content, filename=name)}
        return sent or await self._say_surely("sendDocument", fields | document)

    async def _said_before(self, fields: JsonObject) -> Sent | None:
        """Where it stands, if it was sent already when the update was handled before."""
        said = SAID.get()
        before = said.before.popleft() if said and said.before else None
        if not isinstance(before, Gap):
            return before
        return await self._find(before, fields)

    async def _say_surely(self, method: str, fields: JsonObject) -> Sent:
        """Send a message; where nobody knows whether that was done, look for it first."""
        note = partial(self._note, _update())
        with self._trail.sending(_chat_of(fields), note) as passage:
            try:
                return await self._send(method, fields, passage)
            except TelegramError as error:
                if SAID.get() is None or not is_in_doubt(error):
                    raise
            # Never given up: nobody else knows of it.
            return await patiently(may_pass, inf)(self._say_again, method, fields, passage)

    async def _say_again(self, method: str, fields: JsonObject, passage: Passage) -> Sent:
        found = await self._find(passage.gap, fields, passage)
        return found or await self._send(method, fields, passage)

    async def _send(self, method: str, fields: JsonObject, passage: Passage) -> Sent:
        going = partial(self._trail.going, passage)
        return await answered(self._sent(self.post_new(method, fields, going)))

    async def _sent(self, sending: Awaitable[Any]) -> Sent:
        shown = await sending
        return self._has(Sent(shown["chat"]["id"], shown["message_id"], _replied_to(shown)))

    async def _find(
        self, gap: Gap, fields: JsonObject, passage: Passage | None = None
    ) -> Sent | None:
        """A message of these fields that was sent already, if it stands in the gap.

        `passage` is its own, if it is still under way.
        """
        if gap.after is not None:
            async with away():
                await self._settle(gap.chat, passage)
        for number in self._trail.numbers(gap, passage):
            if await self._is_at(gap.chat, number, fields):
                log.info("message %s was taken without a word; it is not sent again", number)
                return self._has(Sent(gap.chat, number, _replied_by(fields)))
        return None

    async def _settle(self, chat: int, passage: Passage | None) -> None:
        """Wait until what others wrote has come in, and nothing else is on its way to the chat.

        So neither is taken for what is looked for; but not for ever.
        """
        if passage is None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_hearing.wait(), SETTLING_SECONDS)
        for _ in range(SETTLING_SECONDS):
            await asyncio.sleep(1)
            if not self._trail.is_crowded(chat, passage):
                return

    async def _is_at(self, chat: int, number: int, fields: JsonObject) -> bool:
        """Whether the bot has sent a message of that number, and in reply to the same.

        Only of one of the bot's own the buttons can be set, here to those that it has.
        """
        place = {"chat_id": chat, "message_id": number}
        buttons = {name: fields[name] for name in ("reply_markup",) if name in fields}
        try:
            shown = await self.change_buttons(place | buttons)
        except (BadRequest, Forbidden, InvalidToken) as refusal:
            return is_unchanged(refusal)
        replied = _replied_by(fields)
        return replied is None or _replied_to(shown) in {None, replied}

    def _has(self, sent: Sent) -> Sent:
        self._trail.sent(sent.chat, sent.message)
        self._note(_update(), sent)
        return sent

    def _note(self, update: int | None, what: Sent | Gap) -> None:
        if self._receipts:
            self._receipts.note(update, what)

    async def _say_differently(self, sent: Sent, fields: JsonObject) -> None:
        place = {"chat_id": sent.chat, "message_id": sent.message}
        kept = {name: fields[name] for name in fields if name not in PLACE}
        try:
            await self.change(place | kept)
        except (BadRequest, Forbidden) as refusal:  # it reads so already, or is deleted by now
            log.info("message %s was sent before and stays: %s", sent.message, refusal)


def is_unchanged(refusal: Exception) -> bool:
    """Whether a message was not edited because it is as it should be."""
    return SAME in str(refusal).casefold()


def _update() -> int | None:
    """The number of the update that is being handled, if one is."""
    said = SAID.get()
    return said.update if said else None


def _chat_of(fields: JsonObject) -> int:
    """The chat that a call is about."""
    return cast("int", fields["chat_id"])


def _replied_by(fields: JsonObject) -> int | None:
    """The number of the message that a message of these fields replies to."""
    reply = cast("dict[str, int]", fields.get("reply_parameters", {}))
    return reply.get("message_id")


def _replied_to(shown: Any) -> int | None:  # noqa: ANN401  # from outside
    """The number of the message that one replies to, as Telegram shows it."""
    replied = shown.get("reply_to_message", {}) if isinstance(shown, dict) else {}
    return cast("int | None", replied.get("message_id"))
