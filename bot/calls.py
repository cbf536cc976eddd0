"""What goes to Telegram and what comes from it? Calls and updates as they are on the wire."""

import logging
from dataclasses import dataclass
from math import inf
from typing import Any, cast

from telegram import InputFile, Update
from telegram._utils.types import JSONDict
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot
from telegram.request import BaseRequest

from bot.flood import FloodControl
from bot.logs import about_update
from bot.objects import JsonObject
from bot.retries import answered, is_in_doubt, may_pass, patiently
from bot.said import SAID, Sent
from bot.shapes import LARGEST, defect
from bot.trail import Gap, Trail

# What Telegram is asked for; anything else never comes.
ASKED_FOR = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
POLL_SECONDS = 25
MOST_FETCHED = 100  # at a time, as Telegram limits it
READ_SECONDS = 10
PLACE = ("chat_id", "message_thread_id", "reply_parameters")
SAME = "message is not modified"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """A place to speak at: a chat, its forum topic, and the message that is replied to."""

    chat: int
    topic: int | None = None
    message: int | None = None


class FootnoteBot(ExtBot[None]):
    """A bot that says and fetches things as JSON.

    A message that was sent when the same update was handled before, and that was cut short, is
    not sent again: it is edited, so that its buttons are those of the answer that is kept. An
    update that cannot be read must not hold up the others; and of a message that was sent only
    the number is needed, not a copy of all that it says.

    A message that Telegram may have taken without saying so is looked for before it is sent again;
    rather twice than never. If nobody has asked for it, as with a briefing on a schedule, it is
    not sent again.
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
        self._flood_control = rate_limiter
        self._is_caught_up = self._is_drained = False
        self._trail = rate_limiter.trail if rate_limiter else Trail()

    @property
    def is_caught_up(self) -> bool:
        """Whether all that comes was written since the program runs."""
        return self._is_caught_up

    def catch_up(self) -> None:
        """Note that whatever comes from now on is written since the program runs."""
        self._is_caught_up = True

    async def say(self, fields: JsonObject) -> Sent:
        """Send a message of these fields."""
        if sent := _said_before():
            await self._say_differently(sent, fields)
            return sent
        return _noted(await self._say_surely(fields))

    async def say_with_file(self, fields: JsonObject, name: str, content: bytes) -> Sent:
        """Send a file of that name, in a message of these fields."""
        if sent := _said_before():
            return sent
        fields = {**fields, "document": InputFile(content, filename=name)}
        with self._trail.sending(chat_of(fields), None):
            return _noted(self._sent(await self._post("sendDocument", fields)))

    async def change(self, fields: JsonObject) -> None:
        """Let a message have these fields instead of those that it had."""
        await self._post("editMessageText", dict(fields))

    async def _say_surely(self, fields: JsonObject) -> Sent:
        """Send a message; where nobody knows whether that was done, look for it first."""
        said, chat = SAID.get(), chat_of(fields)
        new = said.new.message if said and said.new and said.new.chat == chat else None
        with self._trail.sending(chat, new) as gap:
            try:
                return self._sent(await self._post("sendMessage", dict(fields)))
            except TelegramError as error:
                if said is None or not is_in_doubt(error):
                    raise
            return await self._say_again(gap, fields)

    async def _say_again(self, gap: Gap, fields: JsonObject) -> Sent:
        """Look for a message, and send it if it is not there; for as long as that takes."""
        async for attempt in patiently(may_pass, inf):
            with attempt:
                found = await self._find(gap, fields)
                return found or self._sent(await self._post("sendMessage", dict(fields)))
        raise AssertionError  # it never gives up

    async def _find(self, gap: Gap, fields: JsonObject) -> Sent | None:
        """A message of these fields that was sent already, if it stands in the gap.

        Only of one of the bot's own the buttons can be set, here to those that it has.
        """
        buttons = {name: fields[name] for name in ("reply_markup",) if name in fields}
        for number in gap.numbers():
            place = {"chat_id": fields["chat_id"], "message_id": number}
            try:
                await self.change_buttons(place | buttons)
            except BadRequest as refusal:
                if not is_unchanged(refusal):
                    continue
            log.info("message %s was taken without a word; it is not sent again", number)
            self._trail.sent(chat_of(fields), number)
            return Sent(chat_of(fields), number, _replied(fields))
        return None

    def _sent(self, message: Any) -> Sent:  # noqa: ANN401  # from outside
        sent = Sent(
            message["chat"]["id"],
            message["message_id"],
            message.get("reply_to_message", {}).get("message_id"),
        )
        self._trail.sent(sent.chat, sent.message)
        return sent

    async def _say_differently(self, sent: Sent, fields: JsonObject) -> None:
        place = {"chat_id": sent.chat, "message_id": sent.message}
        kept = {name: fields[name] for name in fields if name not in PLACE}
        try:
            await self.change(place | kept)
        except (BadRequest, Forbidden) as refusal:  # it reads so already, or is deleted by now
            log.info("message %s was sent before and stays: %s", sent.message, refusal)

    async def change_buttons(self, fields: JsonObject) -> None:
        """Let a message have other buttons."""
        await self._post("editMessageReplyMarkup", dict(fields))

    async def fetch(self, offset: int, timeout: int = POLL_SECONDS) -> list[JSONDict]:  # noqa: ASYNC109
        """The updates from that id on, waiting so many seconds for the first one.

        Those before it are confirmed by this: Telegram forgets them.
        """
        self._is_caught_up |= self._is_drained
        asked = {"offset": offset, "timeout": timeout, "allowed_updates": ASKED_FOR}
        asking = self._post("getUpdates", asked, read_timeout=timeout + READ_SECONDS)
        found: object = await answered(asking)
        if not isinstance(found, list):
            raise NetworkError("an answer to getUpdates that is no list")
        self._is_drained = len(found) < MOST_FETCHED
        return cast("list[JSONDict]", found)

    async def hush(self, seconds: float) -> None:
        """Send no more messages, and wait for those that are on their way, at most so long."""
        if self._flood_control:
            await self._flood_control.close(seconds)

    def read(self, fields: Any) -> Update | None:  # noqa: ANN401  # from outside
        """The update; None for what is none, which is logged."""
        wrong = defect(fields)
        if wrong is None:
            try:
                update = Update.de_json(fields, self)
                if update.message is not None:
                    self._trail.heard(update.message.chat_id, update.message.message_id)
            except Exception as error:  # noqa: BLE001  # whatever it was made of
                wrong = type(error).__name__
            else:
                return update
        number = fields.get("update_id") if isinstance(fields, dict) else None
        is_number = isinstance(number, int) and 0 <= number < LARGEST
        with about_update(number if is_number else None):
            log.warning("an update cannot be read and is passed over: %s", wrong)
        return None


def _said_before() -> Sent | None:
    """The next of the messages that were sent for this update before, if there is one more."""
    said = SAID.get()
    return said.before.popleft() if said and said.before else None


def is_unchanged(refusal: Exception) -> bool:
    """Whether a message was not edited because it is as it should be."""
    return SAME in str(refusal).casefold()


def chat_of(fields: JsonObject) -> int:
    """The chat that a call is about."""
    return cast("int", fields["chat_id"])


def _replied(fields: JsonObject) -> int | None:
    """The number of the message that a message replies to."""
    reply = cast("dict[str, int]", fields.get("reply_parameters", {}))
    return reply.get("message_id")


def _noted(sent: Sent) -> Sent:
    if said := SAID.get():
        said.note(sent)
    return sent
