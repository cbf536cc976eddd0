"""Reply parameters: what a message replies to and quotes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from bot.console.bot_api.chat_access import found_message
from bot.console.world.call_values import JsonObject, Parameters, required
from bot.console.world.chats import Chat
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import quoted
from bot.console.world.text_entities import STYLES, FormattedText, formatted, units

LONGEST_REPLY_QUOTE = 1024
Style: TypeAlias = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Reply:
    """The message to be replied, 0 for none, and the quote from it."""

    message_id: int = 0
    optional: bool = False
    chat_id: int | None = None
    quote: FormattedText | None = None
    position: int = 0


def read_reply(parameters: Parameters) -> Reply:
    """The reply parameters of a call, also in their older form."""
    if "reply_parameters" not in parameters:
        return Reply(
            parameters.number("reply_to_message_id"),
            parameters.flag("allow_sending_without_reply"),
        )
    given = parameters["reply_parameters"]
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    if not given:
        return Reply()
    quote = given.get("quote")
    return Reply(
        required(given, "message_id", int, "can't parse reply parameters"),
        bool(given.get("allow_sending_without_reply")),
        given.get("chat_id"),
        formatted(quote, given.get("quote_entities")) if quote else None,
        given.get("quote_position", 0),
    )


def replied_message(chat: Chat, reply: Reply) -> JsonObject | None:
    """The message replied to; None if there is none and none is needed.

    A reply to a message of another chat is not played.
    """
    if reply.message_id <= 0:
        return None
    elsewhere = reply.chat_id not in (None, chat.id)
    if reply.optional and (elsewhere or reply.message_id not in chat.messages):
        return None
    return found_message(chat, 0 if elsewhere else reply.message_id, "message to be replied")


def quote_fields(reply: Reply, replied: JsonObject | None) -> JsonObject:
    """The quote as a field of the message; it must stand in the replied message exactly so."""
    if reply.quote is None or replied is None:
        return {}
    text = reply.quote.text
    position = quoted(replied, text, reply.position)
    if len(text) > LONGEST_REPLY_QUOTE or position is None:
        raise bad_request("QUOTE_TEXT_INVALID")
    marked = replied.get("entities") or replied.get("caption_entities") or ()
    if _styles(reply.quote.entities, 0, units(text)) != _styles(marked, position, units(text)):
        raise bad_request("QUOTE_TEXT_INVALID")
    return {"quote": {**reply.quote.fields(), "position": position, "is_manual": True}}


def _styles(entities: Iterable[JsonObject], start: int, length: int) -> set[Style]:
    """The styles within that part of a text, which a quote has to repeat."""
    styles = set()
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], start + length)
        if entity["type"] in STYLES | {"custom_emoji"} and first < last:
            styles.add((entity["type"], first - start, last - start))
    return styles
