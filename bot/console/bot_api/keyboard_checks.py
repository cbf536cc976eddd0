"""The buttons that may stand under a message."""

from bot.console.world.call_values import JsonObject, required
from bot.console.world.link_checks import checked_link
from bot.console.world.refusals import Refusal, bad_request

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_CALLBACK = 64
LONGEST_COPY = 256

ACTIONS = (
    "url",
    "callback_data",
    "callback_game",
    "pay",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "login_url",
    "web_app",
    "copy_text",
)
# An empty text is no action here, where for the others it is one.
FILLED = frozenset({"url", "callback_data"})


def checked_keyboard(markup: object, *, inline: bool = False) -> JsonObject | None:
    """The inline keyboard, None without one; `inline` refuses any other reply markup."""
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        problem = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        raise bad_request(problem)
    if inline and markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    checked = [[_button(button) for button in row] for row in rows if row]
    _check_size(checked)
    return {"inline_keyboard": checked} if checked else None


def _check_size(rows: list[list[JsonObject]]) -> None:
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    # Telegram shows longer rows in its own way or not at all: here it is said.
    for row in rows:
        if len(row) > WIDEST_ROW:
            raise bad_request(f"{len(row)} buttons in a row, where {WIDEST_ROW} are shown")


def _button(button: object) -> JsonObject:
    if not isinstance(button, dict):
        raise _unread("InlineKeyboardButton must be an Object")
    text = required(button, "text", str, "can't parse inline keyboard button")
    actions = [
        action
        for action in ACTIONS
        if action in button and (button[action] or action not in FILLED)
    ]
    if not actions:
        raise _unread("Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        # Telegram takes the first and drops the others without a word: here it is said.
        raise _unread(f"more than one action: {', '.join(actions)}")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    kept = {name: value for name, value in button.items() if name in {"style", "text"}}
    return {**kept, **_action(actions[0], button[actions[0]])}


def _action(action: str, value: object) -> JsonObject:
    if action == "url":
        return {action: checked_link(str(value), "inline keyboard button")}
    if action == "callback_data" and len(str(value).encode()) > LONGEST_CALLBACK:
        raise bad_request("BUTTON_DATA_INVALID")
    if action == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST_COPY:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    return {action: value}


def _unread(problem: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {problem}")
