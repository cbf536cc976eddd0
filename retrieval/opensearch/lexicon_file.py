"""The lexicon of a collection as one file: its tables without the texts of the paragraphs.

It holds articles, words, terms and their statistics, and of each paragraph only digests.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from retrieval.errors import RetrievalError, where
from retrieval.store.tables.fingerprint import fingerprint
from retrieval.store.tables.schema import FILE, TABLES, format_of, make_tables

COPIED = (
    "articles", "title_terms", "title_keys", "embedded", "terms", "forms", "parts",
    "spelt", "capitalised", "name_terms", "counts", "editions",
)  # fmt: skip
BLANKED = (
    "INSERT INTO paragraphs SELECT number, '', '', '', NULL, '', digest "
    "FROM store.paragraphs ORDER BY number"
)
VERSION = "INSERT INTO meta SELECT name, value FROM store.meta WHERE name = 'version'"


class LexiconError(RetrievalError):
    """A file is no lexicon that can be used; the text says why and what to do."""


def write_lexicon(store: Path, target: Path) -> int:
    """Write the lexicon of the collection kept in that folder; the version that it is of."""
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = OFF")  # it is thrown away after a failure
        make_tables(connection, fingerprint())
        connection.execute("ATTACH ? AS store", (str(store / FILE),))
        connection.execute("BEGIN")
        connection.execute(VERSION)
        for table in COPIED:
            connection.execute(f"INSERT INTO {table} SELECT * FROM store.{table}")  # noqa: S608
        connection.execute(BLANKED)
        connection.execute("COMMIT")
        row = connection.execute("SELECT value FROM meta").fetchone()
    return int(row[0])


def check_lexicon(file: Path) -> None:
    """Raise LexiconError unless a file has the tables of a lexicon, those only, and undamaged.

    It comes from a server, and what else a database may hold (triggers, views) is run by reading.
    """
    try:
        with (
            closing(sqlite3.connect(":memory:")) as expected,
            closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as found,
        ):
            found.execute("PRAGMA trusted_schema = OFF")
            expected.executescript(TABLES)
            is_right = (
                [*_schema(found)] == [*_schema(expected)]
                and format_of(found) == fingerprint()
                and found.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
            )
    except sqlite3.Error:
        is_right = False
    if not is_right:
        raise LexiconError(
            f"{where(file)}: this is no lexicon of a collection; run `footnote articles publish`"
        )


def _schema(connection: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    yield from connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name")
