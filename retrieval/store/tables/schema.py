"""The tables of a collection on disk: texts, what is known of them, and words by key.

Everything in them is made from the articles' files and can be made again.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from retrieval.articles import HEADER_FIELDS
from retrieval.store.tables.compressed_texts import decompresses

FILE = "collection.sqlite"
EMBEDDED = "all embedded"  # in `meta`: whether there is a row in `embedded` for each paragraph
PARAGRAPH_BITS = 24
BUSY_TIMEOUT_SECONDS = 30
ARTICLE_COLUMNS = ", ".join(("id", "title", "language", *HEADER_FIELDS))
PAGE_BYTES = 8192  # of usual paragraphs, seven have room there; in half of that only three have

TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE articles (
    row INTEGER PRIMARY KEY, place BLOB NOT NULL UNIQUE, id TEXT NOT NULL UNIQUE,
    digest BLOB NOT NULL, former BLOB NOT NULL, title TEXT NOT NULL, written TEXT NOT NULL,
    language TEXT NOT NULL, {", ".join(f"{name} TEXT" for name in HEADER_FIELDS)},
    paragraphs INTEGER NOT NULL, short TEXT NOT NULL
);
CREATE INDEX articles_by_digest ON articles (digest);
CREATE INDEX articles_by_former ON articles (former);
CREATE INDEX articles_by_short ON articles (short);
CREATE INDEX articles_by_written ON articles (written);
CREATE INDEX articles_by_date ON articles (published) WHERE published IS NOT NULL;
CREATE INDEX articles_by_author ON articles (author) WHERE author IS NOT NULL;
CREATE TABLE title_terms (term TEXT, row INTEGER, PRIMARY KEY (term, row)) WITHOUT ROWID;
CREATE TABLE title_keys (key TEXT, row INTEGER, PRIMARY KEY (key, row)) WITHOUT ROWID;
CREATE TABLE paragraphs (
    number INTEGER PRIMARY KEY, heading TEXT NOT NULL, ancestors TEXT NOT NULL,
    kind TEXT NOT NULL, place TEXT, text BLOB NOT NULL, digest BLOB NOT NULL
);
CREATE TABLE analyses (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, language TEXT NOT NULL, bounds BLOB NOT NULL,
    filler BLOB NOT NULL, denials BLOB NOT NULL, lines TEXT, ids BLOB NOT NULL,
    sizes BLOB NOT NULL, headed BLOB NOT NULL
);
CREATE INDEX paragraphs_by_digest ON paragraphs (digest);
CREATE TABLE embedded (
    number INTEGER PRIMARY KEY, sentences INTEGER NOT NULL, digests BLOB NOT NULL
);
CREATE TABLE files (
    place BLOB PRIMARY KEY, id TEXT NOT NULL, base TEXT NOT NULL,
    size INTEGER NOT NULL, changed INTEGER NOT NULL,
    digest BLOB NOT NULL, row INTEGER, defects TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_by_base ON files (base);
CREATE INDEX files_by_id ON files (id);
CREATE TABLE terms (
    id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE, backwards TEXT,
    paragraphs INTEGER NOT NULL, sentences INTEGER NOT NULL
);
CREATE INDEX terms_backwards ON terms (backwards) WHERE backwards IS NOT NULL;
CREATE TABLE forms (
    id INTEGER PRIMARY KEY, form TEXT NOT NULL UNIQUE, word TEXT, count INTEGER NOT NULL
);  -- a word that is the form itself is left out
CREATE INDEX forms_by_word ON forms (word) WHERE word IS NOT NULL;
CREATE TABLE capitalised (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (part TEXT, form TEXT, PRIMARY KEY (part, form)) WITHOUT ROWID;
CREATE TABLE spelt (
    first TEXT, size INTEGER, part TEXT, rest TEXT NOT NULL, PRIMARY KEY (first, size, part)
) WITHOUT ROWID;
CREATE INDEX spelt_by_rest ON spelt (rest);
CREATE TABLE name_terms (
    term TEXT, word TEXT, count INTEGER NOT NULL, PRIMARY KEY (term, word)
) WITHOUT ROWID;
CREATE TABLE counts (
    of TEXT, key TEXT, count INTEGER NOT NULL, PRIMARY KEY (of, key)
) WITHOUT ROWID;
CREATE TABLE editions (edition TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE dead (row INTEGER PRIMARY KEY);
CREATE TABLE waiting (row INTEGER PRIMARY KEY);
"""


def make_folder(folder: Path) -> None:
    """Make the folder of a collection, and those above it, for their owner alone."""
    folder.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)


def connect(folder: Path) -> sqlite3.Connection:
    """A connection to the tables in that folder, which are made if there are none."""
    make_folder(folder)
    path = folder / FILE
    if not path.exists():
        path.touch(mode=0o600)
    connection = sqlite3.connect(
        path, timeout=BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        _set_up(connection)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a database that is made now
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA mmap_size = 1073741824")
    decompresses(connection)


def format_of(connection: sqlite3.Connection) -> int:
    """The format of the tables; 0 where there are none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def make_tables(connection: sqlite3.Connection, made_by: int) -> None:
    """Make all tables, of a database that is empty; `made_by` is the format that they get."""
    connection.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {made_by}; COMMIT;")


def note_of(connection: sqlite3.Connection, name: str) -> Any:  # noqa: ANN401  # as SQLite has it
    """What is noted under a name; None if nothing is."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def meta(connection: sqlite3.Connection, name: str, default: int = 0) -> int:
    """The number that is noted under a name."""
    noted = note_of(connection, name)
    return default if noted is None else int(noted)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make all changes of the block at once, or none."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
