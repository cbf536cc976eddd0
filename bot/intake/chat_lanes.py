"""Lanes: the updates of one chat and topic are handled in order, those of others beside them.

Nobody waits for another chat.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from weakref import WeakValueDictionary

from telegram import Update

from bot.monitoring.logs import about_update

Lane = tuple[str, str]
MOST_AT_ONCE_IN_CHAT = 4  # a forum has topics, and a message buttons

log = logging.getLogger(__name__)


class ChatLanes:
    """Hands updates to `handle`, one at a time for each chat and topic.

    The presses of one message's buttons wait for each other only, inline queries of one person
    for each other. Of one chat only some are handled side by side, however many topics and
    messages it has.
    """

    def __init__(self, handle: Callable[[Update], Awaitable[None]]) -> None:
        self._handle = handle
        self._waiting: dict[Lane, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._places: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self.left = 0  # updates that were taken and are not handled

    def submit(self, update: Update) -> None:
        """Take an update; it is handled as soon as those before it in its chat are."""
        lane = lane_of(update)
        self.left += 1
        if lane in self._waiting:
            self._waiting[lane].append(update)
            return
        self._waiting[lane] = deque([update])
        task = asyncio.create_task(self._run(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> int:
        """Wait until all that was taken is handled, at most so long; returns what is not."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        return self.left

    async def _run(self, lane: Lane) -> None:
        updates = self._waiting[lane]
        places = self._places.setdefault(lane[0], asyncio.Semaphore(MOST_AT_ONCE_IN_CHAT))
        while updates:
            async with places:
                with about_update(updates[0].update_id):
                    await self._handle_one(updates[0])
            updates.popleft()
            self.left -= 1
        del self._waiting[lane]

    async def _handle_one(self, update: Update) -> None:
        try:
            await self._handle(update)
        except Exception:  # the next one is not to blame
            log.exception("not handled")


def lane_of(update: Update) -> Lane:
    """The chat and topic of an update; for a press the message, for the rest the person."""
    query, message = update.callback_query, update.message or update.edited_message
    if query is not None and query.message is not None:  # does not wait for what is asked
        return f"press {query.message.chat.id}", str(query.message.message_id)
    if message is not None:
        thread = message.message_thread_id if message.is_topic_message else None
        return str(message.chat_id), str(thread)
    if update.my_chat_member is not None:
        return str(update.my_chat_member.chat.id), "None"
    person = update.effective_user
    return f"person {person.id if person else None}", "None"
