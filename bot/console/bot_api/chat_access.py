"""Whether the bot may do something in a chat."""

from bot.console.world.call_values import JsonObject, Parameters
from bot.console.world.chats import Chat
from bot.console.world.refusals import bad_request, forbidden
from bot.console.world.telegram_world import World


def chat_to_read(world: World, parameters: Parameters) -> Chat:
    """The chat of the call, if the bot may look into it."""
    chat = _chat(world, parameters)
    if chat.kind == "supergroup":
        _check_membership(chat)
    return chat


def chat_to_edit(world: World, parameters: Parameters) -> Chat:
    """The chat of the call, if the bot is in it."""
    chat = _chat(world, parameters)
    if not chat.private and chat.migrated_to is None:
        _check_membership(chat)
    return chat


def chat_to_write(world: World, parameters: Parameters) -> Chat:
    """The chat of the call, if the bot is in it and it is still alive."""
    chat = chat_to_edit(world, parameters)
    if chat.migrated_to:
        raise bad_request(
            "group chat was upgraded to a supergroup chat",
            {"migrate_to_chat_id": chat.migrated_to.id},
        )
    return chat


def check_rights(chat: Chat, content: str, topic: int | None = None) -> None:
    """Refuse the bot where it may not send such content, or where no one hears it."""
    if chat.private:
        if chat.status == "kicked":
            raise forbidden("bot was blocked by the user")
        if not chat.started:
            raise forbidden("bot can't initiate conversation with a user")
    if chat.muted:
        raise bad_request(f"not enough rights to send {content} to the chat")
    closed = topic in chat.topics and chat.topics[topic].closed
    if closed and chat.status != "administrator":
        raise bad_request("TOPIC_CLOSED")


def checked_topic(chat: Chat, parameters: Parameters) -> int | None:
    """The thread that the call names, None if none; General has no id that could be sent to."""
    topic = parameters.number("message_thread_id")
    if topic <= 0:
        return None
    threads = {message.get("message_thread_id") for message in chat.messages.values()}
    if topic not in (chat.topics if chat.forum else threads):
        raise bad_request("message thread not found")
    return topic


def found_message(chat: Chat, number: int, purpose: str) -> JsonObject:
    """A message of the chat; the refusal names what it was wanted for."""
    if number not in chat.messages:
        raise bad_request(f"{purpose} not found")
    return chat.messages[number]


def _chat(world: World, parameters: Parameters) -> Chat:
    given = parameters["chat_id"]
    if given in (None, ""):
        raise bad_request("chat_id is empty")
    if not isinstance(given, int):
        raise bad_request("chat not found")
    chat = world.chats.get(given)
    if chat is None and given in world.people:
        # Someone seen in a group: known to the bot, but not yet a chat of its own.
        person = world.people[given]
        chat = Chat(person.id, "private", person=person)
    if chat is None:
        raise bad_request("chat not found")
    return chat


def _check_membership(chat: Chat) -> None:
    if chat.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
