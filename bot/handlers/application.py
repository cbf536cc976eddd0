"""The application: which handler is called for which update. The table of contents."""

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
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.composing.pipeline import Pipeline
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import (
    Addressed,
    AsksForBriefing,
    CaptionCommand,
    FromPerson,
    ScheduleWords,
)
from bot.handlers.dependencies import Dependencies, make_dependencies
from bot.handlers.failures import failed
from bot.schedules.due_slots import DueSlots
from bot.schedules.schedule_store import ScheduleStore
from bot.schedules.scheduler import Scheduler
from bot.storage.answer_store import StoredAnswer
from bot.storage.worker_thread import WorkerThread

App = Application[FootnoteBot, Context, Any, Any, Any, Any]

PERSON = FromPerson()
NEW = filters.UpdateType.MESSAGE & PERSON
EDITED = filters.UpdateType.EDITED_MESSAGE & PERSON
PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS
WORDS = (filters.TEXT | filters.CAPTION) & ~filters.COMMAND
BRIEF = WORDS & AsksForBriefing()
ASK_CAPTION, BRIEF_CAPTION = CaptionCommand("ask"), CaptionCommand("brief")
ADDRESSED = GROUP & Addressed()
A_MINUTE = 60
# Also if the machine slept meanwhile; and if what was begun a minute ago takes longer.
ALWAYS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 10}


@dataclass(frozen=True, slots=True)
class TelegramAccess:
    """How Telegram is reached: with which token, through what, where, how fast."""

    token: str
    request: BaseRequest
    updates_request: BaseRequest
    base_url: str = "https://api.telegram.org/bot"
    rate_limiter: RateLimiter | None = None


def build(  # noqa: PLR0913, PLR0917  # all that the bot is made of
    connection: TelegramAccess,
    pipeline: Pipeline,
    worker: WorkerThread,
    database: Engine,
    rules: AccessRules,
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
    parts = make_dependencies(pipeline, worker, database, rules, clock, note)
    add_handlers(application, parts, rules)
    slots = DueSlots(ScheduleStore(database), clock, parts.admission.allows)
    scheduler = Scheduler(slots, worker, partial(parts.briefing.write, bot), clock)
    brief_on_time(application, scheduler)
    return application, scheduler


def add_handlers(application: App, parts: Dependencies, rules: AccessRules) -> None:
    """Everything that a user can do, and how often."""
    admission = parts.admission
    enters, keeps = admission.guard(), admission.guard(rules.questions, even_late=True)
    asks, briefs = admission.guard(rules.questions), admission.guard(rules.briefings)
    presses, types = admission.guard(rules.presses), admission.guard(rules.searches)
    application.add_handlers(
        [
            CommandHandler("start", asks(parts.pages.start), NEW),
            CommandHandler("help", asks(parts.pages.help), NEW),
            CommandHandler("privacy", asks(parts.pages.privacy), NEW),
            CommandHandler("forget", keeps(parts.forgetting.forget), NEW),
            CommandHandler("sources", asks(parts.sources.show), NEW),
            CommandHandler("source", asks(parts.reader.source), NEW),
            CommandHandler("brief", keeps(parts.briefing.brief), NEW & ScheduleWords()),
            CommandHandler("brief", briefs(parts.briefing.brief), NEW),
            CommandHandler("brief", briefs(parts.briefing.correct), EDITED),
            MessageHandler(NEW & BRIEF_CAPTION & ScheduleWords(), keeps(parts.briefing.brief)),
            MessageHandler(NEW & BRIEF_CAPTION, briefs(parts.briefing.brief)),
            MessageHandler(EDITED & BRIEF_CAPTION, briefs(parts.briefing.correct)),
            CommandHandler("timezone", keeps(parts.scheduling.timezone), NEW),
            CommandHandler("ask", asks(parts.asking.ask), NEW),
            MessageHandler(NEW & ASK_CAPTION, asks(parts.asking.ask)),
            CommandHandler("ask", asks(parts.asking.correct), EDITED),
            MessageHandler(EDITED & ASK_CAPTION, asks(parts.asking.correct)),
            MessageHandler(NEW & PRIVATE & filters.COMMAND, asks(parts.pages.unknown_command)),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & BRIEF, briefs(parts.briefing.brief)),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & BRIEF, briefs(parts.briefing.correct)),
            MessageHandler(NEW & (PRIVATE | ADDRESSED) & WORDS, asks(parts.asking.ask)),
            MessageHandler(EDITED & (PRIVATE | ADDRESSED) & WORDS, asks(parts.asking.correct)),
            MessageHandler(NEW & PRIVATE & ~filters.StatusUpdate.ALL, asks(parts.pages.media)),
            MessageHandler(filters.StatusUpdate.MIGRATE, parts.membership.migrate),
            CallbackQueryHandler(presses(parts.buttons.press)),
            InlineQueryHandler(types(parts.inline.offer)),
            ChatMemberHandler(enters(parts.membership.change), ChatMemberHandler.MY_CHAT_MEMBER),
        ]
    )
    application.add_error_handler(failed)


def brief_on_time(application: App, scheduler: Scheduler) -> None:
    """Let what is due be sent at the beginning of each minute, once the application runs."""

    async def run_due(_: object) -> None:
        await scheduler.run_due()

    if application.job_queue is not None:
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        application.job_queue.run_repeating(run_due, A_MINUTE, first=minute, job_kwargs=ALWAYS)
