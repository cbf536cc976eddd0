"""`/source`, 📖 and deep links: open a quote in its paragraph."""

import re

from telegram import MaybeInaccessibleMessage, Update

from bot.composing.wording import phrase
from bot.delivery.messages import Target, edit, reply_to, send, show_here
from bot.delivery.outbox import Outbox
from bot.handlers.context import Context
from bot.handlers.conversation.answer_service import AnswerService
from bot.handlers.conversation.incoming_text import asked_in, incoming_text
from bot.rendering.telegram.callback_data import OpenQuote, TurnPage
from bot.rendering.telegram.deep_links import is_public, read_passage
from bot.rendering.telegram.keyboards import Keyboard, page_keyboard
from bot.rendering.telegram.markup import MarkedText, former_message, page_message, plain
from bot.rendering.telegram.paragraph_pages import Page
from bot.rendering.telegram.paragraph_view import ParagraphView
from bot.storage.answer_store import AnswerStore
from bot.storage.stored_answer import MessageRole, StoredAnswer
from bot.storage.worker_thread import WorkerThread
from retrieval.articles import Articles

NUMBER = re.compile(r"\[?(\d{1,3})\]?", re.ASCII)


class ReadSourceHandler:
    """Opens passages: from a button, from a link, with /source. One message is leafed through."""

    def __init__(
        self,
        articles: Articles,
        reading: ParagraphView,
        worker: WorkerThread,
        answering: AnswerService,
        answers: AnswerStore,
    ) -> None:
        self._articles = articles
        self._reading = reading
        self._run = worker.run
        self._service = answering
        self._answers = answers

    async def read(
        self,
        outbox: Outbox,
        message: MaybeInaccessibleMessage,
        answer: StoredAnswer,
        read: OpenQuote,
    ) -> str:
        """Open a quote of an answer, in the message that reads it already if there is one.

        Where the article has changed since, what it said is shown.
        """
        shown = await self._open(answer, read)
        if shown is None:
            return phrase("article_changed")
        chat = message.chat.id
        place = await self._run(self._answers.message, answer.id, chat, MessageRole.READING)
        if place is not None:
            done = await edit(outbox, Target(chat, None, place), *shown)
            if done is not None:
                return phrase("opened" if done else "open_already")
        target = Target(chat, answer.asked.thread, message.message_id)
        sent = await self._send(outbox, target, answer, shown)
        return "" if sent else phrase("closed")

    async def turn(self, outbox: Outbox, message: MaybeInaccessibleMessage, leaf: TurnPage) -> str:
        """Turn to another page in the same message."""
        article = self._service.places.article(leaf.article)
        if article is None:
            return phrase("article_gone")
        paragraph = await self._run(self._articles.paragraph, article.id, leaf.paragraph)
        if paragraph is None:
            return phrase("article_changed")
        answer = await self._answer(leaf.read.answer if leaf.read else None, message.chat.id)
        read = leaf.read if answer else None
        quote = (
            await self._run(self._service.quote, answer, read.number) if answer and read else None
        )
        asked = (answer.question, answer.context) if answer else (None, None)
        page = await self._run(self._reading.turn, paragraph, leaf.page, quote, *asked)
        return await show_here(outbox, message, *_shown(page, read))

    async def source(self, update: Update, context: Context) -> None:
        """Open a footnote of the answer that is replied to, or of the last one."""
        message = context.said(update)
        said = incoming_text(message, context.bot.id, context.bot.username)
        number = NUMBER.fullmatch(said.text or "1")
        if said.answer is not None:
            answer = await self._run(self._answers.shown_in, message.chat_id, said.answer)
        else:
            answer = await self._run(self._answers.last, asked_in(message), since=0)
        problem = _problem(answer, number)
        shown = None
        if answer is not None and number is not None and not problem:
            shown = await self._open(answer, OpenQuote(answer.id, int(number[1])))
            problem = "" if shown else phrase("article_changed")
        target = reply_to(message)
        if answer is None or shown is None:
            await send(context.outbox, target, plain(problem))
        else:
            await self._send(context.outbox, target, answer, shown)

    async def follow(self, update: Update, context: Context, parameter: str) -> None:
        """Open the passage that a link leads to; anybody may have the link.

        The question's words are marked only for the chat of the answer, or whoever asked it.
        """
        message = context.said(update)
        passage = read_passage(parameter)
        quote = await self._run(self._service.places.quote, passage[0]) if passage else None
        if passage is None or quote is None:
            await send(context.outbox, reply_to(message), plain(phrase("link_unknown")))
            return
        answer = await self._answer(passage[1], message.chat_id)
        asked = (answer.question, answer.context) if answer else (None, None)
        page = await self._run(self._reading.open, quote, *asked)
        read = None
        if answer and passage[0] in answer.quotes:
            read = OpenQuote(answer.id, answer.quotes.index(passage[0]) + 1)
        await self._send(context.outbox, reply_to(message), answer, _shown(page, read))

    async def _answer(self, identity: str | None, chat: int) -> StoredAnswer | None:
        """The answer of that id, if it is still kept and that chat may see it."""
        answer = await self._run(self._answers.get, identity) if identity else None
        return answer if answer and answer.is_open_to(chat) else None

    async def _open(
        self, answer: StoredAnswer, read: OpenQuote
    ) -> tuple[MarkedText, Keyboard] | None:
        quote = await self._run(self._service.quote, answer, read.number)
        if quote is None:
            return _as_it_was(answer, read.number)
        page = await self._run(self._reading.open, quote, answer.question, answer.context)
        return _shown(page, read)

    async def _send(
        self,
        outbox: Outbox,
        target: Target,
        answer: StoredAnswer | None,
        shown: tuple[MarkedText, Keyboard],
    ) -> bool:
        sent = await send(outbox, target, *shown)
        if sent is not None and answer is not None:
            await self._run(
                self._answers.place, answer.id, sent.chat, sent.message, MessageRole.READING
            )
        return sent is not None


def _shown(page: Page, read: OpenQuote | None) -> tuple[MarkedText, Keyboard]:
    position = phrase(
        "position",
        number=page.paragraph.number,
        count=len(page.article.paragraphs),
        page=page.number,
        pages=page.count,
    )
    url = page.article.url if page.article.url and is_public(page.article.url) else None
    return page_message(page, position, url), page_keyboard(page, read)


def _as_it_was(answer: StoredAnswer, number: int) -> tuple[MarkedText, Keyboard] | None:
    """What a quote said that cannot be opened any more; None if that was not kept."""
    if not 1 <= number <= len(answer.cited):
        return None
    cited = answer.cited[number - 1]
    note = phrase("changed_since")
    return former_message(cited.title, cited.heading, cited.text, note), ()


def _problem(answer: StoredAnswer | None, number: re.Match[str] | None) -> str:
    """Why a footnote cannot be opened; empty if it can."""
    if number is None:
        return phrase("source_usage")
    if answer is None or not answer.openable:
        return phrase("source_none")
    if not 1 <= int(number[1]) <= answer.openable:
        return phrase("source_unknown", number=int(number[1]), count=answer.openable)
    return ""
