"""The queue of updates that wait for the bot."""

from collections import deque
from collections.abc import Callable, Iterable
from itertools import islice

from bot.console.world.call_values import JsonObject

KINDS = frozenset({
    "message", "edited_message", "channel_post", "edited_channel_post",
    "business_connection", "business_message", "edited_business_message",
    "deleted_business_messages", "message_reaction", "message_reaction_count", "inline_query",
    "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member",
    "chat_join_request", "chat_boost", "removed_chat_boost",
})  # fmt: skip
ON_DEMAND = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_UPDATES_AT_ONCE = 100


class UpdateQueue:
    """Updates in order, each kept until it is confirmed.

    `listener` is called whenever one comes.
    """

    def __init__(self) -> None:
        self.allowed = KINDS - ON_DEMAND
        self.listener: Callable[[], None] | None = None
        self._waiting: deque[JsonObject] = deque()
        self._next = 1

    def __len__(self) -> int:
        return len(self._waiting)

    def allow(self, kinds: Iterable[object]) -> None:
        """From now on, take in these kinds only; without any, all that need no asking for."""
        named = KINDS & {str(kind).casefold() for kind in kinds}
        self.allowed = named or KINDS - ON_DEMAND

    def add(self, kind: str, fields: JsonObject) -> None:
        """Put an update at the end, if its kind is wanted."""
        if kind not in self.allowed:
            return
        self._waiting.append({"update_id": self._next, kind: fields})
        self._next += 1
        if self.listener:
            self.listener()

    def get(self, offset: int, limit: int) -> list[JsonObject]:
        """The updates from that id on; those before it are confirmed, that is forgotten.

        One in the future confirms nothing, as Telegram's server has it, so a leftover offset of
        another bot loses no update.
        """
        while self._waiting and self._waiting[0]["update_id"] < offset <= self._next:
            self._waiting.popleft()
        return list(islice(self._waiting, max(1, min(limit, MOST_UPDATES_AT_ONCE))))

    def take(self) -> list[JsonObject]:
        """All that wait, confirmed."""
        taken = list(self._waiting)
        self._waiting.clear()
        return taken
