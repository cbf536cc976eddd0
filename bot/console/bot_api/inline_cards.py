"""The cards that may answer an inline query."""

import re

from bot.console.world.call_values import JsonObject, required
from bot.console.world.refusals import bad_request
from bot.console.world.text_entities import LONGEST_TEXT, check_length, formatted

MOST_CARDS = 50
LONGEST_ID = 64
LONGEST_START = 64
UNREAD = "can't parse inline query result"


def checked_cards(cards: object) -> list[JsonObject]:
    """The cards as Telegram keeps them; only articles without buttons are played."""
    if cards in (None, ""):
        return []
    if not isinstance(cards, list):
        raise bad_request("expected an Array of inline query results")
    if len(cards) > MOST_CARDS:
        raise bad_request("too many inline query results specified")
    checked = [_card(card) for card in cards]
    if len({card["id"] for card in checked}) < len(checked):
        raise bad_request("RESULT_ID_DUPLICATE")
    return checked


def checked_button(button: object) -> JsonObject | None:
    """The button above the cards, which opens the private chat with a start parameter."""
    if button in (None, ""):
        return None
    unread = "can't parse inline query results button"
    if not isinstance(button, dict):
        raise bad_request(f"{unread}: InlineQueryResultsButton must be an Object")
    required(button, "text", str, unread)
    if "start_parameter" not in button:
        problem = "InlineQueryResultsButton must have exactly one optional field"
        raise bad_request(f"{unread}: {problem}")
    parameter = required(button, "start_parameter", str, unread)
    if not parameter:
        raise bad_request("can't use empty start_parameter")
    if len(parameter) > LONGEST_START:
        raise bad_request("too long start_parameter specified")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", parameter):
        raise bad_request("unallowed characters in start_parameter are used")
    return button


def _card(card: object) -> JsonObject:
    if not isinstance(card, dict):
        raise bad_request(f"{UNREAD}: Inline query result must be an object")
    kind = required(card, "type", str, UNREAD)
    identity = required(card, "id", str, UNREAD)
    if kind.casefold() != "article":
        raise bad_request(f'{UNREAD}: type "{kind}" is unsupported')
    title = required(card, "title", str, UNREAD)
    content = _content(required(card, "input_message_content", dict, UNREAD))
    if not identity:
        raise bad_request("RESULT_ID_EMPTY")
    if len(identity.encode()) > LONGEST_ID:
        raise bad_request("RESULT_ID_INVALID")
    if not title.strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    return {**card, "input_message_content": content}


def _content(content: JsonObject) -> JsonObject:
    text = content.get("message_text")
    if not text:
        raise bad_request(f"{UNREAD}: Input message content is not specified")
    if content.get("parse_mode"):
        raise bad_request(f"{UNREAD}: Unsupported parse_mode")
    message = formatted(str(text), content.get("entities"))
    check_length(message.text, LONGEST_TEXT, "MESSAGE_TOO_LONG")
    return {**content, **message.fields("message_text")}
