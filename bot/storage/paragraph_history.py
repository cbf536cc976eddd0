"""When each paragraph was first seen, for briefings on what is new."""

from hashlib import blake2b

from sqlalchemy import Engine, select

from bot.storage.database import tables
from bot.storage.database.dialects import insert
from bot.storage.database.outage import if_possible
from retrieval.articles import Paragraph
from retrieval.index.collection_index import Index

DIGEST_BYTES = 16


class ParagraphHistory:
    """What is known of a collection's paragraphs over time, for one thread at a time."""

    def __init__(self, engine: Engine, index: Index) -> None:
        self._engine = engine
        self._index = index
        self._numbers = list(index.engine.numbers())
        self._digests = [_digest(index.paragraph(number)) for number in self._numbers]
        self.edition = _joined(self._digests)

    @if_possible
    def record(self, now: float) -> None:
        """Note the paragraphs that are new.

        Those that are gone stay known: what is only away for a while is not new when it is back.
        """
        table = tables.paragraphs
        with self._engine.begin() as connection:
            known = set(connection.execute(select(table.c.digest)).scalars())
            new = [{"digest": d, "since": now} for d in dict.fromkeys(self._digests)]
            new = [row for row in new if row["digest"] not in known]
            if new:
                connection.execute(insert(table), new)

    def since(self, time: float) -> tuple[Paragraph, ...]:
        """The paragraphs that are there as they are only since after that time."""
        table = tables.paragraphs.c
        with self._engine.connect() as connection:
            found = connection.execute(select(table.digest).where(table.since > time)).scalars()
            new = frozenset(found)
        pairs = zip(self._numbers, self._digests, strict=True)
        return tuple(self._index.paragraph(number) for number, digest in pairs if digest in new)


def _digest(paragraph: Paragraph) -> str:
    said = f"{paragraph.article}\n{paragraph.heading}\n{paragraph.text}"
    return blake2b(said.encode(errors="surrogatepass"), digest_size=DIGEST_BYTES).hexdigest()


def _joined(digests: list[str]) -> str:
    return blake2b("".join(digests).encode(), digest_size=DIGEST_BYTES).hexdigest()
