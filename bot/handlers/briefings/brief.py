"""`/brief`, its words and its buttons: gives briefings."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from weakref import WeakValueDictionary

from telegram import Chat, MaybeInaccessibleMessage, Message, Update, User
from telegram.constants import ChatType

from bot.composing.briefing_lengths import BriefingLength
from bot.composing.briefing_wishes import (
    asks_for_news,
    asks_what_is_new,
    points_back,
    without_short,
)
from bot.composing.wording import FIRST_LANGUAGE, phrase, speaking
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.messages import Target, edit, reply_to, send, send_file, thread_of
from bot.delivery.outbox import Outbox
from bot.handlers.briefings.schedule_briefings import ScheduleHandler
from bot.handlers.context import Context
from bot.handlers.conversation.briefing_service import (
    BriefingRequest,
    BriefingService,
    WrittenBriefing,
)
from bot.handlers.conversation.incoming_text import (
    asked_in,
    brief_topic,
    command_of,
    incoming_text,
    is_recent,
    without_address,
)
from bot.rendering.briefing_file import briefing_file, file_name
from bot.rendering.telegram.callback_data import BriefOnHeading, BriefOnNews, ResizeBriefing
from bot.rendering.telegram.deep_links import message_link
from bot.rendering.telegram.markup import linked, plain
from bot.schedules.recurrence import Schedule
from bot.storage.answer_store import AnswerStore
from bot.storage.chat_languages import ChatLanguages
from bot.storage.receipts import Sent
from bot.storage.stored_answer import Asked, MessageRole, StoredAnswer
from bot.storage.worker_thread import WorkerThread


class BriefHandler:
    """Gives briefings; in a group the same one once in a while, with a link to it in between.

    `is_late` says of which messages nobody waits for a first briefing any more; one that was given
    follows a correction at any time.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what a briefing is part of
        self,
        briefings: BriefingService,
        answers: AnswerStore,
        scheduling: ScheduleHandler,
        languages: ChatLanguages,
        worker: WorkerThread,
        is_late: Callable[[Message], bool],
        move: Callable[[int, int], Awaitable[None]],
    ) -> None:
        self._briefings = briefings
        self._answers = answers
        self._scheduling = scheduling
        self._languages = languages
        self._run = worker.run
        self._is_late = is_late
        self._move = move
        self._locks: WeakValueDictionary[tuple[int, int | None], asyncio.Lock] = (
            WeakValueDictionary()
        )

    async def brief(self, update: Update, context: Context) -> None:
        """Brief on what a command or a message asks for, or change the schedule as it says."""
        if not await self._is_schedule(update, context):
            await self._brief(context.said(update), context.outbox)

    async def _brief(self, message: Message, outbox: Outbox) -> None:
        is_comment = bool(message.message_thread_id and not message.is_topic_message)
        wanted = await self._wanted(message, outbox)
        asked = asked_in(message)
        if not await self._give(outbox, asked, message.chat, wanted, is_comment=is_comment):
            await send(outbox, reply_to(message), plain(phrase("briefing_none_new")))

    async def correct(self, update: Update, context: Context) -> None:
        """Edit the briefing after its request was edited, unless that asks for the same."""
        message = context.said(update)
        before = await self._run(self._answers.to, message.chat_id, message.message_id)
        if before is None and not is_recent(message):
            return
        if await self._is_schedule(update, context):
            return
        if before is None:
            if not self._is_late(message):
                await self._brief(message, context.outbox)
            return
        wanted = await self._wanted(message, context.outbox)
        stored = await self._run(self._briefings.stored, before)
        if stored is not None and replace(wanted, length=stored.length) == stored:
            return
        place = await self._run(
            self._answers.message, before.id, message.chat_id, MessageRole.ANSWER
        )
        given = await self._run(
            self._briefings.write, asked_in(message), wanted, context.bot.username
        )
        target = Target(message.chat_id, thread_of(message), place)
        if given is None:
            await send(context.outbox, reply_to(message), plain(phrase("briefing_none_new")))
        elif place is None or await self._edit(context.outbox, target, given) is None:
            await self._send(context.outbox, reply_to(message), given)
        else:
            await self._run(self._briefings.keep, given, (target.chat, place))
        await self._run(self._answers.remove, before.id)

    async def _wanted(self, message: Message, outbox: Outbox) -> BriefingRequest:
        """What the message wants to be briefed on; "it" is what it replies to or was asked before.

        Where nothing was, it is everything.
        """
        wanted = _wanted(message, outbox)
        topic, is_short = without_short(wanted.topic)
        if not points_back(topic):
            return wanted
        said = incoming_text(message, outbox.bot.id, outbox.bot.username)
        before = await self._run(self._answers.before, asked_in(message), said.answer)
        subject = before.subject if before else None
        length = BriefingLength.SHORT if is_short else wanted.length
        return replace(wanted, topic=said.passage or subject or "", length=length)

    async def _is_schedule(self, update: Update, context: Context) -> bool:
        """Whether the message is a command about a schedule; that is done then."""
        message = context.said(update)
        if not command_of(message, context.bot.username):
            return False
        words = incoming_text(message, context.bot.id, context.bot.username).text
        return await self._scheduling.take(update, context, words)

    async def write(
        self, bot: FootnoteBot, chat: int, thread: int | None, schedule: Schedule
    ) -> Callable[[], Awaitable[object]] | None:
        """What sends the briefing of a schedule; None if only news are wanted and there are none.

        It may raise NotSentError or ChatGoneError.
        """
        asked = Asked(chat, thread, None, 0, self._briefings.clock())
        length = BriefingLength.SHORT if schedule.is_short else BriefingLength.USUAL
        wanted = BriefingRequest(schedule.topic, is_news=schedule.only_new, length=length)
        language = self._languages.of(chat) or schedule.language or FIRST_LANGUAGE
        with speaking(language):
            given = await self._run(self._briefings.write, asked, wanted, bot.username)
        if given is None or (schedule.only_new and not given.answer.answered):
            return None

        async def send_it() -> object:
            with speaking(language):
                return await self._send(bot.outbox(None), Target(chat, thread), given)

        return send_it

    async def is_one(self, answer: StoredAnswer) -> bool:
        """Whether an answer is a briefing; no other has a length, or comes as a file."""
        return await self._run(self._briefings.stored, answer) is not None

    async def resize(
        self,
        outbox: Outbox,
        message: MaybeInaccessibleMessage,
        answer: StoredAnswer,
        press: ResizeBriefing,
    ) -> str:
        """Show the briefing in another length in the message; returns what pops up."""
        given = await self._run(self._briefings.again, answer, press.length, outbox.bot.username)
        if given is None:
            return phrase("article_changed")
        done = await self._edit(outbox, Target(message.chat.id, None, message.message_id), given)
        if done is None:
            return phrase("closed")
        if done:
            await self._run(self._answers.requote, given.answer)
        return "" if done else phrase("briefing_length_already")

    async def send_as_file(
        self, outbox: Outbox, message: MaybeInaccessibleMessage, answer: StoredAnswer
    ) -> str:
        """Send the briefing as a file; what is to pop up."""
        chat = message.chat.id
        sent_before = await self._run(self._answers.message, answer.id, chat, MessageRole.FILE)
        if sent_before is not None and message.chat.type != ChatType.PRIVATE:
            return phrase("file_there")
        worded = await self._run(self._briefings.whole, answer)
        if worded is None:
            return phrase("article_changed")
        zone = await self._scheduling.zone(message.chat.id)
        made = datetime.fromtimestamp(self._briefings.clock(), zone)
        content = await self._run(briefing_file, worded, made)
        target = Target(message.chat.id, answer.asked.thread, message.message_id)
        sent = await send_file(outbox, target, file_name(worded), content)
        if sent is None:
            return phrase("file_refused")
        await self._run(self._answers.place, answer.id, sent.chat, sent.message, MessageRole.FILE)
        return ""

    async def pressed(
        self,
        outbox: Outbox,
        person: User,
        message: MaybeInaccessibleMessage,
        press: BriefOnNews | BriefOnHeading,
    ) -> str:
        """Brief on what is new, or on the heading that a button names; what is to pop up."""
        wanted = BriefingRequest("", is_news=True)
        if isinstance(press, BriefOnHeading):
            topic = await self._run(self._briefings.heading, press.article, press.paragraph)
            if topic is None:
                return phrase("article_gone")
            wanted = BriefingRequest(topic)
        thread = thread_of(message) if isinstance(message, Message) else None
        asked = Asked(
            message.chat.id, thread, person.id, message.message_id, self._briefings.clock()
        )
        is_given = await self._give(outbox, asked, message.chat, wanted)
        return "" if is_given else phrase("briefing_none_new")

    async def _give(
        self,
        outbox: Outbox,
        asked: Asked,
        chat: Chat,
        wanted: BriefingRequest,
        *,
        is_comment: bool = False,
    ) -> bool:
        """Brief on it here, unless only news are wanted and there are none.

        One at a time, so that who asks at the same moment finds it given.
        Who reads the comments under one post does not see those under another.
        """
        target = Target(asked.chat, asked.thread, asked.message)
        place = asked.chat, asked.thread
        lock = self._locks.setdefault(place, asyncio.Lock())
        async with lock:
            given = await self._run(self._briefings.write, asked, wanted, outbox.bot.username)
            if given is None:
                return False
            if (
                is_comment
                or chat.type == ChatType.PRIVATE
                or not await self._refer(outbox, chat, given)
            ):
                await self._send(outbox, target, given)
            return True

    async def _refer(self, outbox: Outbox, chat: Chat, given: WrittenBriefing) -> bool:
        """Lead to the same briefing if it was given here a short while ago; whether that is so.

        What leads there is a reply to it. Where that is gone, the reply becomes the briefing.
        """
        found = await self._run(self._briefings.already_given, given)
        if found is None:
            return False
        first, minutes = found
        asked = given.answer.asked
        said = phrase("briefing_given", minutes=minutes)
        link = message_link(chat.id, chat.username, asked.thread, first)
        marked = linked(said, phrase("briefing_there"), link) if link else plain(said)
        sent = await send(outbox, Target(asked.chat, asked.thread, first), marked)
        if sent is None or sent.replied == first:
            return True
        if await self._edit(outbox, Target(sent.chat, None, sent.message), given):
            await self._run(self._briefings.keep, given, (sent.chat, sent.message))
        return True

    async def _send(self, outbox: Outbox, target: Target, given: WrittenBriefing) -> Sent | None:
        marked = self._briefings.message(given, outbox.bot.username)
        keyboard = self._briefings.keyboard(given)
        sent = await send(outbox, target, marked, keyboard)
        if sent is not None:
            if sent.chat != target.chat:  # a supergroup by now, of which nobody had told
                await self._move(target.chat, sent.chat)
            await self._run(self._briefings.keep, given, (sent.chat, sent.message))
        return sent

    async def _edit(self, outbox: Outbox, target: Target, given: WrittenBriefing) -> bool | None:
        marked = self._briefings.message(given, outbox.bot.username)
        return await edit(outbox, target, marked, self._briefings.keyboard(given))


def _wanted(message: Message, outbox: Outbox) -> BriefingRequest:
    """What the message wants to be briefed on."""
    username = outbox.bot.username
    if not command_of(message, username):
        is_news = asks_what_is_new(without_address(message, username))
        return BriefingRequest(brief_topic(message, username) or "", is_news=is_news)
    said = incoming_text(message, outbox.bot.id, username)
    if asks_for_news(said.text):
        return BriefingRequest("", is_news=True)
    return BriefingRequest(said.text or said.passage or "")
