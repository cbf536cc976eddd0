"""What was asked and not answered, or marked as not helpful."""

import json
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, or_, select

from bot.storage.database import tables

MOST_MISSED = 10_000

_table = tables.answers.c
_rated = tables.ratings.c


@dataclass(frozen=True, slots=True)
class Missed:
    """A question, when it was asked (Unix time), and the codes of the quotes that it got.

    `unhelpful` is how many people marked the answer as not helpful.
    """

    question: str
    asked_at: float
    answered: bool
    unhelpful: int
    quotes: tuple[str, ...]


def asked_since(connection: Connection, time: float) -> int:
    """How many messages and topics were answered or left open since then."""
    asked = select(func.count()).select_from(tables.answers).where(_is_question(time))
    return int(connection.execute(asked).scalar_one())


def missed_since(connection: Connection, time: float) -> list[Missed]:
    """What was not answered since then, or marked 👎, the newest first."""
    unhelpful = func.coalesce(func.sum(case((_rated.helped.is_(False), 1), else_=0)), 0)
    columns = (
        *(_table.id, _table.asked_in, _table.asked_at),
        *(_table.question, _table.answered, _table.quotes),
    )
    found = (
        select(*columns, unhelpful.label("unhelpful"))
        .outerjoin(tables.ratings)
        .where(_is_question(time))
        .group_by(*columns)
        .having(or_(_table.answered.is_(False), unhelpful > 0))
        .order_by(_table.asked_at.desc(), _table.asked_in.desc(), _table.id)
        .limit(MOST_MISSED)
    )
    return [_missed(row) for row in connection.execute(found).mappings()]


def _is_question(time: float) -> ColumnElement[bool]:
    return and_(_table.asked_at >= time, _table.question != "")


def _missed(row: RowMapping) -> Missed:
    quotes = tuple(json.loads(row["quotes"]))
    return Missed(row["question"], row["asked_at"], row["answered"], int(row["unhelpful"]), quotes)
