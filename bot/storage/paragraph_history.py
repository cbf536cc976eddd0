"""When each paragraph was first seen, for briefings on what is new."""

from itertools import islice

from sqlalchemy import Engine, delete, select

from bot.composing.pipeline import Pipeline
from bot.storage.database import tables
from bot.storage.database.dialects import insert, reading
from bot.storage.database.outage_tolerance import if_possible
from retrieval.articles import Paragraph

DIGESTS_AT_ONCE = 500
EDITION = "edition:"  # before the edition that was noted last, in a row of its own
LONGEST_EDITION = 32
MOST_NEW_PARAGRAPHS = 5000  # the newest ones; of more nobody is briefed


class ParagraphHistory:
    """What is known of a collection's paragraphs over time, for one thread at a time."""

    def __init__(self, engine: Engine, pipeline: Pipeline) -> None:
        self._engine = engine
        self._pipeline = pipeline

    @property
    def edition(self) -> str:
        """What stands for the paragraphs that there are now."""
        return self._pipeline.index.engine.edition

    @if_possible
    def record(self, now: float) -> None:
        """Note the paragraphs that are new since it was last done.

        Those that are gone stay known: what is only away for a while is not new when it is back.
        """
        table, edition = tables.paragraphs, EDITION + self.edition
        with self._engine.begin() as connection:
            is_mark = table.c.digest.startswith(EDITION)
            marks = connection.execute(select(table.c.digest).where(is_mark)).scalars().all()
            if edition in marks:
                return
            since = marks[0].removeprefix(EDITION) if len(marks) == 1 else None
            digests = self._pipeline.index.engine.digests(since)
            while some := {digest.hex() for digest in islice(digests, DIGESTS_AT_ONCE)}:
                there = select(table.c.digest).where(table.c.digest.in_(some))
                new = some.difference(connection.execute(there).scalars())
                if new:
                    rows = [{"digest": digest, "since": now} for digest in sorted(new)]
                    connection.execute(insert(table), rows)
            connection.execute(delete(table).where(is_mark))
            if len(edition) <= LONGEST_EDITION:
                mark = insert(table).values(digest=edition, since=0.0)
                connection.execute(
                    mark.on_conflict_do_update(index_elements=["digest"], set_={"since": 0.0})
                )

    def since(self, time: float) -> tuple[Paragraph, ...]:
        """The paragraphs that are there as they are only since after that time."""
        index, table = self._pipeline.index, tables.paragraphs.c
        newest = select(table.digest).where(
            table.since > time, table.digest.not_like(f"{EDITION}%")
        )
        newest = newest.order_by(table.since.desc())
        with reading(self._engine) as connection:
            found = connection.execute(newest.limit(MOST_NEW_PARAGRAPHS)).scalars()
            numbers = index.engine.with_digests([bytes.fromhex(digest) for digest in found])
        return tuple(map(index.paragraph, numbers))
