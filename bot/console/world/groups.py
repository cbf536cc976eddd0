"""Groups: the bot is added, muted, promoted, removed."""

from collections.abc import Iterable

from bot.console.world.call_values import JsonObject
from bot.console.world.chats import Chat, ForumTopic, Person, member_fields
from bot.console.world.telegram_world import World

SUPERGROUP = -1_000_000_000_000


class Groups(World):
    """What people do with chats, each with the update that Telegram makes of it."""

    def private(self, person: Person) -> Chat:
        """The chat of that person with the bot; the bot may write once the person has."""
        self.people[person.id] = person
        chat = self.chats.get(person.id)
        if chat is None:
            chat = Chat(person.id, "private", person=person, people={person.id: person})
            self.chats[person.id] = chat
        return chat

    def group(  # noqa: PLR0913  # a call reads as a sentence: each is named
        self,
        title: str,
        people: Iterable[Person] = (),
        *,
        supergroup: bool = True,
        forum: bool = False,
        administrators: Iterable[Person] = (),
        bot: bool = True,
    ) -> Chat:
        """A group of those people, the first of them its creator; `bot`: the bot is in it."""
        number = self.new_id()
        chat = Chat(
            SUPERGROUP - number if supergroup or forum else -number,
            "supergroup" if supergroup or forum else "group",
            title,
            forum=forum,
            status="member" if bot else "left",
            last_message=1,  # the first tells that the group was made, before the bot was there
        )
        self.chats[chat.id] = chat
        for person in (*people, *administrators):
            self._join(chat, person)
        chat.creator = next(iter(chat.people), None)
        chat.administrators = {person.id for person in administrators}
        return chat

    def add_bot(self, chat: Chat, person: Person) -> JsonObject:
        """A person adds the bot to a group."""
        self._set_status(chat, person, "member")
        return self._note(chat, person, {"new_chat_members": [self.bot]})

    def remove_bot(self, chat: Chat, person: Person) -> JsonObject:
        """A person removes the bot from a group."""
        self._set_status(chat, person, "kicked")
        return self._note(chat, person, {"left_chat_member": self.bot})

    def promote_bot(self, chat: Chat, person: Person) -> None:
        """A person makes the bot an administrator."""
        self._set_status(chat, person, "administrator")
        chat.muted = False

    def mute_bot(self, chat: Chat, person: Person) -> None:
        """A person takes from the bot the right to write.

        A group that is no supergroup can only mute all at once, and no update tells of it.
        """
        if chat.kind == "supergroup":
            self._set_status(chat, person, "restricted")
        chat.muted = True

    def unmute_bot(self, chat: Chat, person: Person) -> None:
        """A person lets the bot write again."""
        if chat.status == "restricted":
            self._set_status(chat, person, "member")
        chat.muted = False

    def block(self, person: Person) -> None:
        """A person blocks the bot."""
        self._set_status(self.private(person), person, "kicked")

    def unblock(self, person: Person) -> None:
        """A person lets the bot write again."""
        self._set_status(self.private(person), person, "member")

    def migrate(self, chat: Chat) -> Chat:
        """A group becomes a supergroup, with a new id; the old one is dead."""
        if chat.kind != "group" or chat.migrated_to:
            raise ValueError(f"{chat.id} is no group that could become a supergroup")
        people = list(chat.people.values())
        creator = chat.people[chat.creator] if chat.creator in chat.people else people[0]
        new = self.group(chat.title, people, bot=chat.joined)
        new.creator, new.administrators = chat.creator, chat.administrators
        new.status, new.muted = chat.status, chat.muted
        self._note(chat, creator, {"migrate_to_chat_id": new.id})
        chat.migrated_to = new
        self._note(new, creator, {"migrate_from_chat_id": chat.id})
        return new

    def open_topic(self, chat: Chat, name: str) -> int:
        """The thread id of a new topic of a forum."""
        if not chat.forum:
            raise ValueError(f"{chat.id} is no forum")
        thread = chat.last_message + 1
        chat.topics[thread] = ForumTopic(name)
        self._note(
            chat,
            None,
            {
                "message_thread_id": thread,
                "is_topic_message": True,
                "forum_topic_created": {"name": name, "icon_color": 7_322_096},
            },
        )
        return thread

    def close_topic(self, chat: Chat, topic: int) -> None:
        """A topic is closed: only administrators write there."""
        chat.topics[topic].closed = True
        place = {"message_thread_id": topic, "is_topic_message": True}
        self._note(chat, None, {**place, "forum_topic_closed": {}})

    def _join(self, chat: Chat, person: Person) -> None:
        self.people[person.id] = person
        chat.people[person.id] = person

    def _note(self, chat: Chat, person: Person | None, fields: JsonObject) -> JsonObject:
        """Post a service message, in the name of the group's creator if of no one else's."""
        actor = person or chat.people.get(chat.creator or 0)
        sender = {"from": actor.fields} if actor else {"sender_chat": chat.fields}
        message = self.post(chat, {**sender, **fields})
        # The last that a bot hears of a group is that it was removed.
        if chat.joined or "left_chat_member" in fields:
            self.updates.add("message", message)
        return message

    def _set_status(self, chat: Chat, person: Person, status: str) -> None:
        old, chat.status = chat.status, status
        if not chat.private:
            self._join(chat, person)
        self.updates.add(
            "my_chat_member",
            {
                "chat": chat.fields,
                "from": person.fields,
                "date": self.now,
                "old_chat_member": member_fields(self.bot, old),
                "new_chat_member": member_fields(self.bot, status),
            },
        )
