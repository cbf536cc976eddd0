"""The cards that may answer an inline query."""

import re

from bot.console.world.call_values import JsonObject
from bot.console.world.refusals import bad_request
from bot.console.world.text_entities import LONGEST_TEXT, check_length, formatted

MOST_CARDS = 50
LONGEST_ID = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def checked_cards(cards: list[JsonObject]) -> list[JsonObject]:
    """The cards as Telegram keeps them; only articles without buttons are played."""
    if len(cards) > MOST_CARDS:
        raise bad_request("too many inline query results specified")
    checked = [_card(card) for card in cards]
    if len({card["id"] for card in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    return checked


def checked_button(button: JsonObject | None) -> JsonObject | None:
    """The button above the cards, which opens the private chat with a start parameter."""
    if button and not START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("unallowed characters in start_parameter are used")
    return button


def _card(card: JsonObject) -> JsonObject:
    if not 0 < len(card["id"].encode()) <= LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not card["title"].strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = card["input_message_content"]
    message = formatted(content["message_text"], content.get("entities"))
    check_length(message.text, LONGEST_TEXT, "MESSAGE_TOO_LONG")
    return {**card, "input_message_content": {**content, **message.fields("message_text")}}
