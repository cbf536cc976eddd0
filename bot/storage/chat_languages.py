"""The languages that were chosen for chats."""

from sqlalchemy import Engine, select

from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading


class ChatLanguages:
    """The language of each chat for which one was chosen, in memory as well: each update asks.

    The rows are those of the chats' time zones, and go and move with them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._chosen: dict[int, str] = {}
        self.reload()

    def reload(self) -> None:
        """Look up again what is chosen."""
        chosen = select(tables.chats.c.chat, tables.chats.c.language)
        with reading(self._engine) as connection:
            rows = connection.execute(chosen.where(tables.chats.c.language.is_not(None)))
            self._chosen = {int(row.chat): str(row.language) for row in rows}

    def of(self, chat: int) -> str | None:
        """The code of the language that was chosen for a chat; None if none was."""
        return self._chosen.get(chat)

    def choose(self, chat: int, code: str | None) -> None:
        """Choose a language for a chat, or none."""
        row = insert(tables.chats).values(chat=chat, language=code)
        row = row.on_conflict_do_update(index_elements=["chat"], set_={"language": code})
        with self._engine.begin() as connection:
            connection.execute(row)
        self.forget(chat)
        if code is not None:
            self._chosen[chat] = code

    def forget(self, chat: int) -> None:
        """Know nothing of a chat any more, whose row is gone."""
        self._chosen.pop(chat, None)

    def move(self, chat: int, new_chat: int) -> None:
        """Move the language of a group that became a supergroup."""
        if (code := self._chosen.pop(chat, None)) is not None:
            self._chosen.setdefault(new_chat, code)
