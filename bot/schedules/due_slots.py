"""Slots of schedules: which are due or too late, and who claims one so that it is sent once."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from math import ceil

from bot.schedules.recurrence import next_slot
from bot.schedules.schedule_store import Scheduled, ScheduleStore
from bot.schedules.timezones import zone_of

MOST_LATE_SECONDS = 2 * 3600  # what was missed for longer is left out
# The others are found a minute later; Telegram takes 1,800 messages a minute.
MOST_DUE_AT_ONCE = 1_000

log = logging.getLogger(__name__)


def everywhere(_: int) -> bool:
    """Whether the bot may speak in a chat where nothing is said of that."""
    return True


class DueSlots:
    """The slots of the schedules, for one thread at a time.

    Schedules of chats that FOOTNOTE_ALLOWED_CHATS leaves out are paused: their slots pass in
    silence, as long as `is_allowed` denies the chat. Those of a chat that is gone are deleted: by
    the scheduler where a briefing cannot be sent, else in `group_membership.py`.
    """

    def __init__(
        self,
        schedules: ScheduleStore,
        clock: Callable[[], float],
        is_allowed: Callable[[int], bool] = everywhere,
    ) -> None:
        self._schedules = schedules
        self._clock = clock
        self._is_allowed = is_allowed

    def due(self) -> list[Scheduled]:
        """The schedules whose slot has come, the oldest first, and not too many."""
        return self._schedules.due(self._clock(), MOST_DUE_AT_ONCE) or []

    def may_be_sent(self, scheduled: Scheduled) -> bool:
        """Whether the slot that has come may be sent, and is not too late."""
        if not self._is_allowed(scheduled.chat):
            return False
        if self._last(scheduled) is None:
            log.info("chat %s: a briefing was missed and is skipped", scheduled.chat)
            return False
        return True

    def claim(self, scheduled: Scheduled) -> Scheduled | None:
        """Move it on to its next slot: how it is kept then; None if it is not ours any more."""
        after = max(self._clock(), scheduled.next_at)  # also if the clock was put back meanwhile
        claimed = replace(scheduled, next_at=self._next(scheduled, after))
        return claimed if self._schedules.claim(scheduled, claimed.next_at) else None

    def give_back(self, claimed: Scheduled, at: float) -> None:
        """Release a claimed slot, of which nothing was sent, so that it is due again at that time.

        Not if that is too late, nor if the schedule was changed meanwhile.
        """
        slot = self._last(claimed)
        if slot is None or at > slot + MOST_LATE_SECONDS:
            log.warning("chat %s: its briefing is too late and is skipped", claimed.chat)
        else:
            self._schedules.claim(claimed, ceil(at))

    def remove(self, scheduled: Scheduled) -> None:
        """Forget the schedule of a place that is gone."""
        self._schedules.remove(scheduled.chat, scheduled.thread)

    def remove_chat(self, chat: int) -> None:
        """Forget all that was scheduled in a chat that is gone."""
        self._schedules.remove_chat(chat)

    def _last(self, scheduled: Scheduled) -> int | None:
        """The slot that has come, also if it was given back since; None if that is long ago."""
        now = self._clock()
        slot = self._next(scheduled, now - MOST_LATE_SECONDS - 1)
        return slot if slot <= now else None

    def _next(self, scheduled: Scheduled, after: float) -> int:
        zone = zone_of(self._schedules.timezone(scheduled.chat))
        moment = datetime.fromtimestamp(after, UTC)
        return int(next_slot(scheduled.schedule, zone, moment).timestamp())
