"""`/gaps`: tells admins which questions the articles leave open, each week if they want."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, time

from sqlalchemy import Engine
from telegram import MaybeInaccessibleMessage, Update, User

from bot.composing.wording import FIRST_LANGUAGE, phrase, speaking, spoken_language
from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.messages import Target, reply_to, send, set_buttons
from bot.delivery.outbox import Outbox
from bot.handlers.context import Context
from bot.handlers.conversation.gap_report import (
    MOST_GAP_DAYS,
    MOST_GAPS_IN_CHAT,
    USUAL_GAP_DAYS,
    GapReport,
    GapReporter,
    gaps_text,
    weekly_note,
)
from bot.handlers.conversation.incoming_text import incoming_text
from bot.rendering.telegram.keyboards import gaps_keyboard
from bot.rendering.telegram.markup import LONGEST_SENT_MESSAGE, plain
from bot.schedules.recurrence import Cadence, Schedule, next_slot
from bot.schedules.schedule_store import NOTE_THREAD, Scheduled, ScheduleStore
from bot.schedules.timezones import zone_of
from bot.storage.database.dialects import reading
from bot.storage.worker_thread import WorkerThread

MONDAY = 0
NOTE_AT = time(8)


class GapsHandler:
    """Answers `/gaps` and `/gaps 30` of admins in private; for others there is no such command.

    A button below has it told each week, as a schedule of the private chat.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what was asked, and when to tell whom
        self,
        reporter: GapReporter,
        database: Engine,
        schedules: ScheduleStore,
        worker: WorkerThread,
        admins: frozenset[int],
        clock: Callable[[], float],
    ) -> None:
        self._reporter = reporter
        self._database = database
        self._schedules = schedules
        self._run = worker.run
        self._admins = admins
        self._clock = clock

    async def show(self, update: Update, context: Context) -> None:
        """Send what was left open in the last days, seven or as many as the command says."""
        message = context.said(update)
        if message.from_user is None or message.from_user.id not in self._admins:
            await send(context.outbox, reply_to(message), plain(phrase("unknown_command")))
            return
        words = incoming_text(message, context.bot.id, context.bot.username).text
        report = await self._run(self._report, _days(words))
        noted = await self._run(self._schedules.get, message.chat_id, NOTE_THREAD)
        said = plain(gaps_text(report, MOST_GAPS_IN_CHAT, LONGEST_SENT_MESSAGE))
        keyboard = gaps_keyboard(is_weekly=noted is not None)
        await send(context.outbox, reply_to(message), said, keyboard)

    async def weekly(
        self, outbox: Outbox, person: User, message: MaybeInaccessibleMessage, *, wanted: bool
    ) -> str:
        """Send the weekly note here from now on, or no more; what is to pop up."""
        if person.id not in self._admins or message.chat.id != person.id:
            return phrase("garbled")
        if wanted:
            await self._run(self._schedule, person.id)
        else:
            await self._run(self._schedules.remove, person.id, NOTE_THREAD)
        target = Target(message.chat.id, None, message.message_id)
        await set_buttons(outbox, target, gaps_keyboard(is_weekly=wanted))
        return phrase("weekly_is_on" if wanted else "weekly_is_off")

    async def write(
        self, bot: FootnoteBot, chat: int, language: str
    ) -> Callable[[], Awaitable[object]] | None:
        """What sends the weekly note; None to whoever is no admin any more."""
        if chat not in self._admins:
            await self._run(self._schedules.remove, chat, NOTE_THREAD)
            return None
        report = await self._run(self._report, USUAL_GAP_DAYS)
        with speaking(language or FIRST_LANGUAGE):
            said, keyboard = plain(weekly_note(report)), gaps_keyboard(is_weekly=True)
        return lambda: send(bot.outbox(None), Target(chat), said, keyboard)

    def _report(self, days: int) -> GapReport:
        with reading(self._database) as connection:
            return self._reporter.report(connection, self._clock(), days)

    def _schedule(self, person: int) -> None:
        schedule = Schedule(Cadence.WEEKLY, NOTE_AT, MONDAY, language=spoken_language())
        zone = zone_of(self._schedules.timezone(person))
        slot = next_slot(schedule, zone, datetime.fromtimestamp(self._clock(), UTC))
        place = person, NOTE_THREAD
        self._schedules.set(Scheduled(*place, schedule, person, int(slot.timestamp())))


def _days(words: str) -> int:
    """The number of days that the words begin with; a week if they do with none."""
    number = words.partition(" ")[0]
    is_number = (
        number.isascii() and number.isdecimal() and len(number) < len(str(MOST_GAP_DAYS)) + 1
    )
    return min(max(1, int(number)), MOST_GAP_DAYS) if is_number else USUAL_GAP_DAYS
