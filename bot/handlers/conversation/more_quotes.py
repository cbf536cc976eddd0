"""*More quotes*: the next best ones, in the same message or below it."""

from dataclasses import replace

from telegram import MaybeInaccessibleMessage

from bot.composing.wording import phrase
from bot.delivery.messages import Target, edit, send, set_buttons
from bot.delivery.outbox import Outbox
from bot.handlers.conversation.answer_service import MORE_QUOTES_AT_ONCE, AnswerService
from bot.rendering.telegram.callback_data import MoreQuotes
from bot.rendering.telegram.deep_links import linker
from bot.rendering.telegram.keyboards import answer_keyboard
from bot.rendering.telegram.markup import MarkedText, answer_message, fitting
from bot.storage.answer_store import AnswerStore
from bot.storage.stored_answer import MessageRole, StoredAnswer
from bot.storage.worker_thread import WorkerThread


class MoreQuotesHandler:
    """Shows the next quotes in the same message, or below it once that is full."""

    def __init__(
        self, answering: AnswerService, answers: AnswerStore, worker: WorkerThread
    ) -> None:
        self._service = answering
        self._answers = answers
        self._run = worker.run

    async def show(
        self,
        outbox: Outbox,
        message: MaybeInaccessibleMessage,
        answer: StoredAnswer,
        more: MoreQuotes,
    ) -> str:
        """Show them; returns what is to pop up."""
        if not 1 <= more.first <= more.shown + 1:
            return phrase("garbled")
        if answer.shown != more.shown or more.shown >= len(answer.quotes):
            return phrase("shown_already")
        grown = replace(answer, shown=min(len(answer.quotes), more.shown + MORE_QUOTES_AT_ONCE))
        marked = self._message(grown, more.first, outbox.bot.username)
        if marked is None:
            return phrase("article_changed")
        target = Target(message.chat.id, answer.asked.thread, message.message_id)
        if marked.fits:
            done = await edit(outbox, target, marked, answer_keyboard(grown, more.first))
            if done is not None:
                await self._run(self._answers.show, answer.id, grown.shown)
                return ""
        return await self._below(outbox, target, answer, more)

    async def _below(
        self, outbox: Outbox, target: Target, answer: StoredAnswer, more: MoreQuotes
    ) -> str:
        """Show the next ones in a message of their own."""
        until = min(len(answer.quotes), more.shown + MORE_QUOTES_AT_ONCE)
        next_ones = self._service.citations(answer, range(more.shown + 1, until + 1))
        if not next_ones:
            return phrase("article_changed")
        count = fitting(phrase("more_lead"), next_ones, (), lambda _: "https://t.me")
        grown = replace(answer, shown=more.shown + count)
        marked = self._message(grown, more.shown + 1, outbox.bot.username)
        if marked is None:
            return phrase("article_changed")
        sent = await send(outbox, target, marked, answer_keyboard(grown, more.shown + 1))
        if sent is None:
            return phrase("closed")
        await self._run(self._answers.show, answer.id, grown.shown)
        await self._run(self._answers.place, answer.id, sent.chat, sent.message, MessageRole.MORE)
        keyboard = answer_keyboard(answer, more.first, more.shown)
        await set_buttons(outbox, target, keyboard)
        return ""

    def _message(self, answer: StoredAnswer, first: int, username: str) -> MarkedText | None:
        """The quotes from that number on as a message; None if an article has changed since."""
        citations = self._service.citations(answer, range(first, answer.shown + 1))
        if citations is None:
            return None
        link = linker(self._service.places, username, answer.id)
        if first > 1:
            return answer_message(phrase("more_lead"), citations, (), link)
        lead = answer.lead
        if not answer.answered:
            lead = f"{lead} {phrase('closest_lead')}"
        return answer_message(lead, citations, answer.notes, link)
