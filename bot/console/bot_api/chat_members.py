"""`getChat`, `getChatMember` and `leaveChat`."""

from bot.console.bot_api.chat_access import chat_to_read, chat_to_write
from bot.console.world.call_values import JsonObject, JsonValue, Parameters
from bot.console.world.chats import CHAT_RIGHTS, SENDING_RIGHTS, Chat, member_fields
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import BOT, World

# What a full chat always holds, whatever the chat.
FULL = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


class ChatMembers:
    """The methods about chats and members."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods = {
            "getChat": self.get_chat,
            "getChatMember": self.get_chat_member,
            "getChatAdministrators": self.get_chat_administrators,
            "leaveChat": self.leave_chat,
        }

    def get_chat(self, parameters: Parameters) -> JsonValue:
        """A chat in full."""
        chat = chat_to_read(self._world, parameters)
        fields = {**chat.fields, **FULL}
        if not chat.private:
            allowed = dict.fromkeys(SENDING_RIGHTS, not chat.muted or chat.status == "restricted")
            fields["permissions"] = {**allowed, **dict.fromkeys(CHAT_RIGHTS, False)}
        return fields

    def get_chat_member(self, parameters: Parameters) -> JsonValue:
        """A member of a chat, the bot too."""
        chat = chat_to_read(self._world, parameters)
        identity = parameters.number("user_id")
        if identity == BOT:
            return member_fields(self._world.bot, chat.status)
        person = self._world.people.get(identity)
        if person is None:
            raise bad_request("member not found")
        return member_fields(person.fields, chat.status_of(person))

    def get_chat_administrators(self, parameters: Parameters) -> JsonValue:
        """The administrators of a group, and the bot if it is one of them."""
        chat = chat_to_read(self._world, parameters)
        if chat.private:
            raise bad_request("there are no administrators in the private chat")
        return [*_administrators(chat), *self._itself(chat)]

    def leave_chat(self, parameters: Parameters) -> JsonValue:
        """Leave a group."""
        chat = chat_to_write(self._world, parameters)
        if chat.private:
            raise bad_request("chat member status can't be changed in private chats")
        old, chat.status = chat.status, "left"
        self._world.updates.add(
            "my_chat_member",
            {
                "chat": chat.fields,
                "from": self._world.bot,
                "date": self._world.now,
                "old_chat_member": member_fields(self._world.bot, old),
                "new_chat_member": member_fields(self._world.bot, "left"),
            },
        )
        return True

    def _itself(self, chat: Chat) -> list[JsonObject]:
        if chat.status != "administrator":
            return []
        return [member_fields(self._world.bot, chat.status)]


def _administrators(chat: Chat) -> list[JsonObject]:
    return [
        member_fields(person.fields, chat.status_of(person))
        for person in chat.people.values()
        if chat.status_of(person) in {"creator", "administrator"}
    ]
