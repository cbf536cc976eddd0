"""Says that something failed: to whoever asked, and in the log."""

import logging

from cachetools import TTLCache
from telegram import Message, Update
from telegram.error import Forbidden, TelegramError

from bot.composing.wording import phrase, speaking
from bot.delivery.messages import (
    ChatGoneError,
    NotSentError,
    OutcomeUnknownError,
    reply_to,
    send,
)
from bot.delivery.outbox import Outbox
from bot.delivery.retry_policy import may_pass
from bot.handlers.context import Context
from bot.handlers.update_dispatcher import ToldError
from bot.rendering.telegram.markup import plain
from bot.storage.database.outage_tolerance import is_outage
from retrieval.errors import SearchOutageError

MOST_CHATS_TOLD = 10_000
OUTAGE_SAID_AGAIN_SECONDS = 600
A_DAY = 24 * 3600

log = logging.getLogger(__name__)


class FailureNotices:
    """Logs failures, and tells whoever asked; not where Telegram is what failed.

    While the articles cannot be searched, a chat hears once in ten minutes that its messages are
    kept, and never twice of the same message.
    """

    def __init__(self) -> None:
        self._chats: TTLCache[int, bool] = TTLCache(MOST_CHATS_TOLD, OUTAGE_SAID_AGAIN_SECONDS)
        self._updates: TTLCache[int, bool] = TTLCache(MOST_CHATS_TOLD, A_DAY)

    async def failed(self, update: object, context: Context) -> None:
        """Log it, and tell whoever asked."""
        error = context.error
        message = update.message if isinstance(update, Update) else None
        if isinstance(error, SearchOutageError) and isinstance(update, Update):
            log.warning("not handled yet, because the articles cannot be searched: %s", error)
            said = message or update.edited_message
            if said is not None and not self._has_heard(update.update_id, said.chat_id):
                # What answers it later is a message of its own, with a receipt of its own.
                await _say(said, context.bot.outbox(None), context.language, "search_outage")
            return
        if error is None or may_pass(error) or isinstance(error, Forbidden | ToldError):
            log.warning("not handled: %s", error)
            return
        if is_outage(error):  # whose cause the storage logs, once
            log.warning("what was asked for cannot be stored")
        else:
            log.error("not handled", exc_info=error)
        if message is not None:
            await _say(message, context.outbox, context.language, "failed")

    def _has_heard(self, update: int, chat: int) -> bool:
        """Whether it knows already; it does from now on."""
        knows = update in self._updates or chat in self._chats
        self._updates[update] = True
        if not knows:
            self._chats[chat] = True
        return knows


async def _say(message: Message, outbox: Outbox, language: str, what: str) -> None:
    try:
        with speaking(language):
            said = phrase(what)
        await send(outbox, reply_to(message), plain(said))
    except (TelegramError, ChatGoneError, NotSentError, OutcomeUnknownError) as refusal:
        log.warning("the person cannot be told: %s", refusal)
