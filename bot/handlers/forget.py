"""`/forget`: deletes what is kept of a person."""

from telegram import Update

from bot.composing.wording import phrase, text
from bot.delivery.messages import reply_to, send
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import asked_in
from bot.rendering.telegram.markup import plain
from bot.storage.answer_store import AnswerStore
from bot.storage.chat_languages import ChatLanguages
from bot.storage.personal_data import PersonalData
from bot.storage.worker_thread import WorkerThread


class ForgetHandler:
    """Deletes what is kept of whoever writes the command themselves; a forwarded one is none.

    What they asked elsewhere before, and waits there, is answered all the same, and not kept.
    """

    def __init__(
        self,
        persons: PersonalData,
        answers: AnswerStore,
        languages: ChatLanguages,
        worker: WorkerThread,
    ) -> None:
        self._persons = persons
        self._languages = languages
        self._answers = answers
        self._run = worker.run

    async def forget(self, update: Update, context: Context) -> None:
        """Delete it, and say what that was."""
        message = context.said(update)
        asked = asked_in(message)
        person = asked.person
        if message.forward_origin is not None or person is None:
            said = phrase("forget_forwarded")
        else:
            await self._run(self._answers.keep_none_of, person, asked.at)
            forgotten = await self._run(self._persons.forget, person, update.update_id)
            self._languages.forget(person)
            context.outbox.forget_handled()
            said = text("forget", forgotten=forgotten)
        await send(context.outbox, reply_to(message), plain(said))
