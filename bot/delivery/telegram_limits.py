"""Rate limits of Telegram: 30 messages a second, 1 a second in a chat, 20 a minute in a group.

What people see at once, an answer to a press or another text in a message that is there, is not
held back by these; but where Telegram asks to wait, everything in that chat does. Time counts from
Telegram's answer, since a message reaches it at some time before that.
Source: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from collections import deque

from cachetools import LRUCache

SECONDS_BETWEEN_MESSAGES = 1.0  # in one chat, private or not
GROUP_MESSAGES, GROUP_SECONDS = 20, 60.0
ALL_MESSAGES, ALL_SECONDS = 30, 1.0
MOST_REMEMBERED_CHATS = 5_000


class TelegramLimits:
    """Says how long a message has to wait; times are seconds of one clock that never goes back.

    One message at a time may be on its way to a chat.
    """

    def __init__(self) -> None:
        self._sent: LRUCache[int, deque[float]] = LRUCache(MOST_REMEMBERED_CHATS)
        self._refusing: LRUCache[int, float] = LRUCache(MOST_REMEMBERED_CHATS)
        self._all_refused_until = 0.0
        self._last_refused: tuple[int, float] | None = None

    def wait_in(self, chat: int, now: float) -> float:
        """The seconds until a new message may leave for the chat."""
        sent = self._sent.get(chat)
        if not sent:
            return 0.0
        at = sent[-1] + SECONDS_BETWEEN_MESSAGES
        if chat < 0 and len(sent) == GROUP_MESSAGES:
            at = max(at, sent[0] + GROUP_SECONDS)
        return max(0.0, at - now)

    def count_message(self, chat: int, now: float) -> None:
        """Count a message: Telegram has answered to a new message in the chat."""
        self._sent.setdefault(chat, deque(maxlen=GROUP_MESSAGES)).append(now)

    def refuse(self, chat: int, seconds: float, now: float) -> None:
        """Note that Telegram takes nothing for the chat for so long.

        If another chat is refused at the same time, the refusals are meant for the whole bot:
        nothing is sent until one of them is over.
        """
        until = max(now + seconds, self._refusing.get(chat, 0.0))
        self._refusing[chat] = until
        if self._last_refused is not None:
            other, other_until = self._last_refused
            if other != chat and now < other_until:
                both = min(until, other_until)  # one of an hour may be that chat's own
                self._all_refused_until = max(self._all_refused_until, both)
        self._last_refused = chat, until

    def wait_after_refusal(self, chat: int | None, now: float) -> float:
        """The seconds for which Telegram takes nothing for the chat; None is for no chat."""
        until = self._refusing.get(chat, 0.0) if chat is not None else 0.0
        return max(0.0, until - now, self._all_refused_until - now)
