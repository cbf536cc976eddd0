"""The terms of a collection by their ids, and what is known of them by the terms."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import NamedTuple, TypeAlias

from retrieval.store.tables.paragraph_rows import Row
from retrieval.text.analysis import UNSPACED_RUN

TERMS_AT_ONCE = 500
MOST_REMEMBERED_TERMS = 20_000
COLUMNS = "id, term, paragraphs, sentences"

Read: TypeAlias = Callable[[str, Sequence[object]], list[Row]]


class TermRow(NamedTuple):
    """A term's id, and how many paragraphs and sentences hold it; no id of a term not there."""

    id: int | None
    paragraphs: int
    sentences: int


UNKNOWN = TermRow(None, 0, 0)


def given_ids(connection: sqlite3.Connection, terms: Mapping[str, int]) -> dict[str, int]:
    """The ids of the terms, of which those that have none get one, the frequent ones first.

    So the terms that come again and again stand on few pages, which are all that is written then.
    """
    read, select = reader(connection), "SELECT term, id FROM terms WHERE term IN"
    ids: dict[str, int] = dict(looked_up(read, select, terms))
    new = sorted(terms.keys() - ids.keys(), key=lambda term: (-terms[term], term))
    connection.executemany(
        "INSERT INTO terms (term, backwards, paragraphs, sentences) VALUES (?, ?, 0, 0)",
        [(term, _backwards(term)) for term in new],
    )
    return ids | dict(looked_up(read, select, new))


def _backwards(term: str) -> str | None:
    return term[::-1] if term.isalpha() or UNSPACED_RUN.fullmatch(term) else None


def reader(connection: sqlite3.Connection) -> Read:
    """What gives the rows of a statement."""
    return lambda statement, values: connection.execute(statement, values).fetchall()


class TermTable:
    """Looks terms up, and remembers many of them."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._names: dict[int, str] = {}
        self._rows: dict[str, TermRow] = {}

    def named(self, ids: AbstractSet[int]) -> Mapping[int, str]:
        """The terms of at least these ids; KeyError where there is none of one."""
        names = self._names
        missing = [number for number in ids if number not in names]
        if missing:
            if len(names) > MOST_REMEMBERED_TERMS:
                names, missing = {}, list(ids)
                self._names = names
            self._note(f"SELECT {COLUMNS} FROM terms WHERE id IN", missing, names)  # noqa: S608
            if unknown := [number for number in missing if number not in names]:
                raise KeyError(unknown[0])
        return names

    def row(self, term: str) -> TermRow:
        """What is known of a term."""
        found = self._rows.get(term)
        if found is None:
            select = f"SELECT {COLUMNS} FROM terms WHERE term IN"  # noqa: S608
            self._note(select, [term], self._names)
            found = self._rows.setdefault(term, UNKNOWN)
        return found

    def _note(self, select: str, keys: Sequence[object], names: dict[int, str]) -> None:
        if len(self._rows) > MOST_REMEMBERED_TERMS:
            self._rows = {}
        rows = self._rows
        for number, term, paragraphs, sentences in looked_up(self._read, select, keys):
            names[number] = term
            rows[term] = TermRow(number, paragraphs, sentences)


def looked_up(read: Read, select: str, keys: Iterable[object]) -> Iterator[Row]:
    """The rows that a statement, which ends in IN, gives for any number of keys."""
    rest = iter(keys)
    while some := list(islice(rest, TERMS_AT_ONCE)):
        yield from read(f"{select} ({','.join('?' * len(some))})", some)
