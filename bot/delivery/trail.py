"""Which messages does the bot know of? So it finds one of its own that it was not told of."""

from collections.abc import Iterable

from cachetools import LRUCache

from bot.delivery.sent_messages import Gap, Sent

MOST_CHATS = 5_000
MOST_NUMBERS = 2_000
NEAR = 20  # so many messages behind the last that is known, a message is looked for
FAR = 100  # and so many behind the last that was known when it left
SUPERGROUPS = -1_000_000_000_000  # have numbers below this; each of them counts its messages
SMALL_ONES = 0  # count theirs together; no chat has this number


class Trail:
    """The messages that the bot has sent or read lately.

    Numbers grow within a chat, and over all private chats and small groups of a bot together, so a
    message that was taken without a word stands behind what was there before it was sent. As only
    one at a time is on its way to a chat, it is the only one of the bot's there that the bot does
    not know, unless one was given up in doubt. What an earlier run of the program has sent counts
    as well: it may stand behind what somebody wrote, and is answered only now.
    """

    def __init__(self) -> None:
        self._last: LRUCache[int, int] = LRUCache(MOST_CHATS)  # message of whomever, by chat
        self._earlier: LRUCache[int, int] = LRUCache(MOST_CHATS)  # that an earlier run has sent
        self._first: LRUCache[int, int] = LRUCache(MOST_CHATS)  # that this run has sent there
        self._lost: LRUCache[int, bool] = LRUCache(MOST_CHATS)  # where one may stand unknown
        self._newest: LRUCache[int, int] = LRUCache(MOST_CHATS)  # of each that counts for itself
        self._chats: LRUCache[tuple[int, int], int] = LRUCache(MOST_NUMBERS)  # by what counts them

    def remember(self, last: Iterable[Sent], lost: Iterable[int]) -> None:
        """Note what an earlier run has sent last to each chat, and where one may stand unknown."""
        for sent in last:
            self._earlier[sent.chat] = sent.message
            self.heard(sent.chat, sent.message)
            if sent.replied is not None:
                self._chats[_counter(sent.chat), sent.replied] = sent.chat
        for chat in lost:
            self.lose(chat)

    def heard(self, chat: int, number: int) -> None:
        """Note that this message of whomever stands in that chat."""
        counter = _counter(chat)
        self._last[chat] = max(number, self._last.get(chat, number))
        self._newest[counter] = max(number, self._newest.get(counter, 0))
        self._chats[counter, number] = chat

    def sent(self, chat: int, number: int) -> None:
        """Note that this message of the bot's stands in that chat."""
        self._lost.pop(chat, None)
        self._first.setdefault(chat, number)
        self.heard(chat, number)

    def lose(self, chat: int) -> None:
        """Note that one of the bot's may stand in that chat of which it does not know."""
        self._lost[chat] = True

    def forget(self, chat: int) -> None:
        """Forget all that is known of a chat."""
        for known in (self._last, self._earlier, self._first, self._lost):
            known.pop(chat, None)

    def gap(self, chat: int) -> Gap:
        """Where a message will stand that goes to that chat now."""
        after = None if chat in self._lost else self._last.get(chat)
        return Gap(chat, after, self._newest.get(_counter(chat), 0))

    def numbers(self, gap: Gap, others: int = 0) -> list[int]:
        """Those that a message in that gap may have, the likeliest first.

        So many others may have been on their way with it. What this run has sent to the chat since
        stands behind it; where an earlier one has, nobody can tell.
        """
        chat, counter = gap.chat, _counter(gap.chat)
        if gap.after is None or chat in self._lost or self._earlier.get(chat, 0) > gap.after:
            return []
        start = max(gap.after, gap.newest)
        end = min(start + FAR, max(start, self._newest.get(counter, 0)) + NEAR + others)
        likely = [
            n for n in range(start + 1, end + 1) if self._chats.get((counter, n), chat) == chat
        ]
        behind = range(gap.after + 1, gap.after + 1 + NEAR)
        found = list(dict.fromkeys([*likely, *behind]))
        first = self._first.get(chat, 0)
        return [n for n in found if n < first] if first > gap.after else found


def _counter(chat: int) -> int:
    """What counts the messages of a chat: the chat itself, or one for all small ones."""
    return chat if chat <= SUPERGROUPS else SMALL_ONES
