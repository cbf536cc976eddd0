"""The buttons that may stand under a message; only those that send data back are played."""

from bot.console.world.call_values import JsonObject
from bot.console.world.refusals import bad_request

MOST_BUTTONS = 100
WIDEST_ROW = 8
LONGEST_CALLBACK = 64


def checked_keyboard(markup: JsonObject | None) -> JsonObject | None:
    """The inline keyboard, without empty rows; None where there is no button."""
    rows = [row for row in markup["inline_keyboard"] if row] if markup else []
    if sum(map(len, rows)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    for row in rows:
        # Telegram shows longer rows in its own way or not at all: here it is said.
        if len(row) > WIDEST_ROW:
            raise bad_request(f"{len(row)} buttons in a row, where {WIDEST_ROW} are shown")
        for button in row:
            _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: JsonObject) -> None:
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if not 0 < len(button["callback_data"].encode()) <= LONGEST_CALLBACK:
        raise bad_request("BUTTON_DATA_INVALID")
