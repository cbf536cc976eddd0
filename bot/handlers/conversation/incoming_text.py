"""What a message says to the bot: its words without command and mention; what it replies to."""

from dataclasses import dataclass

from telegram import Message, MessageEntity

from bot.composing.briefing_wishes import asks_what_is_new, points_back, requested_topic
from bot.delivery.messages import thread_of
from bot.storage.stored_answer import Asked
from retrieval.questions.question_text import clean
from retrieval.questions.small_talk import Talk, small_talk

EDITED_COUNTS_AS_NEW_SECONDS = 600
# Twice what Telegram lets anybody write; questions have a limit of theirs.
LONGEST_READ_MESSAGE = 8192


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
    text = without_address(message, username)
    replied = replied_message(message)
    selected = message.quote.text if message.quote and message.quote.is_manual else None
    passage = clean(selected)[:LONGEST_READ_MESSAGE] if selected else None
    if replied is None:
        return IncomingText(text, passage)
    if replied.from_user is not None and replied.from_user.id == bot:
        return IncomingText(text, passage, replied.message_id)
    return IncomingText(text, passage or without_address(replied, username) or None)


def replied_message(message: Message) -> Message | None:
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


def command_of(message: Message, username: str) -> MessageEntity | None:
    """The command that the message, or the caption of its picture or the like, begins with.

    It may stand behind the bot's own name: "@footnote_bot /ask Why …?".
    """
    entities = message.entities or message.caption_entities
    first = next((e for e in entities if e.type == MessageEntity.BOT_COMMAND), None)
    begins = {0, *(e.length + 1 for e in _mentions(message, username) if e.offset == 0)}
    return first if first is not None and first.offset in begins else None


def is_recent(message: Message) -> bool:
    """Whether an edited message was written a short while ago."""
    edited = message.edit_date or message.date
    return (edited - message.date).total_seconds() <= EDITED_COUNTS_AS_NEW_SECONDS


def mentions(message: Message, username: str) -> bool:
    """Whether the message names the bot, by its user name or as a link to it."""
    return bool(_mentions(message, username))


def _mentions(message: Message, username: str) -> list[MessageEntity]:
    kinds: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = message.parse_entities(kinds) or message.parse_caption_entities(kinds)
    named = {e: f"@{e.user.username}" if e.user else text for e, text in found.items()}
    return [e for e, name in named.items() if name.casefold() == f"@{username}".casefold()]


def without_address(message: Message, username: str) -> str:
    """The text without the command that it begins with and the bot's own name."""
    text = message.text or message.caption or ""
    left_out = _mentions(message, username)
    if command := command_of(message, username):
        left_out.append(command)
    units = text.encode("utf-16-le", "surrogatepass")
    for entity in sorted(left_out, key=lambda entity: -entity.offset):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        units = units[:start] + " ".encode("utf-16-le") + units[end:]
    return clean(units.decode("utf-16-le", "surrogatepass"))[:LONGEST_READ_MESSAGE]


def brief_topic(message: Message, username: str) -> str | None:
    """On what the message wants to be briefed ("brief me on …"); None if it wants nothing such."""
    text = without_address(message, username)
    topic = requested_topic(text)
    if topic is not None and points_back(topic):
        return topic
    if (said := small_talk(text)) is not None:
        return "" if said.talk is Talk.SUMMARY else None
    return "" if asks_what_is_new(text) else topic
