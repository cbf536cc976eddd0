"""Added articles and followed feeds within a backup: files of the data folder, in a table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.storage.database.sqlite import read_only
from bot.storage.database.storage_errors import StorageError, broken
from retrieval.errors import where
from retrieval.sources.added.article_store import FOLDER, unwritable, write_lock
from retrieval.sources.added.feed_store import FILE as FEEDS
from retrieval.sources.private_files import write_private

TABLE = "data_files"


def copy_articles(data: Path, copy: sqlite3.Connection) -> None:
    """Put the added articles and the feeds of a data folder into a copy of its database.

    Raises OSError, sqlite3.Error.
    """
    copy.execute(f"DROP TABLE IF EXISTS {TABLE}")  # of the backup that this state came from
    copy.execute(f"CREATE TABLE {TABLE} (name TEXT PRIMARY KEY, content BLOB NOT NULL)")
    rows = ((str(path.relative_to(data)), path.read_bytes()) for path in _files(data))
    copy.executemany(f"INSERT INTO {TABLE} VALUES (?, ?)", rows)  # noqa: S608  # a name of ours
    copy.commit()


def restore_articles(source: Path, data: Path) -> int:
    """Put the articles and feeds of a backup back into a data folder; returns how many articles.

    Those that were added since stay. Raises StorageError or ArticleStoreError.
    """
    try:
        with closing(read_only(source)) as backup:
            rows = backup.execute(f"SELECT name, content FROM {TABLE}").fetchall()  # noqa: S608
    except sqlite3.OperationalError as error:
        raise StorageError(
            f"{where(source)}: holds no articles; name a file that `footnote backup` has made"
        ) from error
    except sqlite3.Error as error:
        raise broken(source, error) from error
    names = {name: bytes(content) for name, content in rows if _is_ours(name)}
    with write_lock(data / f"{FOLDER}.lock"):
        try:
            for name, content in names.items():
                write_private(data / name, content)
        except OSError as error:
            raise unwritable(data, error) from error
    return sum(name != FEEDS for name in names)


def _files(data: Path) -> Iterator[Path]:
    yield from sorted((data / FOLDER).glob("*.json"))
    if (data / FEEDS).is_file():
        yield data / FEEDS


def _is_ours(name: str) -> bool:
    """Whether it is a place of an article or of the feeds, and leads nowhere else."""
    path = Path(name)
    return name == FEEDS or (path.parts == (FOLDER, path.name) and path.suffix == ".json")
