"""Which group was allowed under another id, before it became a supergroup?"""

from sqlalchemy import Engine, select
from sqlalchemy.dialects.sqlite import insert

from bot.storage import tables


class Moves:
    """The former ids of groups kept in a database, for one thread at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, chat: int, former: int) -> None:
        """Note under which id a group was allowed."""
        noted = insert(tables.moves).values(chat=chat, former=former)
        with self._engine.begin() as connection:
            connection.execute(
                noted.on_conflict_do_update(index_elements=["chat"], set_={"former": former})
            )

    def all(self) -> dict[int, int]:
        """The former id of each group that has one."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(tables.moves))
            return {int(row.chat): int(row.former) for row in rows}
