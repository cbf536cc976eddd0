"""The application: which handler is called for which update. The table of contents."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.rate_limiter import RateLimiter
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.access.admission import Handler
from bot.handlers.articles.add_article import AddHandler, FromAdmin
from bot.handlers.context import Context
from bot.handlers.conversation.message_filters import (
    Addressed,
    AnyCommand,
    AsksForBriefing,
    Command,
    FromPerson,
    ScheduleWords,
)
from bot.handlers.dependencies import Collaborators, Dependencies, make_dependencies
from bot.handlers.failure_notices import FailureNotices
from bot.schedules.due_slots import DueSlots
from bot.schedules.schedule_store import ScheduleStore
from bot.schedules.scheduler import Scheduler

App = Application[FootnoteBot, Context, Any, Any, Any, Any]
On = MessageHandler[Context, None]

PERSON = FromPerson()
NEW = filters.UpdateType.MESSAGE & PERSON
EDITED = filters.UpdateType.EDITED_MESSAGE & PERSON
PRIVATE = filters.ChatType.PRIVATE
GROUP = filters.ChatType.GROUPS
COMMAND = AnyCommand()
WORDS = (filters.TEXT | filters.CAPTION) & ~COMMAND
BRIEF = WORDS & AsksForBriefing()
TO_BOT = PRIVATE | (GROUP & Addressed())
A_MINUTE = 60
# Even after the machine has slept, and while the run of a minute ago still goes on.
ALWAYS = {"misfire_grace_time": None, "coalesce": True, "max_instances": 10}


@dataclass(frozen=True, slots=True)
class TelegramEndpoint:
    """How Telegram is reached: with which token, through what, where, how fast."""

    token: str
    request: BaseRequest
    updates_request: BaseRequest
    base_url: str = "https://api.telegram.org/bot"
    rate_limiter: RateLimiter | None = None


def build(connection: TelegramEndpoint, given: Collaborators) -> tuple[App, Scheduler]:
    """The application with all its handlers, and the scheduler of briefings.

    It neither polls nor serves.
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
    dependencies = make_dependencies(given)
    if dependencies.adding is not None:
        application.add_handlers(article_handlers(dependencies, dependencies.adding))
    elif given.state.is_shared:
        application.add_handlers(explaining_handlers(dependencies, FromAdmin(given.rules.admins)))
    add_handlers(application, dependencies, given.rules)
    clock = given.clock
    slots = DueSlots(ScheduleStore(given.database), clock, dependencies.admission.allows)
    send = partial(dependencies.write_scheduled, bot)
    scheduler = Scheduler(slots, given.worker, send, clock)
    brief_on_time(application, scheduler, given.state.leads)
    return application, scheduler


def add_handlers(application: App, dependencies: Dependencies, rules: AccessRules) -> None:
    """Everything that a user can do, and how often."""
    admission, pages = dependencies.admission, dependencies.pages
    enters, keeps = admission.guard(), admission.guard(rules.questions, even_late=True)
    asks, briefs = admission.guard(rules.questions), admission.guard(rules.briefings)
    presses, types = admission.guard(rules.presses), admission.guard(rules.searches)
    application.add_handlers(
        [
            # First what comes most.
            MessageHandler(NEW & TO_BOT & BRIEF, briefs(dependencies.briefing.brief)),
            MessageHandler(EDITED & TO_BOT & BRIEF, briefs(dependencies.briefing.correct)),
            MessageHandler(NEW & TO_BOT & WORDS, asks(pages.answering(dependencies.asking.ask))),
            MessageHandler(EDITED & TO_BOT & WORDS, asks(dependencies.asking.correct)),
            on("start", asks(pages.start)),
            on("help", asks(pages.help)),
            on("privacy", asks(pages.privacy)),
            on("forget", keeps(dependencies.forgetting.forget)),
            on("sources", asks(dependencies.sources.show)),
            on("source", asks(dependencies.reader.source)),
            on("brief", keeps(dependencies.briefing.brief), NEW & ScheduleWords()),
            on("brief", briefs(dependencies.briefing.brief)),
            on("brief", briefs(dependencies.briefing.correct), EDITED),
            on("gaps", asks(dependencies.gaps.show), NEW & PRIVATE),
            on("timezone", keeps(dependencies.scheduling.timezone)),
            on("language", asks(dependencies.language.show)),
            on("ask", asks(dependencies.asking.ask)),
            on("ask", asks(dependencies.asking.correct), EDITED),
            MessageHandler(NEW & PRIVATE & COMMAND, asks(pages.unknown_command)),
            MessageHandler(NEW & PRIVATE & ~filters.StatusUpdate.ALL, asks(pages.media)),
            MessageHandler(filters.StatusUpdate.MIGRATE, dependencies.membership.migrate),
            CallbackQueryHandler(presses(dependencies.buttons.press)),
            InlineQueryHandler(types(dependencies.inline.offer)),
            ChatMemberHandler(
                enters(dependencies.membership.change), ChatMemberHandler.MY_CHAT_MEMBER
            ),
        ]
    )
    application.add_error_handler(FailureNotices().failed)


def article_handlers(dependencies: Dependencies, adding: AddHandler) -> list[On]:
    """The handlers of articles for admins; they come first, as a caption may be anything."""
    keeps = dependencies.admission.guard(even_late=True)
    file = NEW & PRIVATE & filters.Document.ALL & adding.from_admin
    title = NEW & PRIVATE & filters.TEXT & ~COMMAND & adding.awaited_title
    handlers = [
        MessageHandler(file, keeps(adding.file)),
        MessageHandler(title, keeps(adding.title)),
        on("add", keeps(adding.command), NEW & PRIVATE),
    ]
    if dependencies.removing is not None:
        handlers.append(on("remove", keeps(dependencies.removing.command), NEW & PRIVATE))
    return handlers


def explaining_handlers(dependencies: Dependencies, from_admin: FromAdmin) -> list[On]:
    """The handlers that tell admins why no article is added here."""
    explain = dependencies.admission.guard(even_late=True)(dependencies.pages.articles_elsewhere)
    wanted = filters.Document.ALL | Command("add") | Command("remove")
    return [MessageHandler(NEW & PRIVATE & wanted & from_admin, explain)]


def on(command: str, handler: Handler, which: filters.BaseFilter = NEW) -> On:
    """Handles a command, also in a caption, where PTB's own handler does not look."""
    return MessageHandler(which & Command(command), handler)


def brief_on_time(application: App, scheduler: Scheduler, leads: Callable[[], bool]) -> None:
    """Send what is due at the beginning of each minute, once the application runs."""

    async def run_due(_: object) -> None:
        if leads():
            await scheduler.run_due()

    if application.job_queue is not None:
        minute = datetime.now(UTC).replace(second=0, microsecond=0)
        application.job_queue.run_repeating(run_due, A_MINUTE, first=minute, job_kwargs=ALWAYS)
