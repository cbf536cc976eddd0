"""Which messages of its own does the bot know? So it finds one that it was not told of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from cachetools import LRUCache

from bot.retries import is_in_doubt

MOST_CHATS = 5_000
NEAR = 10  # so many messages behind what it must follow, a message is looked for
SUPERGROUPS = -1_000_000_000_000  # have numbers below this; each of them counts its messages


@dataclass(slots=True, eq=False)
class Gap:
    """Where a message stands once it is sent: behind these numbers; None if nobody can tell."""

    after: int | None
    newest: int

    def numbers(self) -> list[int]:
        """Those that it may have, the likeliest first."""
        if self.after is None:
            return []
        starts = sorted({self.after, max(self.after, self.newest)}, reverse=True)
        found = [number for start in starts for number in range(start + 1, start + 1 + NEAR)]
        return list(dict.fromkeys(found))


class Trail:
    """The last message that the bot has sent to each chat, and what is on its way there.

    Numbers grow within a chat, and over all private chats and small groups of a bot together, so a
    message that was taken without a word stands behind what was there before it was sent. It is
    the only one of the bot's there that the bot does not know, unless another is on its way
    meanwhile, was given up in doubt, or was sent by an earlier run of the program.
    """

    def __init__(self) -> None:
        self._last: LRUCache[int, int] = LRUCache(MOST_CHATS)
        self._lost: LRUCache[int, bool] = LRUCache(MOST_CHATS)  # where one may stand unknown
        self._newest = 0
        self._under_way: dict[int, list[Gap]] = {}

    @contextmanager
    def sending(self, chat: int, new: int | None) -> Iterator[Gap]:
        """A message is on its way to that chat.

        `new` is the number of one there that was written since the program runs, if one is known.
        """
        known = [number for number in (self._last.get(chat), new) if number is not None]
        after = None if chat in self._lost else max(known, default=None)
        gap = Gap(after, self._newest if chat > SUPERGROUPS else 0)
        others = self._under_way.setdefault(chat, [])
        others.append(gap)
        if len(others) > 1:
            for one in others:
                one.after = None
        try:
            yield gap
        except Exception as error:
            if is_in_doubt(error):
                self._lost[chat] = True
            raise
        finally:
            others.remove(gap)
            if not others:
                del self._under_way[chat]

    def leaves(self, chat: int) -> None:
        """What is on its way to that chat, and may have waited by now, goes out at this moment."""
        if chat > SUPERGROUPS:
            for gap in self._under_way.get(chat, ()):
                gap.newest = self._newest

    def sent(self, chat: int, number: int) -> None:
        """Note that this message of the bot's stands in that chat."""
        self._last[chat] = max(number, self._last.get(chat, number))
        self._lost.pop(chat, None)
        self.heard(chat, number)

    def heard(self, chat: int, number: int) -> None:
        """Note that this message of whomever stands in that chat."""
        if chat > SUPERGROUPS:
            self._newest = max(number, self._newest)
