"""Sends and edits messages in a chat, whatever state the chat is in by then."""

import logging
from dataclasses import dataclass, replace

from telegram import MaybeInaccessibleMessage, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.composing.wording import phrase
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import seconds_to_wait
from bot.delivery.retry_policy import is_in_doubt, is_out_of_reach, was_not_sent
from bot.delivery.search import is_unchanged
from bot.delivery.sent_messages import Sent
from bot.handlers.conversation.incoming_text import topic_of
from bot.http.json_object import JsonObject
from bot.rendering.keyboards import Keyboard
from bot.rendering.markup import MarkedText

# What a chat may refuse at any time, in the words of the Bot API.
CLOSED = (
    "chat not found",
    "not enough rights",
    "topic_closed",
    "thread not found",
    "have no rights",
    "chat_write_forbidden",
    "need administrator rights",
    "to edit not found",
    "can't be edited",
    "message_id_invalid",
    "user is deactivated",
    "peer_id_invalid",
    "group chat was deactivated",
    "topic_deleted",
    "chat_send_plain_forbidden",
    "chat_restricted",
    "chat_guest_send_forbidden",
    "chat_admin_required",
    "user_is_blocked",
    "user_banned_in_channel",
    "slowmode_wait",
)

# Of these, what is so for good: the chat as a whole, and a topic of it.
CHAT_GONE = (
    "bot was kicked",
    "bot was blocked",
    "bot is not a member",
    "initiate conversation",
    "chat not found",
    "chat was deactivated",
    "chat was deleted",
    "user is deactivated",
    "user_is_blocked",
    "peer_id_invalid",
)
TOPIC_GONE = ("thread not found", "topic_deleted")
UNREACHED_SECONDS = 30  # until what was not sent without a connection is worth another try

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """A place to speak at: a chat, its forum topic, and the message that is replied to."""

    chat: int
    topic: int | None = None
    message: int | None = None


class ChatGoneError(Exception):
    """Nothing can be said in this chat ever again.

    ChatGoneError
    └── TopicGoneError: in this forum topic of it
    """


class TopicGoneError(ChatGoneError):
    """The forum topic was deleted."""


class InDoubtError(Exception):
    """Nobody knows whether it was said."""


class NotSentError(Exception):
    """Nothing was said, for certain; it may be in so many seconds."""

    def __init__(self, cause: TelegramError, seconds: float) -> None:
        super().__init__(str(cause))
        self.seconds = seconds


def reply_to(message: Message) -> Target:
    """A reply to that message, in its topic."""
    return Target(message.chat_id, topic_of(message), message.message_id)


async def send(
    bot: FootnoteBot,
    target: Target,
    marked: MarkedText,
    keyboard: Keyboard = (),
    *,
    is_unasked: bool = False,
) -> Sent | None:
    """Say something, and where it stands then; None where the chat does not take it any more.

    That is logged. What the server refuses for any other reason is said again as plain text.
    What nobody has just asked for raises ChatGoneError where it is not worth another try,
    NotSentError where it is later, and InDoubtError where it may have been said.
    """
    try:
        return await _say_somehow(bot, target, marked, keyboard)
    except TelegramError as error:
        if is_unasked:
            _check_unsent(error)
        if not _is_closed(error):
            raise
        _log(target.chat, error)
        if is_unasked:
            _check_gone(error)
        return None


async def send_file(bot: FootnoteBot, target: Target, name: str, content: bytes) -> Sent | None:
    """Send a file; None where the chat does not take it, which is logged."""
    try:
        return await bot.say_with_file(_addressed(target), name, content)
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        _log(target.chat, refusal)
        return None


async def edit(
    bot: FootnoteBot, target: Target, marked: MarkedText, keyboard: Keyboard = ()
) -> bool | None:
    """Let a message of the bot's say something else: whether it does now.

    False if it said so already, None if it cannot be changed any more, which is logged. What the
    server refuses for any other reason is said again as plain text.
    """
    place = {"chat_id": target.chat, "message_id": target.message}
    try:
        await bot.change(place | _content(marked, keyboard))
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        if is_unchanged(refusal):
            return False
        if _is_closed(refusal):
            _log(target.chat, refusal)
            return None
        log.exception("chat %s: refused, changed again as plain text", target.chat)
        await bot.change(place | _content(replace(marked, entities=()), ()))
    return True


