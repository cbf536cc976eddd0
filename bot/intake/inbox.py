"""The durable inbox: each update is kept until it is handled, or crashed the program too often."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import TelegramError

from bot.delivery.footnote_bot import FootnoteBot
from bot.http.json_object import JsonObject
from bot.intake.attempts import Attempts, Handle, Handled
from bot.intake.chat_lanes import ChatLanes
from bot.intake.update_schema import ASKED_FOR, number_of, parse_update
from bot.monitoring.logs import about_update
from bot.monitoring.metrics import Metrics
from bot.storage.receipts import ReceiptBook
from bot.storage.update_store import UpdateStore, Waiting
from bot.storage.worker_thread import WorkerThread

MOST_WAITING_UPDATES = 10_000
MOST_CRASHES = 3  # of the program while an update was at work
LONGEST_KEPT_ERROR = 300
KILLED = f"the program ended each time it was handled, {MOST_CRASHES} times after a restart"
UNREADABLE = "it cannot be read"

# Keeps updates as they came; False if they cannot be kept.
Take = Callable[[Sequence[JsonObject]], Awaitable[bool]]

log = logging.getLogger(__name__)


@dataclass(slots=True)
class OpenUpdate:
    """An update that was handed on: whether it is kept, and its outcome as soon as it has one."""

    came: float
    is_kept: bool = False
    outcome: Handled | None = None


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `has_handler` says whether the bot does anything with an update; others are not kept. `handle`
    returns the error for which an update could not be handled, or None; while it is retried, its
    chat waits. What cannot be handled becomes a dead letter with its error. Inline queries are of
    no use later, and never kept. An update that arrives twice is handled once. Messages sent for
    an update have receipts, so they are not sent again after a kill.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # what it stands between
        self,
        bot: FootnoteBot,
        updates: UpdateStore,
        receipts: ReceiptBook,
        worker: WorkerThread,
        has_handler: Callable[[Update], bool],
        handle: Handle,
        metrics: Metrics,
    ) -> None:
        self._bot = bot
        self._updates = updates
        self._receipts = receipts
        self._worker = worker
        self._run = worker.run
        self._has_handler = has_handler
        self._attempts = Attempts(handle)
        self._lanes = self._make_lanes()
        self._open: dict[int, OpenUpdate] = {}  # until its outcome is noted; the oldest first
        self._to_note: dict[int, Handled] = {}
        self._noting: asyncio.Task[None] | None = None
        self._metrics = metrics
        metrics.watch_queue(lambda: self._lanes.left, self._age)

    def _make_lanes(self) -> ChatLanes:
        """The lanes of the chats, in which updates are handled one after the other."""
        return ChatLanes(self._attend)

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended.

        The update that was being handled just then may be why it ended; after a few such ends it
        becomes a dead letter.
        """
        if (suspect := self._worker.take_suspect()) is not None:
            await self._run(self._updates.count_crash, suspect)
        waiting = await self._run(self._updates.waiting)
        self._receipts.forget(await self._run(self._updates.finished, self._receipts.updates))
        self._receipts.forget_old({one.number for one in waiting})
        for one in waiting:
            await self.resume(one)

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new.

        False if they cannot be kept and are not handled yet, so that Telegram sends them again;
        also if too many are waiting already. Telegram holds them for a day.
        """
        if self._lanes.left >= MOST_WAITING_UPDATES:
            log.warning("%d updates wait to be handled; no more are taken", self._lanes.left)
            return False
        self._attempts.note_arrival()
        wanted: dict[int, tuple[JsonObject, Update]] = {}
        for fields in fetched:
            update = self._wanted(fields)
            if update is not None and update.inline_query is not None:
                self._hand_on(update, is_kept=True)
            elif update is not None:
                wanted[update.update_id] = fields, update
        return not wanted or await self._keep(wanted)

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most `seconds`; returns how many updates are left."""
        self._attempts.stop()
        left = await self._lanes.finish(seconds)
        if self._noting is not None:
            await self._noting
        await self._note_all()
        return left

    async def resume(self, one: Waiting) -> None:
        """Handle an update of an earlier run, unless it has ended too many runs."""
        if await self._is_answered(one.number):
            self._end(one.number, Handled())
        elif one.crashes >= MOST_CRASHES:
            self._end(one.number, Handled(DeadLetterError(KILLED)))
        elif (update := parse_update(one.fields, self._bot)) is None:
            self._end(one.number, Handled(DeadLetterError(UNREADABLE)))
        else:
            self._hand_on(update, is_kept=True)

    async def _is_answered(self, number: int) -> bool:
        """Whether its answer was sent and is kept, and only the update itself was not noted."""
        sent = self._receipts.of(number)
        return bool(sent) and await self._run(self._updates.shows, sent[-1].chat, sent[-1].message)

    async def _keep(self, updates: dict[int, tuple[JsonObject, Update]]) -> bool:
        """Keep updates, and hand on those that were not handed on before."""
        try:
            new = await self._run(self._updates.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError:  # which the storage logs
            for update in (u for n, (_, u) in updates.items() if n not in self._open):
                self._hand_on(update, is_kept=False)
            return all(self._confirm_unkept(number) for number in updates)
        for number, (_, update) in updates.items():
            if entry := self._open.get(number):
                entry.is_kept = True
                self._note_soon(number, entry.outcome)
            elif number in new:
                self._hand_on(update, is_kept=True)
        return True

    def _confirm_unkept(self, number: int) -> bool:
        """Whether an update that cannot be kept is handled, so that it need not come again."""
        entry = self._open[number]
        if entry.outcome is None or entry.is_kept:
            return entry.is_kept
        del self._open[number]
        return True

    def _wanted(self, fields: JsonObject) -> Update | None:
        """The update, if it can be read and something is to be done about it."""
        number = number_of(fields)
        update = None if number is None else parse_update(fields, self._bot)
        try:
            return update if update is not None and self._has_handler(update) else None
        except Exception:  # whatever it was made of
            with about_update(number):
                log.warning("an update cannot be read and is passed over", exc_info=True)
            return None

    def _hand_on(self, update: Update, *, is_kept: bool) -> None:
        if update.update_id in self._open:  # an inline query that came twice
            return
        self._metrics.came(kind_of(update))
        self._open[update.update_id] = OpenUpdate(time.monotonic(), is_kept)
        self._lanes.submit(update)

    def _age(self) -> float:
        waiting = (entry.came for entry in self._open.values() if entry.outcome is None)
        oldest = next(waiting, None)
        return 0.0 if oldest is None else time.monotonic() - oldest

    async def _attend(self, update: Update) -> None:
        number, outcome = update.update_id, None
        with self._worker.at_work_on(number):
            outcome = await self._attempts.handle(update)
        entry = self._open[number]
        if outcome is not None and outcome.error is None:
            kind, seconds = kind_of(update), time.monotonic() - entry.came
            self._metrics.handled(kind, seconds)
            log.info("handled", extra={"kind": kind, "seconds": round(seconds, 4)})
        if update.inline_query is not None or outcome is None:
            del self._open[number]
        else:
            self._end(number, outcome)

    def _end(self, number: int, outcome: Handled) -> None:
        """An update is handled, or becomes a dead letter."""
        if outcome.error is not None:
            with about_update(number):
                log.warning("set aside: %s", described(outcome.error))
        entry = self._open.setdefault(number, OpenUpdate(time.monotonic(), is_kept=True))
        entry.outcome = outcome
        if entry.is_kept:
            self._note_soon(number, outcome)

    def _note_soon(self, number: int, outcome: Handled | None) -> None:
        """Note an outcome, together with others that come about while some are noted."""
        if outcome is None:
            return
        self._to_note[number] = outcome
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note_all())

    async def _note_all(self) -> None:
        """Note all outcomes; what cannot be noted now is noted with the next ones."""
        while self._to_note:
            noting, self._to_note = self._to_note, {}
            errors = {n: described(o.error) if o.error else None for n, o in noting.items()}
            try:
                await self._run(self._updates.done, errors)
            except SQLAlchemyError:  # which the storage logs
                self._to_note = noting | self._to_note
                return
            for number in noting:
                self._open.pop(number, None)
            self._receipts.forget(noting)


class DeadLetterError(Exception):
    """An update cannot be handled; the text says why, and holds no word of it."""


def kind_of(update: Update) -> str:
    """What an update is about, as Telegram calls it."""
    return next((kind for kind in ASKED_FOR if getattr(update, kind)), "other")


def described(error: Exception) -> str:
    """What went wrong, in Telegram's words, or where in the code: no word of what was asked."""
    if isinstance(error, DeadLetterError):
        return str(error)
    if isinstance(error, TelegramError):
        return f"{type(error).__name__}: {error}"[:LONGEST_KEPT_ERROR]
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
