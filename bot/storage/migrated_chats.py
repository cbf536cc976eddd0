"""Groups that became supergroups: what was kept under their old id."""

from sqlalchemy import Connection, Engine, Table, delete, exists, select, update

from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading


def move_rows(connection: Connection, table: Table, chat: int, new_chat: int) -> None:
    """Move the rows of a chat to another id, except where that has rows already."""
    there = table.alias()
    others = [column for column in table.primary_key if column.name != "chat"]
    same = [there.c[column.name] == column for column in others]
    clash = exists().where(there.c.chat == new_chat, *same)
    connection.execute(delete(table).where(table.c.chat == chat, clash))
    connection.execute(update(table).where(table.c.chat == chat).values(chat=new_chat))


class MigratedChats:
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
        with reading(self._engine) as connection:
            rows = connection.execute(select(tables.moves))
            return {int(row.chat): int(row.former) for row in rows}