async def show_here(
    bot: FootnoteBot, message: MaybeInaccessibleMessage, marked: MarkedText, keyboard: Keyboard
) -> str:
    """Let a message of the bot's show something else, or a new one if it is gone.

    Returns what is to pop up.
    """
    target = Target(message.chat.id, None, message.message_id)
    if await edit(bot, target, marked, keyboard) is not None:
        return ""
    topic = topic_of(message) if isinstance(message, Message) else None
    sent = await send(bot, Target(target.chat, topic), marked, keyboard)
    return "" if sent else phrase("closed")


async def set_buttons(bot: FootnoteBot, target: Target, keyboard: Keyboard) -> None:
    """Put other buttons under a message of the bot's, if it is still there."""
    place = {"chat_id": target.chat, "message_id": target.message}
    try:
        await bot.change_buttons(place | _buttons(keyboard))
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        _log(target.chat, refusal)


def is_too_old(refusal: BadRequest) -> bool:
    """Whether a query waits for its answer no longer: more was typed, or a minute is over."""
    return "query is too old" in str(refusal).casefold()


async def _say_somehow(
    bot: FootnoteBot, target: Target, marked: MarkedText, keyboard: Keyboard
) -> Sent:
    """Say it, as plain text if it is refused for what it looks like."""
    try:
        return await _say(bot, target, _content(marked, keyboard))
    except BadRequest as refusal:
        if _is_closed(refusal):
            raise
        log.exception("chat %s: refused, said again as plain text", target.chat)
        return await _say(bot, target, _content(replace(marked, entities=()), ()))


async def _say(bot: FootnoteBot, target: Target, content: JsonObject) -> Sent:
    """Send it, also where the group has just become a supergroup."""
    try:
        return await bot.say(_addressed(target) | content)
    except ChatMigrated as moved:
        return await bot.say(_addressed(Target(moved.new_chat_id)) | content)


def _addressed(target: Target) -> JsonObject:
    fields: JsonObject = {"chat_id": target.chat}
    if target.topic is not None:
        fields["message_thread_id"] = target.topic
    if target.message is not None:
        fields["reply_parameters"] = {
            "message_id": target.message,
            "allow_sending_without_reply": True,
        }
    return fields


def _content(marked: MarkedText, keyboard: Keyboard) -> JsonObject:
    fields: JsonObject = {"text": marked.text, "link_preview_options": {"is_disabled": True}}
    if marked.entities:
        fields["entities"] = [entity.fields for entity in marked.entities]
    return fields | _buttons(keyboard)


def _buttons(keyboard: Keyboard) -> JsonObject:
    if not keyboard:
        return {}
    rows = [[button.fields for button in row] for row in keyboard]
    return {"reply_markup": {"inline_keyboard": rows}}


def _is_closed(refusal: Exception) -> bool:
    if is_out_of_reach(refusal):
        raise refusal
    if isinstance(refusal, Forbidden | ChatMigrated):
        return True
    said = str(refusal).casefold()
    return any(words in said for words in CLOSED)


def _check_unsent(error: TelegramError) -> None:
    """Raises NotSentError if Telegram may take the message later, InDoubtError if it may have."""
    if isinstance(error, RetryAfter):
        raise NotSentError(error, seconds_to_wait(error)) from error
    if was_not_sent(error):
        raise NotSentError(error, UNREACHED_SECONDS) from error
    if is_in_doubt(error):
        raise InDoubtError(error) from error


def _check_gone(refusal: Exception) -> None:
    """Raises ChatGoneError if the chat, or the topic, is gone for good."""
    said = str(refusal).casefold()
    if any(words in said for words in TOPIC_GONE):
        raise TopicGoneError(said) from refusal
    if any(words in said for words in CHAT_GONE):
        raise ChatGoneError(said) from refusal


def _log(chat: int, refusal: Exception) -> None:
    log.warning("chat %s does not take the message: %s", chat, refusal)
