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
from bot.handlers.door import Door
from bot.handlers.errors import failed
from bot.handlers.forgetting import Forgetting
from bot.handlers.further import Further
from bot.handlers.inline import Inline
from bot.handlers.membership import Membership
from bot.handlers.pages import Pages
from bot.handlers.reading import Reader
from bot.handlers.scheduling import Scheduling
from bot.handlers.sources import Sources
from bot.questions import Addressed, BriefRequest, CaptionCommand, FromPerson, ScheduleWords
from bot.reading import Reading
from bot.rules import Rules
from bot.scheduler import Scheduler
from bot.storage.answers import Answers, StoredAnswer
from bot.storage.briefings import KeptBriefings
from bot.storage.editions import Editions
from bot.storage.moves import Moves
from bot.storage.persons import Persons
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
ASK_CAPTION, BRIEF_CAPTION = CaptionCommand("ask"), CaptionCommand("brief")
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


def build(  # noqa: PLR0913, PLR0917  # all that the bot is made of
    connection: Connection,
    desk: Desk,
    worker: Worker,
    database: Engine,
    rules: Rules,
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
    door = Door(rules, Moves(database), worker, clock)
    briefing = add_handlers(application, door, rules, desk, worker, database, clock, note)
    deliver = partial(briefing.deliver, bot)
    scheduler = Scheduler(Schedules(database), worker, deliver, clock, door.allows)
    brief_on_time(application, scheduler)
    return application, scheduler


def add_handlers(  # noqa: PLR0913, PLR0917  # all that handlers need
    application: App,
    door: Door,
    rules: Rules,
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
    pages = Pages(desk.collection, reader, rules.keep_days)
    asking = Asking(answering, answers, worker, door.is_late)
    schedules = Schedules(database)
    scheduling = Scheduling(schedules, worker, clock)
    kept = KeptBriefings(database)
    editions = Editions(database, desk.collection)
    editions.note(clock())
    briefings = Briefings(desk, answers, kept, editions, clock)
    briefing = Briefing(briefings, answers, scheduling, worker, door.is_late)
    further = Further(answering, answers, worker)
    buttons = Buttons(answers, further, reader, sources, briefing, worker)
    membership = Membership(
        len(desk.collection.articles), answers, schedules, kept, worker, door.move
    )
    forgetting = Forgetting(Persons(database), worker)
    inline = Inline(desk, worker)
    enters, keeps = door.guard(), door.guard(rules.questions, even_late=True)
    asks, briefs = door.guard(rules.questions), door.guard(rules.briefings)
    presses, types = door.guard(rules.presses), door.guard(rules.searches)
    application.add_handlers(
        [
            CommandHandler("start", asks(pages.start), NEW),
            CommandHandler("help", asks(pages.help), NEW),
            CommandHandler("privacy", asks(pages.privacy), NEW),
            CommandHandler("forget", keeps(forgetting.forget), NEW),
            CommandHandler("sources", asks(sources.show), NEW),
            CommandHandler("source", asks(reader.source), NEW),
            CommandHandler("brief", keeps(briefing.brief), NEW & ScheduleWords()),
            CommandHandler("brief", briefs(briefing.brief), NEW),
            CommandHandler("brief", briefs(briefing.correct), EDITED),
            MessageHandler(NEW & BRIEF_CAPTION & ScheduleWords(), keeps(briefing.brief)),
            MessageHandler(NEW & BRIEF_CAPTION, briefs(briefing.brief)),
            MessageHandler(EDITED & BRIEF_CAPTION, briefs(briefing.correct)),
            CommandHandler("timezone", keeps(scheduling.timezone), NEW),
            CommandHandler("ask", asks(asking.ask), NEW),
            MessageHandler(NEW & ASK_CAPTION, asks(asking.ask)),
            CommandHandler("ask", asks(asking.correct), EDITED),
            MessageHandler(EDITED & ASK_CAPTION, asks(asking.correct)),
            MessageHandler(NEW & PRIVATE & filters.COMMAND, asks(pages.unknown_command)),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & BRIEF, briefs(briefing.brief)),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & BRIEF, briefs(briefing.correct)),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & WORDS, asks(asking.ask)),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & WORDS, asks(asking.correct)),
            MessageHandler(NEW & PRIVATE & ~filters.StatusUpdate.ALL, asks(pages.media)),
            MessageHandler(filters.StatusUpdate.MIGRATE, membership.migrate),
            CallbackQueryHandler(presses(buttons.press)),
            InlineQueryHandler(types(inline.offer)),
            ChatMemberHandler(enters(membership.change), ChatMemberHandler.MY_CHAT_MEMBER),
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
