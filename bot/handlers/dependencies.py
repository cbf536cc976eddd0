"""What is the bot made of? Who does what a user can do, each with what it needs."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine

from bot.composing.pipeline import Desk
from bot.handlers.access.access_rules import Rules
from bot.handlers.access.admission import Door
from bot.handlers.ask import Asking
from bot.handlers.brief import Briefing
from bot.handlers.buttons import Buttons
from bot.handlers.conversation.answer_service import Answering
from bot.handlers.conversation.briefing_service import Briefings
from bot.handlers.forget import Forgetting
from bot.handlers.group_membership import Membership
from bot.handlers.help_pages import Pages
from bot.handlers.inline_search import Inline
from bot.handlers.list_sources import Sources
from bot.handlers.more_quotes import Further
from bot.handlers.read_source import Reader
from bot.handlers.schedule_briefings import Scheduling
from bot.rendering.paragraph_view import Reading
from bot.storage.answer_store import Answers, StoredAnswer
from bot.storage.briefing_store import KeptBriefings
from bot.storage.migrated_chats import Moves
from bot.storage.paragraph_history import Editions
from bot.storage.personal_data import Persons
from bot.storage.schedule_store import Schedules
from bot.storage.worker_thread import Worker


@dataclass(frozen=True, slots=True)
class Parts:
    """Those whose coroutines the table of handlers names."""

    door: Door
    pages: Pages
    forgetting: Forgetting
    sources: Sources
    reader: Reader
    scheduling: Scheduling
    briefing: Briefing
    asking: Asking
    membership: Membership
    buttons: Buttons
    inline: Inline


def make_parts(  # noqa: PLR0913, PLR0917  # all that they need
    desk: Desk,
    worker: Worker,
    database: Engine,
    rules: Rules,
    clock: Callable[[], float],
    note: Callable[[StoredAnswer], None],
) -> Parts:
    """All of them; which paragraphs are new is noted, too. `note` hears of each answer."""
    door = Door(rules, Moves(database), worker, clock)
    answers, schedules, kept = Answers(database), Schedules(database), KeptBriefings(database)
    editions = Editions(database, desk.collection)
    editions.note(clock())
    count = len(desk.collection.articles)
    membership = Membership(count, answers, schedules, kept, worker, door.move)
    answering = Answering(desk, answers, note)
    reading = Reading(desk.collection, desk.index, desk.finder)
    reader = Reader(desk.collection, reading, worker, answering, answers)
    sources = Sources(desk.collection)
    scheduling = Scheduling(schedules, worker, clock)
    briefings = Briefings(desk, answers, kept, editions, clock)
    briefing = Briefing(briefings, answers, scheduling, worker, door.is_late, membership.move)
    further = Further(answering, answers, worker)
    return Parts(
        door=door,
        pages=Pages(desk.collection, reader, rules.keep_days),
        forgetting=Forgetting(Persons(database), answers, worker),
        sources=sources,
        reader=reader,
        scheduling=scheduling,
        briefing=briefing,
        asking=Asking(answering, answers, worker, door.is_late),
        membership=membership,
        buttons=Buttons(answers, further, reader, sources, briefing, worker),
        inline=Inline(desk, worker),
    )
