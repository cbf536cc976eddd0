"""What can be done with the bot? The table of contents of its handlers."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import Engine
from telegram.ext import (
    Application,
    ApplicationBuilder,
    BaseRateLimiter,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.answering import Answering
from bot.briefings import Briefings
from bot.calls import FootnoteBot
from bot.desk import Desk
from bot.handlers.asking import Asking
from bot.handlers.briefing import Briefing
from bot.handlers.buttons import Buttons
from bot.handlers.context import Context
from bot.handlers.errors import failed
from bot.handlers.further import Further
from bot.handlers.inline import Inline
from bot.handlers.membership import Membership
from bot.handlers.pages import Pages
from bot.handlers.reading import Reader
from bot.handlers.scheduling import Scheduling
from bot.handlers.sources import Sources
from bot.questions import Addressed, BriefRequest, CaptionCommand, FromPerson
from bot.reading import Reading
from bot.scheduler import Scheduler
from bot.storage.answers import Answers, StoredAnswer
from bot.storage.briefings import KeptBriefings
from bot.storage.editions import Editions
from bot.storage.schedules import Schedules
from bot.worker import Worker

App = Application[Any, Context, Any, Any, Any, Any]

PERSON = FromPerson()
NEW = filters.UpdateType.MESSAGE & PERSON
EDITED = filters.UpdateType.EDITED_MESSAGE & PERSON
PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS
WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
BRIEF = WORDS & BriefRequest()
ADDRESSED = GROUP & Addressed()
A_MINUTE = 60
# Also if the machine slept meanwhile; and if what was begun a minute ago takes longer.
ALWAYS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 10}


@dataclass(frozen=True, slots=True)
class Connection:
    """How Telegram is reached: with which token, through what, where, how fast."""

    token: str
    request: BaseRequest
    updates_request: BaseRequest
    base_url: str = "https://api.telegram.org/bot"
    rate_limiter: BaseRateLimiter[None] | None = None


def build(  # noqa: PLR0913, PLR0917  # what is composed
    connection: Connection,
    desk: Desk,
    worker: Worker,
    database: Engine,
    clock: Callable[[], float] = time.time,
    note: Callable[[StoredAnswer], None] = lambda _: None,
) -> tuple[App, Scheduler]:
    """The application with all its handlers, and what sends what is scheduled once it runs.

    It neither polls nor serves. `note` hears of each answer, in the worker's thread.
    """
    bot = FootnoteBot(
        connection.token,
        connection.base_url,
        request=connection.request,
        get_updates_request=connection.updates_request,
        rate_limiter=connection.rate_limiter,
    )
    types = ContextTypes(context=Context)
    application = ApplicationBuilder().bot(bot).context_types(types).updater(None).build()
    briefing = add_handlers(application, desk, worker, database, clock, note)
    deliver = partial(briefing.deliver, bot)
    scheduler = Scheduler(Schedules(database), worker, deliver, clock)
    brief_on_time(application, scheduler)
    return application, scheduler


def add_handlers(  # noqa: PLR0913, PLR0917  # what all handlers need
    application: App,
    desk: Desk,
    worker: Worker,
    database: Engine,
    clock: Callable[[], float],
    note: Callable[[StoredAnswer], None],
) -> Briefing:
    """Everything that a user can do; returns who gives briefings."""
    answers = Answers(database)
    answering = Answering(desk, answers, note)
    reading = Reading(desk.collection, desk.index, desk.finder)
    reader = Reader(desk.collection, reading, worker, answering, answers)
    sources = Sources(desk.collection)
    pages = Pages(desk.collection, reader)
    asking = Asking(answering, answers, worker)
    schedules = Schedules(database)
    scheduling = Scheduling(schedules, worker, clock)
    kept = KeptBriefings(database)
    editions = Editions(database, desk.collection)
    editions.note(clock())
    briefings = Briefings(desk, answers, kept, editions, clock)
    briefing = Briefing(briefings, answers, scheduling, worker)
    further = Further(answering, answers, worker)
    buttons = Buttons(answers, further, reader, sources, briefing, worker)
    membership = Membership(len(desk.collection.articles), answers, schedules, kept, worker)
    inline = Inline(desk, worker)
    application.add_handlers(
        [
            CommandHandler("start", pages.start, NEW),
            CommandHandler("help", pages.help, NEW),
            CommandHandler("privacy", pages.privacy, NEW),
            CommandHandler("sources", sources.show, NEW),
            CommandHandler("source", reader.source, NEW),
            CommandHandler("brief", briefing.brief, NEW),
            CommandHandler("brief", briefing.correct, EDITED),
            MessageHandler(NEW & CaptionCommand("brief"), briefing.brief),
            MessageHandler(EDITED & CaptionCommand("brief"), briefing.correct),
            CommandHandler("timezone", scheduling.timezone, NEW),
            CommandHandler("ask", asking.ask, NEW),
            MessageHandler(NEW & CaptionCommand("ask"), asking.ask),
            CommandHandler("ask", asking.correct, EDITED),
            MessageHandler(EDITED & CaptionCommand("ask"), asking.correct),
            MessageHandler(NEW & PRIVATE & filters.COMMAND, pages.unknown_command),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & BRIEF, briefing.brief),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & BRIEF, briefing.correct),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & WORDS, asking.ask),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & WORDS, asking.correct),
            MessageHandler(NEW & PRIVATE & ~filters.StatusUpdate.ALL, pages.media),
            MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrate),
            CallbackQueryHandler(buttons.press),
            InlineQueryHandler(inline.offer),
            ChatMemberHandler(membership.change, ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(failed)
    return briefing


def brief_on_time(application: App, scheduler: Scheduler) -> None:
    """Let what is due be sent at the beginning of each minute, once the application runs."""

    async def run_due(_: object) -> None:
        await scheduler.run_due()

    if application.job_queue is not None:
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        application.job_queue.run_repeating(run_due, A_MINUTE, first=minute, job_kwargs=ALWAYS)
