"""How is something said in a chat, whatever state the chat is in by then?"""

import logging
from dataclasses import dataclass, replace

from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.markup import Marked
from bot.questions import topic_of

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
SAME = "message is not modified"
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
)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Target:
    """Where something is said: a chat, its forum topic, and the message that is replied to."""

    chat: int
    topic: int | None = None
    message: int | None = None


def reply_to(message: Message) -> Target:
    """A reply to that message, in its topic."""
    return Target(message.chat_id, topic_of(message), message.message_id)


async def send(
    bot: Bot, target: Target, marked: Marked, keyboard: InlineKeyboardMarkup | None = None
) -> Message | None:
    """Say something; None where the chat does not take it any more, which is logged.

    What the server refuses for any other reason is said again as plain text.
    """
    try:
        return await _send(bot, target, marked, keyboard)
    except ChatMigrated as moved:
        return await send(bot, Target(moved.new_chat_id), marked, keyboard)
    except (Forbidden, BadRequest) as refusal:
        if _is_closed(refusal):
            _log(target.chat, refusal)
            return None
        log.exception("chat %s: refused, said again as plain text", target.chat)
        return await _send(bot, target, replace(marked, entities=()), None)


async def edit(
    bot: Bot, target: Target, marked: Marked, keyboard: InlineKeyboardMarkup | None = None
) -> bool | None:
    """Let a message of the bot's say something else: whether it does now.

    False if it said so already, None if it cannot be changed any more, which is logged.
    """
    try:
        await bot.edit_message_text(
            marked.text,
            target.chat,
            target.message,
            entities=marked.entities,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard,
        )
    except (Forbidden, BadRequest, ChatMigrated) as refusal:
        if SAME in str(refusal).casefold():
            return False
        if not _is_closed(refusal):
            raise
        _log(target.chat, refusal)
        return None
    return True


async def _send(
    bot: Bot, target: Target, marked: Marked, keyboard: InlineKeyboardMarkup | None
) -> Message:
    replied = None
    if target.message is not None:
        replied = ReplyParameters(target.message, allow_sending_without_reply=True)
    return await bot.send_message(
        target.chat,
        marked.text,
        entities=marked.entities,
        link_preview_options=NO_PREVIEW,
        message_thread_id=target.topic,
        reply_markup=keyboard,
        reply_parameters=replied,
    )


def _is_closed(refusal: Exception) -> bool:
    if isinstance(refusal, Forbidden | ChatMigrated):
        return True
    said = str(refusal).casefold()
    return any(words in said for words in CLOSED)


def _log(chat: int, refusal: Exception) -> None:
    log.warning("chat %s does not take the message: %s", chat, refusal)
