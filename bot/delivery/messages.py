"""Sends and edits messages, also in chats that moved, closed or are gone."""

import logging
from dataclasses import dataclass, replace

from telegram import MaybeInaccessibleMessage, Message
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError

from bot.composing.wording import phrase
from bot.delivery.chat_refusals import (
    is_chat_gone,
    is_chat_unwritable,
    is_thread_gone,
    is_unchanged,
)
from bot.delivery.outbox import Outbox
from bot.delivery.retry_policy import (
    is_outcome_unknown,
    is_unreachable,
    seconds_to_wait,
    was_not_sent,
)
from bot.http.json_object import JsonObject
from bot.rendering.telegram.keyboards import Keyboard
from bot.rendering.telegram.markup import MarkedText
from bot.storage.receipts import Sent

NOT_TAKEN = "chat %s does not take the message: %s"
UNREACHED_TELEGRAM_SECONDS = 30  # until what was not sent is worth another try

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """A place to speak at: a chat, its thread (a forum topic), and the message replied to."""

    chat: int
    thread: int | None = None
    message: int | None = None


class ChatGoneError(Exception):
    """Nothing can be said in this chat ever again.

    ChatGoneError
    └── ThreadGoneError: in this forum topic of it
    """


class ThreadGoneError(ChatGoneError):
    """The forum topic was deleted."""


class OutcomeUnknownError(Exception):
    """Nobody knows whether the message was sent."""


class NotSentError(Exception):
    """The message was certainly not sent; it may be sent in `seconds`."""

    def __init__(self, cause: TelegramError, seconds: float) -> None:
        super().__init__(str(cause))
        self.seconds = seconds


def thread_of(message: Message) -> int | None:
    """The thread (forum topic) of the message; None for the general one and outside of forums."""
    return message.message_thread_id if message.is_topic_message else None


def reply_to(message: Message) -> Target:
    """A reply to that message, in its topic."""
    return Target(message.chat_id, thread_of(message), message.message_id)


async def send(
    outbox: Outbox, target: Target, marked: MarkedText, keyboard: Keyboard = ()
) -> Sent | None:
    """Send a message and return its place; None, with a line in the log, if the chat is closed.

    If the server refuses it for another reason, it is sent again as plain text. A message that
    nobody has just asked for raises ChatGoneError if the chat is gone for good, NotSentError if it
    can be sent later, and OutcomeUnknownError if it may have been sent.
    """
    if outbox.is_unasked:
        await _check_reachable(outbox)
    try:
        return await _say_somehow(outbox, target, marked, keyboard)
    except TelegramError as error:
        if outbox.is_unasked:
            _check_unsent(error)
        if not _is_closed(error):
            raise
        log.warning(NOT_TAKEN, target.chat, error)
        if outbox.is_unasked:
            _check_gone(error)
        return None


async def send_file(outbox: Outbox, target: Target, name: str, content: bytes) -> Sent | None:
    """Send a file and return its place; None, with a line in the log, if the chat is closed."""
    try:
        return await outbox.say_with_file(_addressed(target), name, content)
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        log.warning(NOT_TAKEN, target.chat, refusal)
        return None


async def edit(
    outbox: Outbox, target: Target, marked: MarkedText, keyboard: Keyboard = ()
) -> bool | None:
    """Edit a message of the bot; True if that changed it, False if it said the same before.

    None, with a line in the log, if it can't be edited any more. If the server refuses it for
    another reason, it is edited again as plain text.
    """
    place = {"chat_id": target.chat, "message_id": target.message}
    try:
        await outbox.change(place | _content(marked, keyboard))
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        if is_unchanged(refusal):
            return False
        if _is_closed(refusal):
            log.warning(NOT_TAKEN, target.chat, refusal)
            return None
        log.exception("chat %s: refused, changed again as plain text", target.chat)
        await outbox.change(place | _content(replace(marked, entities=()), ()))
    return True


async def show_here(
    outbox: Outbox, message: MaybeInaccessibleMessage, marked: MarkedText, keyboard: Keyboard
) -> str:
    """Edit a message of the bot, or send a new one if it is gone.

    Returns the text to pop up for the person who pressed a button; mostly empty.
    """
    target = Target(message.chat.id, None, message.message_id)
    if await edit(outbox, target, marked, keyboard) is not None:
        return ""
    thread = thread_of(message) if isinstance(message, Message) else None
    sent = await send(outbox, Target(target.chat, thread), marked, keyboard)
    return "" if sent else phrase("closed")


async def set_buttons(outbox: Outbox, target: Target, keyboard: Keyboard) -> None:
    """Replace the buttons under a message of the bot, if it is still there."""
    place = {"chat_id": target.chat, "message_id": target.message}
    try:
        await outbox.change(place | _buttons(keyboard), "editMessageReplyMarkup")
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        log.warning(NOT_TAKEN, target.chat, refusal)


async def _say_somehow(
    outbox: Outbox, target: Target, marked: MarkedText, keyboard: Keyboard
) -> Sent:
    """Send it; if its markup is refused, send it again as plain text."""
    try:
        return await _say(outbox, target, _content(marked, keyboard))
    except BadRequest as refusal:
        if _is_closed(refusal):
            raise
        log.exception("chat %s: refused, said again as plain text", target.chat)
        return await _say(outbox, target, _content(replace(marked, entities=()), ()))


async def _say(outbox: Outbox, target: Target, content: JsonObject) -> Sent:
    """Send it; if the group has just become a supergroup, send it there."""
    try:
        return await outbox.say(_addressed(target) | content)
    except ChatMigrated as moved:
        return await outbox.say(_addressed(Target(moved.new_chat_id)) | content)


def _addressed(target: Target) -> JsonObject:
    fields: JsonObject = {"chat_id": target.chat}
    if target.thread is not None:
        fields["message_thread_id"] = target.thread
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
    if is_unreachable(refusal):
        raise refusal
    return is_chat_unwritable(refusal)


async def _check_reachable(outbox: Outbox) -> None:
    """Raises NotSentError while Telegram is out of reach.

    What is sent into an outage may have arrived, so it would never be sent again.
    """
    try:
        await outbox.check_reachable()
    except TelegramError as error:
        raise _not_sent(error) from error


def _not_sent(error: TelegramError) -> NotSentError:
    """The error of a message that was certainly not sent, and when Telegram may take it."""
    if isinstance(error, RetryAfter):
        return NotSentError(error, seconds_to_wait(error))
    return NotSentError(error, UNREACHED_TELEGRAM_SECONDS)


def _check_unsent(error: TelegramError) -> None:
    """Raises NotSentError if Telegram may take it later, OutcomeUnknownError if it may have."""
    if isinstance(error, RetryAfter) or was_not_sent(error):
        raise _not_sent(error) from error
    if is_outcome_unknown(error):
        raise OutcomeUnknownError(error) from error


def _check_gone(refusal: Exception) -> None:
    """Raises ChatGoneError if the chat, or the topic, is gone for good."""
    if is_thread_gone(refusal):
        raise ThreadGoneError(refusal) from refusal
    if is_chat_gone(refusal):
        raise ChatGoneError(refusal) from refusal
