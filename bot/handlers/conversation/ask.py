"""`/ask`, and questions without a command: answers them, and follows corrections."""

from collections.abc import Callable
from dataclasses import replace

from telegram import MaybeInaccessibleMessage, Message, Update, User

from bot.composing.wording import phrase
from bot.delivery.messages import Target, edit, reply_to, send, show_here, thread_of
from bot.delivery.outbox import Outbox
from bot.handlers.context import Context
from bot.handlers.conversation.answer_service import AnswerService, Question
from bot.handlers.conversation.incoming_text import asked_in, incoming_text, is_recent
from bot.handlers.conversation.suggestions import Suggestions
from bot.rendering.telegram.callback_data import AskSuggested
from bot.rendering.telegram.keyboards import Keyboard, answer_keyboard
from bot.rendering.telegram.markup import MarkedText, plain
from bot.storage.answer_store import AnswerStore
from bot.storage.receipts import Sent
from bot.storage.stored_answer import Asked, MessageRole, StoredAnswer
from bot.storage.worker_thread import WorkerThread


class AskHandler:
    """Answers questions in private chats and in groups.

    `is_late` tells for which messages a first answer would come too late; a correction is followed
    at any time.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what an answer needs
        self,
        answering: AnswerService,
        answers: AnswerStore,
        suggestions: Suggestions,
        worker: WorkerThread,
        is_late: Callable[[Message], bool],
        clock: Callable[[], float],
    ) -> None:
        self._service = answering
        self._answers = answers
        self._run = worker.run
        self._is_late = is_late
        self._suggestions = suggestions
        self._clock = clock

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a message; without words of its own, what it replies to."""
        message = context.said(update)
        question = _question(message, context.outbox)
        if question is None:
            usage = "ask_usage_private" if message.chat.type == "private" else "ask_usage"
            await send(context.outbox, reply_to(message), plain(phrase(usage)))
            return
        answer = await self._run(self._service.answer, question)
        shown = await self._run(self._shown, answer, context.outbox)
        sent = await send(context.outbox, reply_to(message), *shown)
        await self._run(self._answers.keep, answer, _place_of(sent))

    async def correct(self, update: Update, context: Context) -> None:
        """Edit the answer to a question that was edited, unless the question reads as before."""
        message = context.said(update)
        before = await self._run(self._answers.to, message.chat_id, message.message_id)
        if before is None:
            if is_recent(message) and not self._is_late(message):
                await self.ask(update, context)
            return
        question = _question(message, context.outbox)
        if question is None:
            return
        is_same = question.text == before.question
        if is_same and not await self._run(self._answers.is_briefing, before.id):
            return
        place = await self._run(
            self._answers.message, before.id, message.chat_id, MessageRole.ANSWER
        )
        answer = await self._run(self._service.answer, question)
        shown = await self._run(self._shown, answer, context.outbox)
        target = Target(message.chat_id, thread_of(message), place)
        shown_in = None if place is None else (target.chat, place)
        if place is None or await edit(context.outbox, target, *shown) is None:
            sent = await send(context.outbox, reply_to(message), *shown)
            shown_in = _place_of(sent)
        await self._run(self._answers.keep, answer, shown_in)
        await self._run(self._answers.remove, before.id)

    async def alone(
        self, outbox: Outbox, message: MaybeInaccessibleMessage, before: StoredAnswer
    ) -> str:
        """Answer a message's question without the one before; returns what is to pop up."""
        answer = await self._run(self._service.alone, before)
        shown = await self._run(self._shown, answer, outbox)
        problem = await show_here(outbox, message, *shown)
        if not problem:
            place = message.chat.id, message.message_id
            await self._run(self._answers.keep, answer, place)
            await self._run(self._answers.remove, before.id)
        return problem

    async def suggested(
        self, outbox: Outbox, person: User, message: MaybeInaccessibleMessage, press: AskSuggested
    ) -> str:
        """Answer a question that `/start` offered; returns what is to pop up."""
        question = await self._run(self._suggestions.question, press.number, press.digest)
        if question is None:
            return phrase("article_changed")
        asked = Asked(message.chat.id, None, person.id, message.message_id, self._clock())
        answer = await self._run(
            self._service.answer, Question(asked, question, None, None, brief=False)
        )
        lead = phrase("suggested_lead", question=question, lead=answer.lead)
        answer = replace(answer, lead=lead)
        shown = await self._run(self._shown, answer, outbox)
        sent = await send(outbox, Target(message.chat.id, None, message.message_id), *shown)
        await self._run(self._answers.keep, answer, _place_of(sent))
        return "" if sent else phrase("closed")

    def _shown(self, answer: StoredAnswer, outbox: Outbox) -> tuple[MarkedText, Keyboard]:
        marked = self._service.message(answer, outbox.bot.username)
        if marked is None:
            return plain(phrase("article_changed")), ()
        is_gap, is_whole = self._service.is_gap(answer), self._service.is_whole(answer)
        return marked, answer_keyboard(answer, is_gap=is_gap, is_whole=is_whole)


def _place_of(sent: Sent | None) -> tuple[int, int] | None:
    return None if sent is None else (sent.chat, sent.message)


def _question(message: Message, outbox: Outbox) -> Question | None:
    """What the message asks; None if it asks nothing."""
    said = incoming_text(message, outbox.bot.id, outbox.bot.username)
    text, passage = (said.text, said.passage) if said.text else (said.passage, None)
    if not text:
        return None
    brief = message.chat.type != "private"
    return Question(asked_in(message), text, passage, said.answer, brief)
