"""How is each briefing sent at its time, and once? Its slot is claimed first, sent then."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from bot.schedule import Schedule, next_slot
from bot.sending import ChatGoneError, TopicGoneError
from bot.storage.outage import is_outage
from bot.storage.schedules import Scheduled, Schedules
from bot.timezones import zone_of
from bot.worker import Worker

LATEST_SECONDS = 2 * 3600  # what was missed for longer is left out
MOST_AT_ONCE = 8

log = logging.getLogger(__name__)


def everywhere(_: int) -> bool:
    """Whether the bot may speak in a chat where nothing is said of that."""
    return True


class Deliver(Protocol):
    """Sends the briefing of a schedule.

    Raises ChatGoneError where nothing can be sent any more; the schedule is forgotten then.
    """

    async def __call__(self, chat: int, thread: int | None, schedule: Schedule, /) -> None: ...


class Scheduler:
    """Sends what is due, several at once; one that fails or takes long holds up no other.

    A slot is claimed right before its briefing is sent. So a process that is killed in between
    leaves that one out, and none is ever sent twice. Where the bot may not speak for now, as
    `is_allowed` says, slots pass in silence.
    """

    def __init__(
        self,
        schedules: Schedules,
        worker: Worker,
        deliver: Deliver,
        clock: Callable[[], float],
        is_allowed: Callable[[int], bool] = everywhere,
    ) -> None:
        self._schedules = schedules
        self._run = worker.run
        self._deliver = deliver
        self._clock = clock
        self._is_allowed = is_allowed
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopped = False

    async def run_due(self) -> None:
        """Send what is due by now, and wait until that is done; several may run side by side."""
        due = await self._run(self._schedules.due, self._clock())
        tasks = {asyncio.create_task(self._send(scheduled)) for scheduled in due}
        if tasks:
            self._tasks |= tasks
            await asyncio.wait(tasks)
            self._tasks -= tasks

    async def finish(self, seconds: float) -> None:
        """Claim nothing more, and wait for what has begun, at most so long.

        What is due and not claimed is left for the next start.
        """
        self._stopped = True
        if self._tasks:
            _, unfinished = await asyncio.wait(self._tasks, timeout=seconds)
            for task in unfinished:
                task.cancel()

    async def _send(self, scheduled: Scheduled) -> None:
        async with self._places:
            try:
                if not self._stopped and await self._run(self._claim, scheduled):
                    await self._deliver(scheduled.chat, scheduled.thread, scheduled.schedule)
            except ChatGoneError as gone:
                log.warning("chat %s: its schedule is forgotten: %s", scheduled.chat, gone)
                await self._forget(scheduled, gone)
            except Exception as error:  # the others are not to blame
                told = not is_outage(error)  # whose cause the storage logs, once
                log.error("chat %s: its briefing is not sent", scheduled.chat, exc_info=told)  # noqa: TRY400

    async def _forget(self, scheduled: Scheduled, gone: ChatGoneError) -> None:
        if isinstance(gone, TopicGoneError):
            await self._run(self._schedules.remove, scheduled.chat, scheduled.thread)
        else:
            await self._run(self._schedules.remove_chat, scheduled.chat)

    def _claim(self, scheduled: Scheduled) -> bool:
        """Move it on to its next slot; whether one that has come is ours to be sent."""
        now = self._clock()
        missed = now - LATEST_SECONDS
        has_come = scheduled.next_at >= missed or self._next(scheduled, missed - 1) <= now
        after = max(now, scheduled.next_at)  # also if the clock was put back meanwhile
        is_ours = self._schedules.claim(scheduled, self._next(scheduled, after))
        if is_ours and not has_come:
            log.info("chat %s: a briefing was missed and is left out", scheduled.chat)
        return is_ours and has_come and self._is_allowed(scheduled.chat)

    def _next(self, scheduled: Scheduled, after: float) -> int:
        zone = zone_of(self._schedules.timezone(scheduled.chat))
        moment = datetime.fromtimestamp(after, UTC)
        return int(next_slot(scheduled.schedule, zone, moment).timestamp())
