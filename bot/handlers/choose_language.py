"""`/language`: in which language the bot speaks here."""

from telegram import CallbackQuery, MaybeInaccessibleMessage, Update
from telegram.constants import ChatType

from bot.composing.wording import (
    FIRST_LANGUAGE,
    catalogue_language,
    language_named,
    phrase,
    speaking,
)
from bot.delivery.messages import reply_to, send, show_here
from bot.delivery.outbox import Outbox
from bot.handlers.access.administrators import why_no_administrator
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import incoming_text
from bot.rendering.telegram.callback_data import ChooseLanguage
from bot.rendering.telegram.keyboards import Keyboard, language_keyboard
from bot.rendering.telegram.markup import MarkedText, plain
from bot.storage.chat_languages import ChatLanguages
from bot.storage.worker_thread import WorkerThread


class LanguageHandler:
    """Lets a chat choose the bot's language; in groups for administrators only.

    Without a choice it is that of the person in private, and in groups that of whoever added it.
    """

    def __init__(self, languages: ChatLanguages, worker: WorkerThread) -> None:
        self._languages = languages
        self._run = worker.run

    async def show(self, update: Update, context: Context) -> None:
        """Say which language is spoken, with a button for each, or speak the one that is named."""
        message = context.said(update)
        words = incoming_text(message, context.bot.id, context.bot.username).text
        if not words:
            await send(context.outbox, reply_to(message), *self._shown(message.chat.type))
            return
        code = language_named(words)
        refusal = None
        if code is None:
            refusal = "language_unknown"
        elif message.chat.type != ChatType.PRIVATE:
            refusal = await why_no_administrator(
                context.outbox, message.chat, message.from_user, message.sender_chat
            )
        if refusal is not None:
            await send(context.outbox, reply_to(message), plain(phrase(refusal)))
            return
        await self._run(self._languages.choose, message.chat_id, code)
        with speaking(code or FIRST_LANGUAGE):
            await send(context.outbox, reply_to(message), *self._shown(message.chat.type))

    async def choose(
        self,
        outbox: Outbox,
        query: CallbackQuery,
        message: MaybeInaccessibleMessage,
        press: ChooseLanguage,
    ) -> str:
        """Speak the language of a button from now on; what is to pop up."""
        is_private = message.chat.type == ChatType.PRIVATE
        if not is_private:
            refusal = await why_no_administrator(outbox, message.chat, query.from_user)
            if refusal is not None:
                return phrase(refusal)
        code = catalogue_language(press.code)
        if press.code and code is None:
            return phrase("garbled")
        await self._run(self._languages.choose, message.chat.id, code)
        own = catalogue_language(query.from_user.language_code) if is_private else None
        with speaking(code or own or FIRST_LANGUAGE):
            return await show_here(outbox, message, *self._shown(message.chat.type))

    @staticmethod
    def _shown(chat_type: str) -> tuple[MarkedText, Keyboard]:
        is_private = chat_type == ChatType.PRIVATE
        return plain(phrase("language_spoken")), language_keyboard(is_private=is_private)
