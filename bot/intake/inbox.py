"""The durable inbox: each update is on disk before it is confirmed, until it is handled."""

import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import TelegramError

from bot.delivery.footnote_bot import FootnoteBot
from bot.delivery.sent_messages import Sent
from bot.delivery.wire import ASKED_FOR
from bot.http.json_object import JsonObject
from bot.intake.attempts import Attempts, Handle
from bot.intake.chat_lanes import ChatLanes
from bot.intake.update_schema import LARGEST
from bot.monitoring.logs import about_update
from bot.monitoring.metrics import Metrics
from bot.storage.receipts import Receipts
from bot.storage.update_store import UpdateStore, Waiting
from bot.storage.worker_thread import WorkerThread

MOST_WAITING = 10_000
ALONE_SECONDS = 5.0
MOST_ENDS = 3  # of the program while it was at work on one update
LONGEST_ERROR = 300
KILLED = f"the program ended each time it was handled, {MOST_ENDS} times after a restart"
UNREADABLE = "it cannot be read"

# Keeps updates as they came; False if they cannot be kept.
Take = Callable[[Sequence[JsonObject]], Awaitable[bool]]

log = logging.getLogger(__name__)


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `is_wanted` says whether the bot does anything with an update: nothing else is kept. `handle`
    returns the error for which an update could not be handled, or None; while it is tried again,
    its chat waits. What cannot be handled is set aside with its error. What is typed inline is of
    no use later, and never kept. An update that arrives twice is handled once. What is sent for
    one is noted in `receipts`, so it is not sent again after a kill.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its two ends
        self,
        bot: FootnoteBot,
        kept: UpdateStore,
        receipts: Receipts,
        worker: WorkerThread,
        is_wanted: Callable[[Update], bool],
        handle: Handle,
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._kept = kept
        self._receipts = receipts
        self._run = worker.run
        self._is_wanted = is_wanted
        self._tries = Attempts(kept, receipts, worker, handle)
        self._dispatcher = ChatLanes(self._take_care_of)
        self._unkept: set[int] = set()  # handed on, though they could not be kept
        self._unnoted: dict[int, str | None] = {}  # handled or set aside, which could not be noted
        self._metrics = metrics
        self._came: dict[int, float] = {}  # since when each waits, the oldest first
        metrics.watch_queue(lambda: len(self._came), self._age)

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended.

        What was begun before, which may be why it ended, is handled while nothing else is at work,
        the least suspect first: so it ends for nobody but the one to blame, which is set aside
        then. What was begun beside others is not to blame, however often the program is killed.
        """
        waiting = await self._run(self._kept.waiting)
        self._receipts.keep_only({one.number for one in waiting})
        until = time.monotonic() + ALONE_SECONDS
        for one in sorted((one for one in waiting if one.tries), key=lambda one: one.tries):
            if await self._resume(one):
                await self._tries.until_at_rest(one.number, until - time.monotonic())
        for one in waiting:
            if not one.tries:
                await self._resume(one)

    async def _resume(self, one: Waiting) -> bool:
        """Let an update of an earlier run be handled; False if that has ended too many runs."""
        if await self._is_over(one.number):
            await self._end(one.number, None)
            return False
        update = self._bot.read(one.fields) if one.tries < MOST_ENDS else None
        if update is None:
            with about_update(one.number):
                await self._end(one.number, KILLED if one.tries >= MOST_ENDS else UNREADABLE)
            return False
        self._tries.suspect(one.number, was_begun=one.tries > 0)
        self._hand_on(update)
        return True

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new.

        False if they cannot be kept and are not handled yet: they must come again then. Nor are
        they taken where too many wait already: Telegram holds them for a day.
        """
        if self._dispatcher.left >= MOST_WAITING:
            log.warning("%d updates wait to be handled; no more are taken", self._dispatcher.left)
            return False
        self._tries.note_arrival()
        updates: dict[int, tuple[JsonObject, Update]] = {}
        inline: set[int] = set()
        for fields in fetched:
            update = self._wanted(fields)
            if update is not None and update.inline_query is not None:
                if update.update_id not in self._unkept:
                    self._hand_on(update)
                inline.add(update.update_id)
            elif update is not None:
                updates[update.update_id] = fields, update
        return not updates or await self._keep(updates, inline)

    async def _keep(self, updates: dict[int, tuple[JsonObject, Update]], inline: set[int]) -> bool:
        """Keep updates and hand on the new ones; `inline` came with them, and is not kept."""
        try:
            new = await self._run(self._kept.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError:  # which the storage logs
            self._hand_on_all(u for _, u in updates.values() if u.update_id not in self._unkept)
            self._unkept |= updates.keys() | inline
            are_handled = updates.keys() <= self._unnoted.keys()
            if are_handled:  # they are confirmed now, and never come again
                self._unkept -= updates.keys() | inline
                for number in updates:
                    del self._unnoted[number]
                    self._receipts.forget(number)
            return are_handled
        self._hand_on_all(u for n, (_, u) in updates.items() if n in new and n not in self._unkept)
        self._unkept -= updates.keys() | inline
        for identity in tuple(self._unnoted):
            await self._note(identity)
        return True

    def _hand_on_all(self, updates: Iterable[Update]) -> None:
        for update in updates:
            self._hand_on(update)

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most so long; how many updates wait for the next start."""
        self._tries.stop()
        left = await self._dispatcher.finish(seconds)
        await self._tries.survive()
        return left

    def _wanted(self, fields: JsonObject) -> Update | None:
        """The update, if it can be read and something is to be done about it."""
        update = self._bot.read(fields) if number_of(fields) is not None else None
        try:
            return update if update is not None and self._is_wanted(update) else None
        except Exception:  # whatever it was made of
            with about_update(number_of(fields)):
                log.warning("an update cannot be read and is passed over", exc_info=True)
            return None

    def _hand_on(self, update: Update) -> None:
        self._metrics.came(kind_of(update))
        self._came[update.update_id] = time.monotonic()
        self._dispatcher.submit(update)

    def _age(self) -> float:
        oldest = next(iter(self._came.values()), None)
        return 0.0 if oldest is None else time.monotonic() - oldest

    async def _take_care_of(self, update: Update) -> None:
        try:
            over = await self._tries.handle(update)
            if over is None:
                return
            if update.inline_query is None:
                await self._end(update.update_id, described(over.error) if over.error else None)
            if over.error is None:
                kind, now = kind_of(update), time.monotonic()
                seconds = now - self._came.get(update.update_id, now)
                self._metrics.handled(kind, seconds)
                log.info("handled", extra={"kind": kind, "seconds": round(seconds, 4)})
        finally:
            self._came.pop(update.update_id, None)

    async def _is_over(self, number: int) -> bool:
        """Whether its answer was sent and is kept, and only the update itself was not noted."""
        match self._receipts.of(number):
            case [*_, Sent() as last]:
                return await self._run(self._kept.shows, last.chat, last.message)
        return False

    async def _end(self, number: int, error: str | None) -> None:
        """An update is handled, or set aside for that error."""
        self._tries.acquit(number)
        if error:
            log.warning("set aside: %s", error)
        self._unnoted[number] = error
        await self._note(number)

    async def _note(self, number: int) -> None:
        """Note what became of an update, as soon as that is possible."""
        if number not in self._unkept and number in self._unnoted:
            with suppress(SQLAlchemyError):
                await self._run(self._kept.done, number, self._unnoted[number])
                self._unnoted.pop(number, None)
                self._receipts.forget(number)


def kind_of(update: Update) -> str:
    """What an update is about, as Telegram calls it."""
    return next((kind for kind in ASKED_FOR if getattr(update, kind)), "other")


def described(error: Exception) -> str:
    """What went wrong, in Telegram's words, or where in the code: no word of what was asked."""
    if isinstance(error, TelegramError):
        return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"


def number_of(fields: object) -> int | None:
    """The number of an update; None for what can be none."""
    identity = fields.get("update_id") if isinstance(fields, dict) else None
    if not isinstance(identity, int) or isinstance(identity, bool):
        return None
    return identity if 0 <= identity < LARGEST else None
