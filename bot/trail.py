"""Which messages of its own does the bot know? So it finds one that it was not told of."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from cachetools import LRUCache

from bot.retries import is_in_doubt
from bot.said import Gap, Sent

MOST_CHATS = 5_000
MOST_KNOWN = 2_000
NEAR = 10  # so many messages behind the last that is known, a message is looked for
FAR = 100  # and so many behind the last that was known when it left
SUPERGROUPS = -1_000_000_000_000  # have numbers below this; each of them counts its messages
SMALL_ONES = 0  # count theirs together; no chat has this number


@dataclass(slots=True, eq=False)
class Passage:
    """A message on its way to a chat; `note` hears into which gap, before it leaves."""

    chat: int
    note: Callable[[Gap], None]
    gap: Gap


class Trail:
    """The messages that the bot has sent or read lately, and what is on its way to each chat.

    Numbers grow within a chat, and over all private chats and small groups of a bot together, so a
    message that was taken without a word stands behind what was there before it was sent. It is
    the only one of the bot's there that the bot does not know, unless another is on its way at the
    same time, or was given up in doubt. What an earlier run of the program has sent counts as
    well: it may stand behind what somebody wrote, and is answered only now.
    """

    def __init__(self) -> None:
        self._last: LRUCache[int, int] = LRUCache(MOST_CHATS)
        self._lost: LRUCache[int, bool] = LRUCache(MOST_CHATS)  # where one may stand unknown
        self._newest: LRUCache[int, int] = LRUCache(MOST_CHATS)  # of each that counts for itself
        self._known: LRUCache[tuple[int, int], bool] = LRUCache(MOST_KNOWN)
        self._chats: LRUCache[tuple[int, int], int] = LRUCache(MOST_KNOWN)  # by what counts them
        self._under_way: dict[int, list[Passage]] = {}

    @contextmanager
    def sending(self, chat: int, note: Callable[[Gap], None]) -> Iterator[Passage]:
        """A message is to go to that chat."""
        passage = Passage(chat, note, Gap(chat, None, 0))
        try:
            yield passage
        except Exception as error:
            if is_in_doubt(error):
                self._lose(chat)
            raise
        finally:
            self._end(passage)

    @contextmanager
    def going(self, passage: Passage) -> Iterator[None]:
        """It goes out at this moment, after whatever it had to wait for."""
        self._leave(passage)
        try:
            yield
        except Exception as error:
            if not is_in_doubt(error):  # what is found there is another one
                self._end(passage)
                passage.note(_unknown(passage.gap))
            raise

    def _leave(self, passage: Passage) -> None:
        chat = passage.chat
        after = None if chat in self._lost else self._last.get(chat)
        passage.gap = Gap(chat, after, self._newest.get(_counter(chat), 0))
        others = self._others(chat, passage)
        self._under_way[chat] = [*others, passage]
        for one in self._under_way[chat]:
            one.note(_unknown(one.gap) if others else one.gap)

    def numbers(self, gap: Gap, passage: Passage | None = None) -> list[int]:
        """Those that a message in that gap may have, the likeliest first.

        None at all where another one is on its way there, besides the one that looks for it.
        """
        chat, counter = gap.chat, _counter(gap.chat)
        if gap.after is None or chat in self._lost or self.is_crowded(chat, passage):
            return []
        start = max(gap.after, gap.newest)
        end = min(start + FAR, max(start, self._newest.get(counter, 0)) + NEAR)
        next_ones = range(start + 1, end + 1)
        likely = [n for n in next_ones if self._chats.get((counter, n), chat) == chat]
        behind = range(gap.after + 1, gap.after + 1 + NEAR)
        return [n for n in dict.fromkeys([*likely, *behind]) if (chat, n) not in self._known]

    def is_crowded(self, chat: int, passage: Passage | None = None) -> bool:
        """Whether something is on its way to that chat, besides that one."""
        return bool(self._others(chat, passage))

    def remember(self, last: Iterable[Sent]) -> None:
        """Note the last messages of the bot's, from an earlier run of the program."""
        for sent in last:
            self.sent(sent.chat, sent.message)
            if sent.replied is not None:  # which may be what is looked for
                self._chats[_counter(sent.chat), sent.replied] = sent.chat

    def sent(self, chat: int, number: int) -> None:
        """Note that this message of the bot's stands in that chat."""
        self._lost.pop(chat, None)
        self.heard(chat, number)

    def heard(self, chat: int, number: int) -> None:
        """Note that this message of whomever stands in that chat."""
        counter = _counter(chat)
        self._last[chat] = max(number, self._last.get(chat, number))
        self._newest[counter] = max(number, self._newest.get(counter, 0))
        self._known[chat, number] = True
        self._chats[counter, number] = chat

    def _others(self, chat: int, passage: Passage | None) -> list[Passage]:
        return [one for one in self._under_way.get(chat, ()) if one is not passage]

    def _end(self, passage: Passage) -> None:
        if others := self._others(passage.chat, passage):
            self._under_way[passage.chat] = others
        else:
            self._under_way.pop(passage.chat, None)

    def _lose(self, chat: int) -> None:
        """Note that one may stand in that chat of which the bot does not know."""
        self._lost[chat] = True
        for one in self._under_way.get(chat, ()):
            one.gap = _unknown(one.gap)


def _unknown(gap: Gap) -> Gap:
    return replace(gap, after=None)


def _counter(chat: int) -> int:
    """What counts the messages of a chat: the chat itself, or one for all small ones."""
    return chat if chat <= SUPERGROUPS else SMALL_ONES
