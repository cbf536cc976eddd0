"""What each process has in memory as well: the others hear when it changes."""

from sqlalchemy import Engine

from bot.cluster.lane_store import NOTIFY
from bot.storage.answer_store import AnswerStore
from bot.storage.chat_languages import ChatLanguages

FORGET, LANGUAGE = "forget", "language"  # calls, as the first word of what is notified


class SharedAnswerStore(AnswerStore):
    """The answers kept in a database that several processes share."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._shared = engine

    def keep_none_of(self, person: int, before: float) -> None:
        """Keep no answer to what that person asked before that time; nor does another process."""
        super().keep_none_of(person, before)
        _call(self._shared, f"{FORGET} {person} {before}")

    def hear(self, call: str) -> None:
        """Heed what a process has called."""
        what, *values = call.split(" ")
        if what == FORGET:
            super().keep_none_of(int(values[0]), float(values[1]))


class SharedChatLanguages(ChatLanguages):
    """The languages of chats; what is chosen is known to the others at once."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self._shared = engine

    def choose(self, chat: int, code: str | None) -> None:
        """Choose a language for a chat, or none."""
        super().choose(chat, code)
        _call(self._shared, LANGUAGE)


def _call(engine: Engine, said: str) -> None:
    with engine.begin() as connection:
        connection.execute(NOTIFY, {"payload": said})
