"""The terms of a collection by their ids, and their ids by the terms."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import TypeAlias

from retrieval.store.tables.paragraph_rows import Row

AT_ONCE = 500
MOST_REMEMBERED = 20_000

Read: TypeAlias = Callable[[str, Sequence[object]], list[Row]]


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
    """The terms of ids, of which many are remembered; KeyError where there is none of an id."""

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
            if unknown := [number for number in missing if number not in names]:
                raise KeyError(unknown[0])
        return names


def looked_up(read: Read, select: str, keys: Iterable[object]) -> Iterator[Row]:
    """The rows that a statement, which ends in IN, gives for any number of keys."""
    rest = iter(keys)
    while some := list(islice(rest, AT_ONCE)):
        yield from read(f"{select} ({','.join('?' * len(some))})", some)
