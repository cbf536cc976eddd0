"""`getChatMember` and `leaveChat`."""

from bot.console.bot_api.chat_access import chat_to_read, chat_to_write
from bot.console.world.call_values import JsonValue, Parameters
from bot.console.world.chats import member_fields
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import BOT, World


class ChatMembers:
    """The methods about chats and members."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods = {
            "getChatMember": self.get_chat_member,
            "leaveChat": self.leave_chat,
        }

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
