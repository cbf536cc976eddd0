"""How fast may messages follow each other? As fast as they come, until Telegram has said no.

Telegram documents 30 messages a second overall, one a second in a chat and 20 a minute in a
group, and lets short bursts pass. Kept in advance and always, these limits made the bot seven to
eleven times slower than one without, and presses of buttons waited until they had expired. So
nothing waits at first. A chat in which Telegram has refused a message keeps the documented pace
for some minutes, counted from what was sent there already; so do all if several have refused.
The price is one refused call for each burst, and a wait as long as Telegram asks for in that chat.
"""

from collections import deque

from cachetools import LRUCache, TTLCache

SLOW_SECONDS = 300.0  # for so long a chat, or all of them, keep the pace
CHAT_SECONDS = 1.0
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
ALL_MESSAGES, ALL_SECONDS = 30, 1.0
MOST_REFUSING = 3  # if more chats than that refuse at about the same time, it is not them
TOGETHER_SECONDS = 30.0
MOST_CHATS = 5_000


class Pace:
    """Says how long a message has to wait, and counts it; times are seconds of one clock."""

    def __init__(self) -> None:
        self._now = 0.0
        self._sent: LRUCache[int, deque[float]] = LRUCache(MOST_CHATS)
        self._slow: TTLCache[int, float] = TTLCache(MOST_CHATS, SLOW_SECONDS, self._time)
        self._refusing: TTLCache[int, bool] = TTLCache(MOST_CHATS, TOGETHER_SECONDS, self._time)
        self._all: deque[float] = deque(maxlen=ALL_MESSAGES)
        self._all_slow_until = 0.0

    def wait(self, chat: int, now: float) -> float:
        """The seconds that a message to the chat waits, behind those that wait there already."""
        self._now = now
        sent = self._sent.setdefault(chat, deque(maxlen=GROUP_MESSAGES))
        at = now
        if chat in self._slow:
            at = max(at, self._slow[chat], sent[-1] + CHAT_SECONDS if sent else now)
            if chat < 0 and len(sent) == GROUP_MESSAGES:
                at = max(at, sent[0] + GROUP_SECONDS)
        if now < self._all_slow_until and len(self._all) == ALL_MESSAGES:
            at = max(at, self._all[0] + ALL_SECONDS)
        sent.append(at)
        if at == now or now < self._all_slow_until:
            self._all.append(at)
        return at - now

    def refuse(self, chat: int, seconds: float, now: float) -> None:
        """Note that Telegram lets nothing into the chat for so long."""
        self._now = now
        self._slow[chat] = max(now + seconds, self._slow.get(chat, 0.0))
        self._refusing[chat] = True
        if len(self._refusing) > MOST_REFUSING:
            self._all_slow_until = now + SLOW_SECONDS

    def _time(self) -> float:
        return self._now
