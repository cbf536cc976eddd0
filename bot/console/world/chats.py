"""People, chats, topics and messages."""

from dataclasses import dataclass, field

from bot.console.world.call_values import JsonObject

CHAT_RIGHTS = (
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
SENDING_RIGHTS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_edit_tag",
    "can_react_to_messages",
)
ADMINISTRATOR_RIGHTS = (
    *CHAT_RIGHTS,
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


@dataclass(frozen=True, slots=True)
class Person:
    """Someone with a Telegram account."""

    id: int
    first_name: str
    username: str | None = None
    language_code: str | None = "en"

    @property
    def fields(self) -> JsonObject:
        """The person as a User object."""
        fields: JsonObject = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        if self.username:
            fields["username"] = self.username
        if self.language_code:
            fields["language_code"] = self.language_code
        return fields


@dataclass(slots=True)
class ForumTopic:
    """A topic of a forum."""

    name: str
    closed: bool = False


@dataclass(slots=True, eq=False)
class Chat:
    """A private chat, a group or a supergroup, and how the bot stands in it.

    `status` is the bot's: member, restricted, administrator, left or kicked; in a private chat
    kicked means blocked. Messages are never changed in place: an edited one is a new object, so
    updates that wait keep what was said.
    """

    id: int
    kind: str
    title: str = ""
    person: Person | None = None
    forum: bool = False
    status: str = "member"
    started: bool = False
    muted: bool = False
    creator: int | None = None
    administrators: set[int] = field(default_factory=set)
    people: dict[int, Person] = field(default_factory=dict)
    topics: dict[int, ForumTopic] = field(default_factory=dict)
    messages: dict[int, JsonObject] = field(default_factory=dict)
    migrated_to: "Chat | None" = None
    last_message: int = 0

    @property
    def private(self) -> bool:
        """Whether it is the chat of one person with the bot."""
        return self.kind == "private"

    @property
    def joined(self) -> bool:
        """Whether what is said here reaches the bot."""
        return self.status not in {"left", "kicked"} and self.migrated_to is None

    @property
    def fields(self) -> JsonObject:
        """The chat as a Chat object."""
        if self.person:
            user = self.person.fields
            names = {name: user[name] for name in user if name in {"first_name", "username"}}
            return {"id": self.id, "type": self.kind, **names}
        fields: JsonObject = {"id": self.id, "type": self.kind, "title": self.title}
        if self.forum:
            fields["is_forum"] = True
        return fields

    def keep(self, message: JsonObject) -> None:
        """Add a message, or put it in the place of the one with its id."""
        self.messages[message["message_id"]] = message

    def status_of(self, person: Person) -> str:
        """How a person stands in a group."""
        if person.id == self.creator:
            return "creator"
        if person.id in self.administrators:
            return "administrator"
        return "member" if person.id in self.people else "left"


def member_fields(user: JsonObject, status: str) -> JsonObject:
    """A ChatMember object of that status."""
    fields: JsonObject = {"user": user, "status": status}
    if status == "creator":
        fields["is_anonymous"] = False
    elif status == "administrator":
        fields |= {"can_be_edited": False, "is_anonymous": False}
        fields |= dict.fromkeys(ADMINISTRATOR_RIGHTS, True)
    elif status == "restricted":
        fields |= {"is_member": True, "until_date": 0}
        fields |= dict.fromkeys((*CHAT_RIGHTS, *SENDING_RIGHTS), False)
    elif status == "kicked":
        fields["until_date"] = 0
    return fields
