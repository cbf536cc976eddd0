"""Reply parameters: what a message replies to."""

from bot.console.bot_api.chat_access import found_message
from bot.console.world.call_values import JsonObject, Parameters
from bot.console.world.chats import Chat


def replied_message(chat: Chat, parameters: Parameters) -> JsonObject | None:
    """The message that a call replies to; None if there is none and none is needed."""
    given = parameters.object("reply_parameters")
    if not given:
        return None
    number = given["message_id"]
    if given.get("allow_sending_without_reply") and number not in chat.messages:
        return None
    return found_message(chat, number, "message to be replied")
