"""The dependencies of the handlers, put together."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.adding.admin_articles import AdminArticles
from bot.composing.pipeline import Pipeline
from bot.delivery.footnote_bot import FootnoteBot
from bot.handlers.access.access_rules import AccessRules
from bot.handlers.access.admission import Admission
from bot.handlers.access.user_limits import UserLimiter, UserLimits
from bot.handlers.articles.add_article import AddHandler
from bot.handlers.articles.list_sources import ListSourcesHandler
from bot.handlers.articles.read_source import ReadSourceHandler
from bot.handlers.articles.remove_article import RemoveHandler
from bot.handlers.briefings.brief import BriefHandler
from bot.handlers.briefings.schedule_briefings import ScheduleHandler
from bot.handlers.buttons import ButtonHandler
from bot.handlers.choose_language import LanguageHandler
from bot.handlers.conversation.answer_service import AnswerService
from bot.handlers.conversation.ask import AskHandler
from bot.handlers.conversation.briefing_service import BriefingService
from bot.handlers.conversation.gap_report import GapReporter
from bot.handlers.conversation.more_quotes import MoreQuotesHandler
from bot.handlers.conversation.show_gaps import GapsHandler
from bot.handlers.conversation.suggestions import Suggestions
from bot.handlers.forget import ForgetHandler
from bot.handlers.group_membership import MembershipHandler
from bot.handlers.help_pages import HelpHandler
from bot.handlers.inline_search import InlineHandler
from bot.rendering.telegram.paragraph_view import ParagraphView
from bot.schedules.recurrence import Schedule
from bot.schedules.schedule_store import NOTE_THREAD, ScheduleStore
from bot.schedules.scheduler import Send
from bot.storage.answer_store import AnswerStore
from bot.storage.briefing_store import BriefingStore
from bot.storage.chat_languages import ChatLanguages
from bot.storage.migrated_chats import MigratedChats
from bot.storage.paragraph_history import ParagraphHistory
from bot.storage.personal_data import PersonalData
from bot.storage.stored_answer import StoredAnswer
from bot.storage.worker_thread import WorkerThread


@dataclass(frozen=True, slots=True)
class Dependencies:
    """Those whose coroutines the table of handlers names."""

    admission: Admission
    pages: HelpHandler
    forgetting: ForgetHandler
    sources: ListSourcesHandler
    reader: ReadSourceHandler
    scheduling: ScheduleHandler
    briefing: BriefHandler
    asking: AskHandler
    membership: MembershipHandler
    buttons: ButtonHandler
    inline: InlineHandler
    gaps: GapsHandler
    language: LanguageHandler
    adding: AddHandler | None = None
    removing: RemoveHandler | None = None

    async def write_scheduled(
        self, bot: FootnoteBot, chat: int, thread: int | None, schedule: Schedule
    ) -> Send | None:
        """What sends what is due in a place: a briefing, or the weekly note to an admin."""
        if thread == NOTE_THREAD:
            return await self.gaps.write(bot, chat, schedule.language)
        return await self.briefing.write(bot, chat, thread, schedule)


@dataclass(frozen=True, slots=True)
class BotState:
    """What is in memory as well as in the database, or differs where processes share a bot.

    Of these the one that `leads` does what is to be done once.
    """

    answers: AnswerStore
    languages: ChatLanguages
    limits: UserLimits
    leads: Callable[[], bool]
    is_shared: bool = False


def own_state(database: Engine) -> BotState:
    """The state of a bot that is a single process."""
    return BotState(AnswerStore(database), ChatLanguages(database), UserLimiter(), lambda: True)


@dataclass(frozen=True, slots=True)
class Collaborators:
    """What the handlers work with, whatever they do.

    `on_answer` hears of each answer, in the worker's thread. With `admin_articles`, admins can
    add and remove articles.
    """

    pipeline: Pipeline
    worker: WorkerThread
    database: Engine
    rules: AccessRules
    state: BotState
    clock: Callable[[], float] = time.time
    on_answer: Callable[[StoredAnswer], None] = lambda _: None
    admin_articles: AdminArticles | None = None


def make_dependencies(given: Collaborators) -> Dependencies:
    """All of them; which paragraphs are new is noted, too."""
    pipeline, worker, database = given.pipeline, given.worker, given.database
    rules, clock, state = given.rules, given.clock, given.state
    answers, languages = state.answers, state.languages
    admission = Admission(rules, MigratedChats(database), worker, clock, languages, state.limits)
    schedules, kept = ScheduleStore(database), BriefingStore(database)
    membership = MembershipHandler(
        pipeline.articles, answers, schedules, kept, languages, worker, admission.move
    )
    answering = AnswerService(pipeline, answers, given.on_answer)
    suggestions, view = Suggestions(pipeline), ParagraphView(pipeline)
    reader = ReadSourceHandler(pipeline.articles, view, worker, answering, answers)
    sources = ListSourcesHandler(pipeline.articles)
    scheduling = ScheduleHandler(schedules, worker, clock)
    briefings = BriefingService(pipeline, answers, kept, _history(given), clock)
    briefing = BriefHandler(
        briefings, answers, scheduling, languages, worker, admission.is_late, membership.move
    )
    language = LanguageHandler(languages, worker)
    asking = AskHandler(answering, answers, suggestions, worker, admission.is_late, clock)
    gaps = GapsHandler(GapReporter(pipeline), database, schedules, worker, rules.admins, clock)
    adding, removing = _changing_articles(given)
    buttons = ButtonHandler(
        answers, asking, MoreQuotesHandler(answering, answers, worker), reader, sources, briefing,
        language, gaps, worker, adding, removing,
    )  # fmt: skip
    return Dependencies(
        admission=admission,
        pages=HelpHandler(pipeline.articles, reader, suggestions, worker, rules),
        forgetting=ForgetHandler(PersonalData(database), answers, languages, worker),
        sources=sources,
        reader=reader,
        scheduling=scheduling,
        briefing=briefing,
        asking=asking,
        membership=membership,
        buttons=buttons,
        inline=InlineHandler(pipeline, worker),
        gaps=gaps,
        language=language,
        adding=adding,
        removing=removing,
    )


def _changing_articles(
    given: Collaborators,
) -> tuple[AddHandler, RemoveHandler] | tuple[None, None]:
    """What adds and removes articles, where admins can."""
    if given.admin_articles is None:
        return None, None
    adding = AddHandler(given.admin_articles, given.rules.admins)
    return adding, RemoveHandler(given.admin_articles, adding.from_admin)


def _history(given: Collaborators) -> ParagraphHistory:
    """Which paragraphs were new when, with those noted that are new by now."""
    history = ParagraphHistory(given.database, given.pipeline)
    history.record(given.clock())
    return history
