"""Sends each scheduled briefing at its time, at most once.

Which are due, and which come too late, is decided in `due_slots.py`.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.delivery.messages import ChatGoneError, NotSentError, OutcomeUnknownError, ThreadGoneError
from bot.schedules.due_slots import DueSlots
from bot.schedules.recurrence import Schedule
from bot.schedules.schedule_store import Scheduled
from bot.storage.database.outage_tolerance import is_outage
from bot.storage.worker_thread import WorkerThread
from retrieval.errors import SearchOutageError

MOST_BRIEFINGS_AT_ONCE = 8

log = logging.getLogger(__name__)

Place = tuple[int, int | None]
# Sends what is written, without waiting for long. Raises NotSentError if it certainly was not
# sent, and ChatGoneError where nothing can be sent any more; the schedule is forgotten then.
Send = Callable[[], Awaitable[object]]


class Write(Protocol):
    """Writes the briefing of a schedule: what sends it, or None where there is nothing to say."""

    async def __call__(
        self, chat: int, thread: int | None, schedule: Schedule, /
    ) -> Send | None: ...


class Scheduler:
    """Sends what is due, several at once, the oldest first; none that fails holds up another.

    A slot is claimed right before its briefing is sent, and given back if it certainly was not,
    as where Telegram asks to wait: nobody waits here, it comes again later. So a process that is
    killed loses only what is on its way to Telegram just then, and none is ever sent twice.
    """

    def __init__(
        self, slots: DueSlots, worker: WorkerThread, write: Write, clock: Callable[[], float]
    ) -> None:
        self._slots = slots
        self._run = worker.run
        self._write = write
        self._clock = clock
        self._waiting: dict[Place, Scheduled] = {}
        self._under_way: set[Place] = set()
        self._owed: dict[Place, tuple[Scheduled, float]] = {}  # what is to be given back, and when
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def run_due(self) -> None:
        """Send what is due by now, and wait until that is done; several may run side by side."""
        await self._settle()
        for scheduled in await self._run(self._slots.due):
            if _place(scheduled) not in self._under_way:
                self._waiting[_place(scheduled)] = scheduled
        for _ in range(min(len(self._waiting), MOST_BRIEFINGS_AT_ONCE - len(self._tasks))):
            task = asyncio.create_task(self._work())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._tasks:
            await asyncio.wait(set(self._tasks))

    async def finish(self, seconds: float) -> None:
        """Claim nothing more, and wait for what has begun, at most so long.

        What is due and not claimed is left for the next start.
        """
        self._stopped = True
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)

    def cut_off(self) -> None:
        """End what has begun, wherever it is."""
        for task in self._tasks:
            task.cancel()

    async def _work(self) -> None:
        """Attend to one after the other until none waits."""
        while self._waiting and not self._stopped:
            place = next(iter(self._waiting))
            self._under_way.add(place)
            try:
                await self._attend(self._waiting.pop(place))
            except OutcomeUnknownError as error:
                said = "chat %s: its briefing may not have been sent, and is not sent again: %s"
                log.warning(said, place[0], error)
            except Exception as error:  # the others are not to blame
                told = not _may_pass(error)  # or else its cause is logged once, elsewhere
                log.error("chat %s: its briefing could not be sent", place[0], exc_info=told)  # noqa: TRY400
                if not told:  # what waits would fail as well, and is due in a minute
                    self._waiting.clear()
            finally:
                self._under_way.discard(place)

    async def _attend(self, scheduled: Scheduled) -> None:
        send = await self._written(scheduled)
        claimed = None if self._stopped else await self._run(self._slots.claim, scheduled)
        if send is None or claimed is None:
            return
        try:
            await send()
        except NotSentError as error:
            log.info("chat %s: its briefing is postponed: %s", claimed.chat, error)
            self._owed[_place(claimed)] = claimed, self._clock() + error.seconds
            await self._settle()
        except ChatGoneError as gone:
            log.warning("chat %s: its schedule is deleted: %s", claimed.chat, gone)
            await self._delete(claimed, gone)

    async def _written(self, scheduled: Scheduled) -> Send | None:
        """What sends its briefing; None if nothing is to be sent."""
        if not await self._run(self._slots.may_be_sent, scheduled):
            return None
        try:
            return await self._write(scheduled.chat, scheduled.thread, scheduled.schedule)
        except Exception as error:
            if not _may_pass(error):  # or else it would fail each minute
                await self._run(self._slots.claim, scheduled)
            raise

    async def _settle(self) -> None:
        """Give back what is owed; what cannot be kept now is owed until the next time."""
        for place, (claimed, at) in tuple(self._owed.items()):
            await self._run(self._slots.give_back, claimed, at)
            self._owed.pop(place, None)

    async def _delete(self, scheduled: Scheduled, gone: ChatGoneError) -> None:
        """Delete the schedules of a chat that is gone or has blocked the bot, or of its topic."""
        if isinstance(gone, ThreadGoneError):
            await self._run(self._slots.remove, scheduled)
        else:
            await self._run(self._slots.remove_chat, scheduled.chat)


def _may_pass(error: Exception) -> bool:
    """Whether the database, or what searches the articles, is away for a while."""
    return is_outage(error) or isinstance(error, SearchOutageError)


def _place(scheduled: Scheduled) -> Place:
    return scheduled.chat, scheduled.thread
