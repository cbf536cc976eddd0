"""The buttons that may stand under a message; only those that send data back are played."""

from bot.console.world.call_values import JsonObject, required
from bot.console.world.refusals import Refusal, bad_request

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_CALLBACK = 64


def checked_keyboard(markup: object) -> JsonObject | None:
    """The inline keyboard, None without one; any other reply markup is refused."""
    if markup in (None, ""):
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        problem = 'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays'
        raise bad_request(problem)
    if markup and "inline_keyboard" not in markup:
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
    data = button.get("callback_data")
    if not data:
        raise _unread("Text buttons are unallowed in the inline keyboard")
    if not text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if len(str(data).encode()) > LONGEST_CALLBACK:
        raise bad_request("BUTTON_DATA_INVALID")
    return {"text": text, "callback_data": data}


def _unread(problem: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {problem}")
