"""Somebody asks, or corrects what they asked."""

import asyncio

from telegram import Bot, InlineKeyboardMarkup, Message, Update

from bot.answering import Answering
from bot.handlers.context import Context
from bot.keyboards import answer_keyboard
from bot.markup import Marked, plain
from bot.questions import person_of, spoken, topic_of
from bot.sending import Target, edit, reply_to, send
from bot.storage.answers import Answers, Asked, Role, StoredAnswer
from bot.wording import phrase

EDITED_SECONDS = 600


class Asking:
    """Answers questions in private chats and in groups."""

    def __init__(self, answering: Answering, answers: Answers) -> None:
        self._answering = answering
        self._answers = answers

    async def ask(self, update: Update, context: Context) -> None:
        """Answer a message; without words of its own, what it replies to."""
        message = context.said(update)
        answer = await self._answer(message, context.bot)
        if answer is None:
            usage = "ask_usage_private" if message.chat.type == "private" else "ask_usage"
            await send(context.bot, reply_to(message), plain(phrase(usage)))
            return
        _, sent = await asyncio.gather(
            self._answers.add(answer),
            send(context.bot, reply_to(message), *self._shown(answer, context.bot)),
        )
        await self._place(answer, sent)

    async def correct(self, update: Update, context: Context) -> None:
        """Let the answer follow a question that was edited, unless it reads as before."""
        message = context.said(update)
        before = await self._answers.to(message.chat_id, message.message_id)
        if before is None:
            if _is_recent(message):
                await self.ask(update, context)
            return
        answer = await self._answer(message, context.bot)
        if answer is None or answer.question == before.question:
            return
        shown = self._shown(answer, context.bot)
        place = await self._answers.message(before.id, message.chat_id, Role.ANSWER)
        await self._answers.add(answer)
        await self._answers.remove(before.id)
        target = Target(message.chat_id, topic_of(message), place)
        if place is None or await edit(context.bot, target, *shown) is None:
            await self._place(answer, await send(context.bot, reply_to(message), *shown))
        else:
            await self._answers.place(answer.id, message.chat_id, place, Role.ANSWER)

    async def _answer(self, message: Message, bot: Bot) -> StoredAnswer | None:
        said = spoken(message, bot.id, bot.username)
        question, passage = (said.text, said.passage) if said.text else (said.passage, None)
        if not question:
            return None
        asked = Asked(
            message.chat_id,
            topic_of(message),
            person_of(message),
            message.message_id,
            message.date.timestamp(),
        )
        before = passage or await self._answering.context(asked, said.answer)
        brief = message.chat.type != "private"
        return await self._answering.answer(asked, question, before, brief=brief)

    def _shown(self, answer: StoredAnswer, bot: Bot) -> tuple[Marked, InlineKeyboardMarkup | None]:
        marked = self._answering.message(answer, bot.username)
        if marked is None:
            return plain(phrase("article_changed")), None
        return marked, answer_keyboard(answer)

    async def _place(self, answer: StoredAnswer, sent: Message | None) -> None:
        if sent is not None:
            await self._answers.place(answer.id, sent.chat_id, sent.message_id, Role.ANSWER)


def _is_recent(message: Message) -> bool:
    edited = message.edit_date or message.date
    return (edited - message.date).total_seconds() <= EDITED_SECONDS
