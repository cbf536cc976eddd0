"""Reply parameters: what a message replies to."""

from bot.console.bot_api.chat_access import found_message
from bot.console.world.call_values import JsonObject, Parameters, required
from bot.console.world.chats import Chat
from bot.console.world.refusals import bad_request


def replied_message(chat: Chat, parameters: Parameters) -> JsonObject | None:
    """The message that a call replies to; None if there is none and none is needed."""
    given = parameters["reply_parameters"]
    if not given:
        return None
    if not isinstance(given, dict):
        raise bad_request("object expected as reply parameters")
    number = required(given, "message_id", int, "can't parse reply parameters")
    if given.get("allow_sending_without_reply") and number not in chat.messages:
        return None
    return found_message(chat, number, "message to be replied")
