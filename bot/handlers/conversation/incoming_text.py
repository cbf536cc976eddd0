"""What a message says to the bot: its words without command and mention, and filters on them."""

from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.ext import filters

from bot.composing.briefing_wishes import requested_topic
from bot.delivery.messages import thread_of
from bot.schedules.recurrence import is_off, read_schedule
from bot.storage.stored_answer import Asked
from retrieval.questions.question_text import clean
from retrieval.questions.small_talk import Talk, small_talk

EDITED_SECONDS = 600
LONGEST_MESSAGE = 8192  # twice what Telegram lets anybody write


@dataclass(frozen=True, slots=True)
class IncomingText:
    """What somebody says to the bot.

    `text` is the message without command and mention, on one line; `passage` what it says that of:
    the selected part of another message, or all of it. `answer` is the bot's message that it
    replies to.
    """

    text: str
    passage: str | None = None
    answer: int | None = None


def incoming_text(message: Message, bot: int, username: str) -> IncomingText:
    """What the message says to the bot of that id and user name."""
    text = _without_address(message, username)
    replied = _replied(message)
    selected = message.quote.text if message.quote and message.quote.is_manual else None
    passage = clean(selected)[:LONGEST_MESSAGE] if selected else None
    if replied is None:
        return IncomingText(text, passage)
    if replied.from_user is not None and replied.from_user.id == bot:
        return IncomingText(text, passage, replied.message_id)
    return IncomingText(text, passage or _without_address(replied, username) or None)


def _replied(message: Message) -> Message | None:
    """What the message replies to; in a topic Telegram names the one that opened it otherwise."""
    replied = message.reply_to_message
    return None if replied is None or replied.forum_topic_created else replied


def asked_in(message: Message) -> Asked:
    """Who asks, where and when; in whose name, where a group or channel is the sender."""
    speaker = message.sender_chat or message.from_user
    return Asked(
        message.chat_id,
        thread_of(message),
        speaker.id if speaker else None,
        message.message_id,
        message.date.timestamp(),
    )


def is_command(message: Message) -> bool:
    """Whether the message, or the caption of its picture or the like, begins with a command."""
    entities = message.entities or message.caption_entities
    return bool(entities) and (entities[0].type, entities[0].offset) == (
        MessageEntity.BOT_COMMAND,
        0,
    )


def is_recent(message: Message) -> bool:
    """Whether an edited message was written a short while ago."""
    edited = message.edit_date or message.date
    return (edited - message.date).total_seconds() <= EDITED_SECONDS


def mentions(message: Message, username: str) -> bool:
    """Whether the message names the bot."""
    wanted = f"@{username}".casefold()
    return any(text.casefold() == wanted for text in _mentions(message).values())


def _mentions(message: Message) -> dict[MessageEntity, str]:
    kinds: list[str | None] = [MessageEntity.MENTION]
    return message.parse_entities(kinds) or message.parse_caption_entities(kinds)


def _without_address(message: Message, username: str) -> str:
    """The text without the command that it begins with and the bot's own name."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities
    wanted = f"@{username}".casefold()
    left_out = [e for e, name in _mentions(message).items() if name.casefold() == wanted]
    if is_command(message):
        left_out.append(entities[0])
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(left_out, key=lambda entity: -entity.offset):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    return clean(units.decode("utf-16-le", "surrogatepass"))[:LONGEST_MESSAGE]


def brief_topic(message: Message, username: str) -> str | None:
    """On what the message wants to be briefed ("brief me on …"); None if it wants nothing such."""
    text = _without_address(message, username)
    said = small_talk(text)
    if said is not None:
        return "" if said.talk is Talk.SUMMARY else None
    return requested_topic(text)


class AsksForBriefing(filters.MessageFilter):
    """Messages that want a briefing in so many words."""

    def filter(self, message: Message) -> bool:
        return brief_topic(message, message.get_bot().username) is not None


class ScheduleWords(filters.MessageFilter):
    """Messages whose command has words about a schedule behind it."""

    def filter(self, message: Message) -> bool:
        words = _without_address(message, message.get_bot().username)
        return is_off(words) or read_schedule(words) is not None


class FromPerson(filters.MessageFilter):
    """Messages of people, also in the name of a group; not of bots, and not sent through one.

    A post that Telegram forwards from a channel into its group is addressed to nobody.
    """

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        is_bot = sender is not None and sender.is_bot and message.sender_chat is None
        return not (is_bot or message.via_bot or message.is_automatic_forward)


class Addressed(filters.MessageFilter):
    """Messages in a group that reply to the bot or name it."""

    def filter(self, message: Message) -> bool:
        bot = message.get_bot()
        replied = _replied(message)
        replies = replied is not None and replied.from_user == bot.bot
        return replies or mentions(message, bot.username)


class Command(filters.MessageFilter):
    """Messages, or pictures and the like with a caption, that begin with that command to the bot.

    In a group a command may name the bot that it is for (`/help@other_bot`).
    """

    def __init__(self, name: str) -> None:
        super().__init__(name=f"Command({name})")
        self._name = name

    def filter(self, message: Message) -> bool:
        if not is_command(message):
            return False
        length = (message.entities or message.caption_entities)[0].length
        name, _, other = (message.text or message.caption or "")[1:length].partition("@")
        username = message.get_bot().username
        return name.casefold() == self._name and other.casefold() in ("", username.casefold())


class AnyCommand(filters.MessageFilter):
    """Messages or captions that begin with a command, whichever bot it is for."""

    def filter(self, message: Message) -> bool:
        return is_command(message)
