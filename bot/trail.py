"""Which messages of its own does the bot know? So it finds one that it was not told of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cachetools import LRUCache

MOST_CHATS = 5_000


@dataclass(slots=True)
class Gap:
    """Where a message stands once it is sent: behind that number; None if nobody can tell."""

    after: int | None


class Trail:
    """The last message that the bot has sent to each chat, and what is on its way there.

    Numbers grow within a chat, so a message that was taken without a word stands behind what was
    there before it was sent. It is the only one of the bot's there that the bot does not know,
    unless another is on its way meanwhile, or was sent by an earlier run of the program.
    """

    def __init__(self) -> None:
        self._last: LRUCache[int, int] = LRUCache(MOST_CHATS)
        self._under_way: dict[int, list[Gap]] = {}

    @contextmanager
    def sending(self, chat: int, new: int | None) -> Iterator[Gap]:
        """A message is on its way to that chat.

        `new` is the number of one there that came since the program runs, if one is known.
        """
        known = [number for number in (self._last.get(chat), new) if number is not None]
        gap = Gap(max(known, default=None))
        others = self._under_way.setdefault(chat, [])
        others.append(gap)
        if len(others) > 1:
            for one in others:
                one.after = None
        try:
            yield gap
        finally:
            others.remove(gap)
            if not others:
                del self._under_way[chat]

    def sent(self, chat: int, number: int) -> None:
        """Note that this message stands in that chat."""
        self._last[chat] = max(number, self._last.get(chat, number))
