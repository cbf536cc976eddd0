"""How is no update lost? Each is on disk before it is confirmed, until it is handled."""

import asyncio
import logging
import time
import traceback
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from telegram import Update
from telegram.error import RetryAfter, TelegramError

from bot.calls import FootnoteBot
from bot.dispatch import Dispatcher
from bot.flood import seconds_to_wait
from bot.objects import JsonObject
from bot.storage.updates import Updates, Waiting
from bot.worker import Worker

FIRST_PAUSE = 5.0
LONGEST_PAUSE = 300.0
LARGEST = 2**63
MOST_TRIES = 3
MOST_WAITING = 10_000
ALONE_SECONDS = 5.0
LONGEST_ERROR = 300
KILLED = f"the program ended each time it was handled, {MOST_TRIES} times after a restart"
UNREADABLE = "it cannot be read"

log = logging.getLogger(__name__)


class Inbox:
    """Takes updates in, hands them on in the order of their chats, and notes what became of them.

    `is_wanted` says whether the bot does anything with an update: nothing else is kept. `handle`
    returns the error for which an update could not be handled, or None. If that may pass, as
    `may_pass` says, the update is tried again, and its chat waits until then; otherwise, or if it
    is tried in vain though others get through, it is set aside with its error. What is typed
    inline is of no use later, and never kept. An update that arrives twice is handled once. One
    that was answered when the process was killed, before that was noted, is answered again: one
    for each chat that was just being answered.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # its two ends
        self,
        bot: FootnoteBot,
        kept: Updates,
        worker: Worker,
        is_wanted: Callable[[Update], bool],
        handle: Callable[[Update], Awaitable[Exception | None]],
        may_pass: Callable[[Exception], bool],
    ) -> None:
        self._bot = bot
        self._kept = kept
        self._run = worker.run
        self._is_wanted = is_wanted
        self._handle = handle
        self._may_pass = may_pass
        self._dispatcher = Dispatcher(self._try)
        self._stop = asyncio.Event()
        self._recovered: set[int] = set()
        self._arrivals = 0

    async def recover(self) -> None:
        """Hand on what was not handled when the program ended.

        What was begun before, which may be why it ended, is handled alone, the least suspect
        first: so it ends for nobody but the one to blame, which is set aside then.
        """
        waiting = await self._run(self._kept.waiting)
        begun = sorted((one for one in waiting if one.tries), key=lambda one: one.tries)
        until = time.monotonic() + ALONE_SECONDS
        for one in begun:
            await self._hand_on(one)
            await self._dispatcher.finish(max(0.0, until - time.monotonic()))
        for one in waiting:
            if not one.tries:
                await self._hand_on(one)

    async def _hand_on(self, one: Waiting) -> None:
        """Let an update of an earlier run be handled, unless that has ended too many runs."""
        update = self._bot.read(one.fields) if one.tries < MOST_TRIES else None
        if update is None:
            await self._note(one.number, KILLED if one.tries >= MOST_TRIES else UNREADABLE)
        else:
            self._recovered.add(one.number)
            self._dispatcher.submit(update)

    async def take(self, fetched: Sequence[JsonObject]) -> bool:
        """Keep updates, then hand on those that are new; False if they cannot be kept.

        Nor are they where too many wait already: Telegram holds them for a day.
        """
        if self._dispatcher.left >= MOST_WAITING:
            log.warning("%d updates wait to be handled; no more are taken", self._dispatcher.left)
            return False
        self._arrivals += 1
        updates: dict[int, tuple[JsonObject, Update]] = {}
        for fields in fetched:
            update = self._wanted(fields)
            if update is not None and update.inline_query is not None:
                self._dispatcher.submit(update)
            elif update is not None:
                updates[update.update_id] = fields, update
        if not updates:
            return True
        try:
            new = await self._run(self._kept.put, [f for f, _ in updates.values()], time.time())
        except SQLAlchemyError as error:
            cause = getattr(error, "orig", None) or error
            log.error("messages cannot be kept (%s); check FOOTNOTE_DATA and its disk", cause)  # noqa: TRY400
            return False
        for identity, (_, update) in updates.items():
            if identity in new:
                self._dispatcher.submit(update)
        return True

    async def finish(self, seconds: float) -> int:
        """Wait for what has begun, at most so long; how many updates wait for the next start."""
        self._stop.set()
        left = await self._dispatcher.finish(seconds)
        if self._recovered:  # none of them has ended the program
            await self._run(self._kept.survive, self._recovered)
        return left

    def _wanted(self, fields: JsonObject) -> Update | None:
        """The update, if it can be read and something is to be done about it."""
        update = self._bot.read(fields) if number_of(fields) is not None else None
        try:
            return update if update is not None and self._is_wanted(update) else None
        except Exception:  # whatever it was made of
            number = number_of(fields)
            log.warning("update %s cannot be read and is passed over", number, exc_info=True)
            return None

    async def _try(self, update: Update) -> None:
        """Handle an update until that has come to an end, whichever."""
        pause, in_vain, arrivals = FIRST_PAUSE, 0, self._arrivals
        while True:
            error = await self._once(update)
            if update.inline_query is not None:
                return
            if error is None or not self._may_pass(error):
                break
            if self._stop.is_set():
                return
            if isinstance(error, RetryAfter):
                pause = max(pause, seconds_to_wait(error))
            elif arrivals != self._arrivals:  # Telegram was in reach meanwhile
                in_vain, arrivals = in_vain + 1, self._arrivals
            if in_vain == MOST_TRIES:
                break
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)
            pause = min(LONGEST_PAUSE, 2 * pause)
        await self._note(update.update_id, described(error) if error else None)

    async def _once(self, update: Update) -> Exception | None:
        """Handle it; where the program may have ended over it before, that is counted first."""
        if update.update_id not in self._recovered:
            return await self._handle(update)
        await self._run(self._kept.begin, update.update_id)
        error = await self._handle(update)
        await self._run(self._kept.survive, [update.update_id])
        return error

    async def _note(self, number: int, error: str | None) -> None:
        """Note that an update is handled, or set aside for that error."""
        self._recovered.discard(number)
        if error:
            log.warning("update %s is set aside: %s", number, error)
        try:
            await self._run(self._kept.done, number, error)
        except SQLAlchemyError:
            log.exception("update %s is handled, which cannot be noted", number)


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
    is_number = isinstance(identity, int) and 0 <= identity < LARGEST
    return identity if is_number and isinstance(identity, int) else None
