"""The context that a handler gets beside the update."""

from typing import Any, Self

from telegram import CallbackQuery, InlineQuery, Message, Update
from telegram.ext import Application, CallbackContext

from bot.composing.wording import FIRST_LANGUAGE
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.outbox import Outbox


class Context(CallbackContext[FootnoteBot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """The context of an update, from which a handler gets what it was registered for.

    All that the handler sends goes through `outbox`, in the language of the code `language`.
    """

    outbox: Outbox
    language: str

    @classmethod
    def from_update(
        cls, update: object, application: Application[Any, Any, Any, Any, Any, Any]
    ) -> Self:
        """The context of that update."""
        context = super().from_update(update, application)
        number = update.update_id if isinstance(update, Update) else None
        context.outbox = context.bot.outbox(number)
        context.language = FIRST_LANGUAGE
        return context

    @staticmethod
    def said(update: Update) -> Message:
        """The message that the update brings, new or edited."""
        message = update.effective_message
        if message is None:
            raise ValueError(f"update {update.update_id} brings no message")
        return message

    @staticmethod
    def pressed(update: Update) -> CallbackQuery:
        """The button that was pressed."""
        if update.callback_query is None:
            raise ValueError(f"update {update.update_id} brings no callback query")
        return update.callback_query

    @staticmethod
    def typed(update: Update) -> InlineQuery:
        """What was typed behind the bot's name in any chat."""
        if update.inline_query is None:
            raise ValueError(f"update {update.update_id} brings no inline query")
        return update.inline_query
