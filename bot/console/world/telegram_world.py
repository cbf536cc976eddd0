"""What Telegram's servers keep: chats, messages, queries, updates."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.console.world.call_values import JsonObject
from bot.console.world.chats import Chat, Person
from bot.console.world.text_entities import units
from bot.console.world.update_queue import UpdateQueue

BOT = 5_000_000_000


@dataclass(frozen=True, slots=True)
class PendingQuery:
    """A query of a person that waits for the bot's answer."""

    person: Person
    asked: float


class World:
    """Chats, people, messages and queries, and the updates made of them."""

    def __init__(
        self, username: str, first_name: str, clock: Callable[[], float], *, privacy: bool
    ) -> None:
        self.me: JsonObject = {
            "id": BOT,
            "is_bot": True,
            "first_name": first_name,
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": not privacy,
            "supports_inline_queries": True,
            "can_connect_to_business": False,
            "has_main_web_app": False,
        }
        self.privacy = privacy
        self.clock = clock
        self.updates = UpdateQueue()
        self.chats: dict[int, Chat] = {}
        self.people: dict[int, Person] = {}
        self.queries: dict[str, PendingQuery] = {}
        self.answered_callbacks: dict[str, JsonObject] = {}
        self.inline_answers: dict[str, JsonObject] = {}
        self._last_message = 0
        self._last_id = 0

    @property
    def now(self) -> int:
        """The time in whole seconds, as messages have it."""
        return int(self.clock())

    @property
    def bot(self) -> JsonObject:
        """The bot as a User object in messages, shorter than `me`."""
        return {name: self.me[name] for name in ("id", "is_bot", "first_name", "username")}

    def new_id(self) -> int:
        """A number that was not given before."""
        self._last_id += 1
        return self._last_id

    def ask(self, person: Person) -> str:
        """The id of a new query of that person."""
        identity = str(10**12 + self.new_id())
        self.queries[identity] = PendingQuery(person, self.clock())
        return identity

    def post(self, chat: Chat, fields: JsonObject) -> JsonObject:
        """Put a message into a chat.

        Ids count up in every supergroup by itself, and in all other chats together.
        """
        if chat.kind == "supergroup":
            chat.last_message += 1
            number = chat.last_message
        else:
            self._last_message += 1
            number = self._last_message
        message = {"message_id": number, "date": self.now, "chat": chat.fields, **fields}
        chat.keep(message)
        return message

    def tell(self, kind: str, chat: Chat, message: JsonObject) -> JsonObject:
        """Make an update of a message that the bot may see; gives the message back."""
        if chat.joined and self._reaches(chat, message):
            self.updates.add(kind, message)
        return message

    def _reaches(self, chat: Chat, message: JsonObject) -> bool:
        """Whether privacy mode lets the message through.

        An unaddressed command passes, as if the bot had been the last one to speak there.
        """
        if not self.privacy or chat.private or chat.status == "administrator":
            return True
        replied = message.get("reply_to_message", {}).get("from", {})
        if BOT in (replied.get("id"), message.get("via_bot", {}).get("id")):
            return True
        return is_service(message) or self._commands(message)

    def _commands(self, message: JsonObject) -> bool:
        for part, marks in (("text", "entities"), ("caption", "caption_entities")):
            for entity in message.get(marks, ()):
                if entity["type"] == "bot_command" and entity["offset"] == 0:
                    _, _, name = message[part][: entity["length"]].partition("@")
                    return name.casefold() in ("", self.me["username"].casefold())
        return False


SERVICE = frozenset({
    "new_chat_members", "left_chat_member", "group_chat_created", "supergroup_chat_created",
    "migrate_to_chat_id", "migrate_from_chat_id", "forum_topic_created", "forum_topic_closed",
    "forum_topic_reopened", "pinned_message", "new_chat_title",
})  # fmt: skip


def is_service(message: JsonObject) -> bool:
    """Whether the message tells of an event instead of what someone said."""
    return not SERVICE.isdisjoint(message)


def without_reply(message: JsonObject) -> JsonObject:
    """The message as it stands in a reply to it: one level deep."""
    return {name: value for name, value in message.items() if name != "reply_to_message"}


def thread_fields(chat: Chat, topic: int | None, replied: JsonObject | None) -> JsonObject:
    """Where in the chat a message stands, and what it replies to.

    In a topic, and in the thread of a supergroup, a message that replies to nothing is a reply to
    the message that began it. General has no thread id.
    """
    fields: JsonObject = {}
    if chat.forum:
        thread = topic or (replied or {}).get("message_thread_id")
        if thread:
            fields = {"message_thread_id": thread, "is_topic_message": True}
    elif chat.kind == "supergroup":
        thread = topic
        if replied:
            thread = replied.get("message_thread_id", replied["message_id"])
        if thread:
            fields = {"message_thread_id": thread}
    shown = replied or chat.messages.get(fields.get("message_thread_id", 0))
    if shown:
        fields["reply_to_message"] = without_reply(shown)
    return fields


def quoted(replied: JsonObject, quote: str) -> int | None:
    """Where in the replied message the quote stands first, in UTF-16 units; None if nowhere."""
    text: str = replied.get("text") or replied.get("caption") or ""
    return units(text[: text.index(quote)]) if quote in text else None
