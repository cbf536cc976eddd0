"""Rate limits of Telegram, kept before it has to refuse.

30 messages a second overall, one a second in a chat and 20 a minute in a group. What people see
at once, an answer to a press or another text in a message that is there, is not held back by
these; but where Telegram asks to wait, everything in that chat does.
Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from collections import deque
from math import inf

from cachetools import LRUCache

CHAT_SECONDS = 1.0
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
ALL_MESSAGES, ALL_SECONDS = 30, 1.0
MOST_CHATS = 5_000


class RateLimits:
    """Says how long a message has to wait; times are seconds of one clock that never goes back."""

    def __init__(self) -> None:
        self._sent: LRUCache[int, deque[float]] = LRUCache(MOST_CHATS)
        self._refusing: LRUCache[int, float] = LRUCache(MOST_CHATS)
        self._all: deque[float] = deque(maxlen=ALL_MESSAGES)

    def wait_in(self, chat: int, now: float, longest: float = inf) -> float:
        """The seconds until a new message may be sent to the chat, behind those that wait there.

        Its place is taken by this, unless it is longer than that.
        """
        sent = self._sent.setdefault(chat, deque(maxlen=GROUP_MESSAGES))
        at = max(now, sent[-1] + CHAT_SECONDS) if sent else now
        if chat < 0 and len(sent) == GROUP_MESSAGES:
            at = max(at, sent[0] + GROUP_SECONDS)
        if at - now <= longest:
            sent.append(at)
        return at - now

    def wait_for_all(self, now: float) -> float:
        """The seconds until one more message may be sent at all; its place is taken by this."""
        is_full = len(self._all) == ALL_MESSAGES
        at = max(now, self._all[0] + ALL_SECONDS) if is_full else now
        self._all.append(at)
        return at - now

    def refuse(self, chat: int, seconds: float, now: float) -> None:
        """Note that Telegram lets nothing into the chat for so long."""
        self._refusing[chat] = max(now + seconds, self._refusing.get(chat, 0.0))

    def wait_for_leave(self, chat: int, now: float) -> float:
        """The seconds for which Telegram still lets nothing into the chat."""
        return max(0.0, self._refusing.get(chat, 0.0) - now)
