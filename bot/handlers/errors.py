"""Something went wrong while an update was handled."""

import logging
from typing import Any

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter
from telegram.ext import Application

from bot.handlers.context import Context
from bot.markup import plain
from bot.sending import reply_to, send
from bot.wording import phrase

log = logging.getLogger(__name__)


class Failures:
    """Handles updates with an application, and tells which of them to try again."""

    def __init__(self, application: Application[Any, Context, Any, Any, Any, Any]) -> None:
        self._application = application
        self._errors: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    async def handle(self, update: Update) -> Exception | None:
        """Handle it; the error if Telegram could not be reached, so that it may be tried again."""
        await self._application.process_update(update)
        return self._errors.pop(update.update_id, None)

    async def _note(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and context.error is not None and _is_outage(context.error):
            self._errors[update.update_id] = context.error


async def failed(update: object, context: Context) -> None:
    """Log it, and tell whoever asked; not where Telegram is what failed."""
    identity = update.update_id if isinstance(update, Update) else None
    error = context.error
    if error is None or _is_outage(error) or isinstance(error, Forbidden):
        log.warning("update %s: not answered: %s", identity, error)
        return
    log.error("update %s: not answered", identity, exc_info=error)
    if isinstance(update, Update) and update.message is not None:
        await send(context.bot, reply_to(update.message), plain(phrase("failed")))


def _is_outage(error: Exception) -> bool:
    """Whether nothing could be said for now."""
    is_out_of_reach = isinstance(error, NetworkError) and not isinstance(error, BadRequest)
    return is_out_of_reach or isinstance(error, RetryAfter)
