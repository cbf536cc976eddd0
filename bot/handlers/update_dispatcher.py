"""Dispatches updates to the handlers, and says which of them failed and are to be retried."""

from collections.abc import Callable
from typing import Any

from telegram import Update
from telegram.error import Forbidden
from telegram.ext import Application

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.retry_policy import is_outcome_unknown
from bot.handlers.context import Context


class ToldError(Exception):
    """A press failed for a reason that may pass, and the person was told: they can press again."""


class UpdateDispatcher:
    """Dispatches updates to the application's handlers; says which failed and are to be retried.

    `count` is called each time that the handling of one fails.
    """

    def __init__(
        self,
        application: Application[FootnoteBot, Context, Any, Any, Any, Any],
        count: Callable[[], None],
    ) -> None:
        self._application = application
        self._count = count
        self._errors: dict[int, Exception] = {}
        application.add_error_handler(self._note)

    def has_handler(self, update: Update) -> bool:
        """Whether there is a handler for it; a message that is addressed to nobody has none."""
        handlers = (h for group in self._application.handlers.values() for h in group)
        return any(handler.check_update(update) not in (None, False) for handler in handlers)

    async def handle(self, update: Update) -> Exception | None:
        """Handle an update; the error for which to retry it or give it up, or None."""
        with self._application.bot.handling(update.update_id):
            await self._application.process_update(update)
        return self._errors.pop(update.update_id, None)

    async def _note(self, update: object, context: Context) -> None:
        self._count()
        error = context.error
        if isinstance(update, Update) and error is not None and not _is_foreseen(update, error):
            self._errors[update.update_id] = error


def _is_foreseen(update: Update, error: BaseException) -> bool:
    """Whether a chat refuses messages, or a press failed or timed out and can be repeated.

    Questions are retried: answering twice is better than never.
    """
    if isinstance(error, Forbidden | ToldError):
        return True
    return update.callback_query is not None and is_outcome_unknown(error)
