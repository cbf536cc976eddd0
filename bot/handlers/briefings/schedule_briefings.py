"""`/brief daily …`, `/brief off` and `/timezone`: schedules of briefings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, tzinfo

from telegram import Message, Update
from telegram.constants import ChatType

from bot.composing.briefing_wishes import asks_for_all, asks_for_news
from bot.composing.wording import phrase, spoken_language, text
from bot.delivery.messages import reply_to, send, thread_of
from bot.delivery.outbox import Outbox
from bot.handlers.access.administrators import why_no_administrator
from bot.handlers.context import Context
from bot.handlers.conversation.incoming_text import asked_in, incoming_text
from bot.rendering.telegram.markup import plain
from bot.schedules import timezones
from bot.schedules.recurrence import (
    Problem,
    Schedule,
    asks_when,
    is_off,
    next_slot,
    read_schedule,
)
from bot.schedules.schedule_store import Scheduled, ScheduleStore
from bot.storage.worker_thread import WorkerThread


class ScheduleHandler:
    """Sets and stops the schedule of a chat or forum topic; in groups for administrators only.

    They have to write it themselves: what is forwarded or edited into a command is none.
    """

    def __init__(
        self, schedules: ScheduleStore, worker: WorkerThread, clock: Callable[[], float]
    ) -> None:
        self._schedules = schedules
        self._run = worker.run
        self._clock = clock

    async def take(self, update: Update, context: Context, words: str) -> bool:
        """Whether these words behind the command are about a schedule; that is done then."""
        if is_off(words):
            await self.off(update, context)
            return True
        if asks_when(words):
            await self.when(update, context)
            return True
        wanted = read_schedule(words)
        if wanted is None:
            return False
        await self.set(update, context, _without_wish(wanted))
        return True

    async def set(self, update: Update, context: Context, wanted: Schedule | Problem) -> None:
        """Keep a schedule and say when its first slot is, or what is wrong with it."""
        message = update.message
        if message is None or not await self._is_allowed(message, context.outbox):
            return
        if isinstance(wanted, Problem):
            said = phrase(f"schedule_{wanted.defect}", words=wanted.words)
        else:
            said = await self._run(self._kept, message, wanted)
        await send(context.outbox, reply_to(message), plain(said))

    async def off(self, update: Update, context: Context) -> None:
        """Stop the briefings here."""
        message = update.message
        if message is None or not await self._is_allowed(message, context.outbox):
            return
        was_set = await self._run(self._schedules.remove, message.chat_id, thread_of(message))
        said = phrase("schedule_off" if was_set else "schedule_none")
        await send(context.outbox, reply_to(message), plain(said))

    async def when(self, update: Update, context: Context) -> None:
        """Say when the next briefing is due here."""
        if (message := update.message) is not None:
            said = await self._run(self._when_text, message.chat_id)
            await send(context.outbox, reply_to(message), plain(said))

    async def timezone(self, update: Update, context: Context) -> None:
        """Say which time zone the chat has, or let it have another one."""
        message = update.message
        if message is None:
            return
        words = incoming_text(message, context.bot.id, context.bot.username).text
        if words and not await self._is_allowed(message, context.outbox):
            return
        wanted = await self._run(timezones.find, words)
        if words and wanted is None:
            near = await self._run(timezones.suggestions, words)
            said = phrase("timezone_unknown", words=words, near=near)
        else:
            said = await self._run(self._zone_text, message.chat_id, wanted)
        await send(context.outbox, reply_to(message), plain(said))

    async def zone(self, chat: int) -> tzinfo:
        """The time zone of a chat."""
        return timezones.zone_of(await self._run(self._schedules.timezone, chat))

    async def _is_allowed(self, message: Message, outbox: Outbox) -> bool:
        """Whether whoever wrote this may change schedules here; if not, that is said."""
        refusal = "schedule_forwarded" if message.forward_origin else None
        if refusal is None and message.chat.type != ChatType.PRIVATE:
            refusal = await why_no_administrator(
                outbox, message.chat, message.from_user, message.sender_chat
            )
        if refusal is not None:
            await send(outbox, reply_to(message), plain(phrase(refusal)))
        return refusal is None

    def _kept(self, message: Message, schedule: Schedule) -> str:
        """Keep a schedule in place of the old one; what is to be said of it."""
        chosen = self._schedules.timezone(message.chat_id)
        zone = timezones.zone_of(chosen)
        slot = self._next(schedule, zone)
        place, person = (message.chat_id, thread_of(message)), asked_in(message).person
        spoken = replace(schedule, language=spoken_language())
        scheduled = Scheduled(*place, spoken, person, int(slot.timestamp()))
        replaced = self._schedules.set(scheduled)
        return text(
            "schedule",
            schedule=schedule,
            slot=slot.astimezone(zone),
            zone=zone,
            is_chosen=chosen is not None,
            replaced=replaced,
        )

    def _when_text(self, chat: int) -> str:
        is_set = bool(self._schedules.of_chat(chat))
        return self._zone_text(chat, None) if is_set else phrase("schedule_none")

    def _zone_text(self, chat: int, wanted: tzinfo | None) -> str:
        """Give the chat another zone, if one is wanted; what is to be said of its zone."""
        if wanted is not None:
            moved = lambda schedule: int(self._next(schedule, wanted).timestamp())  # noqa: E731
            self._schedules.set_timezone(chat, str(wanted), moved)
        zone = wanted or timezones.zone_of(self._schedules.timezone(chat))
        slots = [s.next_at for s in self._schedules.of_chat(chat)]
        return text(
            "timezone",
            zone=zone,
            now=self._now().astimezone(zone),
            is_new=wanted is not None,
            slots=[datetime.fromtimestamp(slot, zone) for slot in slots],
        )

    def _next(self, schedule: Schedule, zone: tzinfo) -> datetime:
        return next_slot(schedule, zone, self._now())

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)


def _without_wish(wanted: Schedule | Problem) -> Schedule | Problem:
    """The schedule, its topic left out where that wishes for what is new, or for everything."""
    if isinstance(wanted, Problem):
        return wanted
    if asks_for_news(wanted.topic):
        return replace(wanted, topic="", only_new=True)
    return replace(wanted, topic="") if asks_for_all(wanted.topic) else wanted
