"""The terms of paragraphs as rows of numbers, of which many are counted at once."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, islice
from typing import TypeAlias

import numpy as np

from retrieval.index.analysed_paragraph import AnalysedParagraph, ParagraphTerms
from retrieval.index.term_counts import Pair, TermCounts, counted
from retrieval.store.tables.paragraph_rows import Row, packed, unpacked

SELECT_TERMS = "SELECT number, ids, sizes, headed FROM paragraph_terms WHERE number"
AT_ONCE = 500
MOST_REMEMBERED = 20_000

Read: TypeAlias = Callable[[str, Sequence[object]], list[Row]]


def term_row(number: int, found: AnalysedParagraph, ids: Mapping[str, int]) -> Row:
    """The row of a paragraph: the ids of its terms, above first, and how many each part has."""
    parts = (found.above, *found.sentences)
    return (
        number,
        packed(map(ids.__getitem__, chain.from_iterable(parts))),
        packed(map(len, parts)),
        packed(ids[term] for term in sorted(found.heading)),
    )


def terms_of(row: Row, named: Callable[[AbstractSet[int]], Mapping[int, str]]) -> ParagraphTerms:
    """The terms of a row; `named` gives the terms of ids."""
    ids, sizes, headed = (unpacked(column) for column in row[1:])
    term = named({*ids, *headed})
    flat = iter([term[number] for number in ids])
    above, *sentences = (tuple(islice(flat, size)) for size in sizes)
    heading = frozenset(term[number] for number in headed)
    return ParagraphTerms(above, heading, tuple(sentences))


def counts_in(
    rows: Sequence[Row], terms: Sequence[str], ids: Sequence[int | None], pairs: Sequence[Pair]
) -> TermCounts:
    """The counts of terms of those ids in at least one row."""
    flat = np.frombuffer(b"".join([row[1] for row in rows]), dtype=np.uint32)
    sizes = np.frombuffer(b"".join([row[2] for row in rows]), dtype=np.uint32)
    segments = np.fromiter((len(row[2]) for row in rows), dtype=np.int64) // sizes.itemsize
    codes = np.zeros(len(flat), dtype=np.int64)
    for code, number in enumerate(ids, start=1):
        if number is not None:
            codes[flat == number] = code
    code_of = {term: code for code, term in enumerate(terms, start=1)}
    return counted(codes, sizes.astype(np.int64), segments, code_of, pairs)


def given_ids(connection: sqlite3.Connection, terms: AbstractSet[str]) -> dict[str, int]:
    """The ids of the terms, of which those that have none get one."""
    read, select = reader(connection), "SELECT term, id FROM term_ids WHERE term IN"
    ids: dict[str, int] = dict(looked_up(read, select, terms))
    new = sorted(terms - ids.keys())
    connection.executemany("INSERT INTO term_ids (term) VALUES (?)", [(term,) for term in new])
    return ids | dict(looked_up(read, select, new))


def reader(connection: sqlite3.Connection) -> Read:
    """What gives the rows of a statement."""
    return lambda statement, values: connection.execute(statement, values).fetchall()


class TermNames:
    """The terms of ids, of which many are remembered."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._names: dict[int, str] = {}

    def __call__(self, ids: AbstractSet[int]) -> Mapping[int, str]:
        names = self._names
        missing = [number for number in ids if number not in names]
        if missing:
            if len(names) > MOST_REMEMBERED:
                names, missing = {}, list(ids)
                self._names = names
            select = "SELECT id, term FROM term_ids WHERE id IN"
            names.update(looked_up(self._read, select, missing))
        return names


def looked_up(read: Read, select: str, keys: Iterable[object]) -> Iterator[Row]:
    """The rows that a statement, which ends in IN, gives for any number of keys."""
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield from read(f"{select} ({','.join('?' * len(some))})", some)
