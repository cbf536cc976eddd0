"""Where is a message that Telegram has taken without saying so?"""

import asyncio
import logging
from typing import Any, cast

from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter

from bot.delivery.retry_policy import has_failed, is_from_between
from bot.delivery.sent_messages import Gap, Sent
from bot.delivery.trail import Trail
from bot.delivery.wire import Wire
from bot.http.json_object import JsonObject

SETTLING_SECONDS = 2
SAME = "message is not modified"
NO_METHOD = "not found"

log = logging.getLogger(__name__)


async def find(wire: Wire, trail: Trail, gap: Gap, fields: JsonObject, others: int) -> Sent | None:
    """A message of these fields, if it stands in the gap, as so many others may.

    First it waits a little: what people wrote meanwhile comes in, so it need not be looked at.
    Where Telegram cannot tell, though it is there, nothing is found.
    """
    if not trail.numbers(gap):
        return None
    await asyncio.sleep(SETTLING_SECONDS)
    try:
        for number in trail.numbers(gap, others):
            if await _is_at(wire, gap.chat, number, fields):
                log.info("message %s was taken without a word; it is not sent again", number)
                return Sent(gap.chat, number, replied_by(fields))
    except (NetworkError, RetryAfter) as error:
        if not has_failed(error):
            raise
        log.warning("nobody can tell whether a message was taken: %s", error)
    return None


async def _is_at(wire: Wire, chat: int, number: int, fields: JsonObject) -> bool:
    """Whether the bot has sent a message of that number, and in reply to the same.

    Only of one of the bot's own the buttons can be set, here to those that it has.
    """
    place = {"chat_id": chat, "message_id": number}
    buttons = {name: fields[name] for name in ("reply_markup",) if name in fields}
    try:
        shown = await wire.change_buttons(place | buttons)
    except (BadRequest, Forbidden) as refusal:
        if is_from_between(refusal):
            raise
        return is_unchanged(refusal)
    except InvalidToken as refusal:
        if is_from_between(refusal) or NO_METHOD not in str(refusal).casefold():
            raise
        return False  # a server that does not know the method
    # In a topic, what replies to nothing is shown as a reply to its beginning.
    return replied_to(shown) in {None, replied_by(fields) or fields.get("message_thread_id")}


def is_unchanged(refusal: Exception) -> bool:
    """Whether a message was not edited because it is as it should be."""
    return SAME in str(refusal).casefold()


def replied_by(fields: JsonObject) -> int | None:
    """The number of the message that a message of these fields replies to."""
    reply = cast("dict[str, int]", fields.get("reply_parameters", {}))
    return reply.get("message_id")


def replied_to(shown: Any) -> int | None:  # noqa: ANN401  # from outside
    """The number of the message that one replies to, as Telegram shows it."""
    replied = shown.get("reply_to_message", {}) if isinstance(shown, dict) else {}
    return cast("int | None", replied.get("message_id"))
