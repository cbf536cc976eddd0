"""Which collections are kept in the data folder, and of which articles?"""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from retrieval.store.tables.folder_size import folder_size
from retrieval.store.tables.schema import EMBEDDED, FILE, meta

DIGESTS = "SELECT digests FROM embedded"
SOURCE = "source"  # the note of the folder that a collection was made from


class KeptCollection(NamedTuple):
    """A collection that lies in a folder, and the folder of articles that it was made from.

    `source` is empty where that is not known; `size` is in bytes.
    """

    folder: Path
    source: str
    size: int

    @property
    def is_orphaned(self) -> bool:
        """Whether the articles are not there any more."""
        return not self.source or not Path(self.source).is_dir()


def kept_collections(folder: Path) -> list[KeptCollection]:
    """The collections that are kept in that folder, in the order of their articles' folders."""
    if not folder.is_dir():
        return []
    found = [
        KeptCollection(kept, _source(kept), folder_size(kept))
        for kept in folder.iterdir()
        if (kept / FILE).is_file()
    ]
    return sorted(found, key=lambda kept: (kept.source, kept.folder))


def kept_digests(kept: KeptCollection) -> bytes | None:
    """What stands for the texts that are encoded of a collection; None if that is not known."""
    with suppress(sqlite3.Error), closing(_opened(kept.folder)) as connection:
        if meta(connection, EMBEDDED, 1):
            return b"".join(found for (found,) in connection.execute(DIGESTS))
    return None


def _source(folder: Path) -> str:
    with suppress(sqlite3.Error), closing(_opened(folder)) as connection:
        select = "SELECT value FROM meta WHERE name = ?"
        row = connection.execute(select, (SOURCE,)).fetchone()
        return "" if row is None else str(row[0])
    return ""


def _opened(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / FILE).absolute().as_uri()}?mode=ro", uri=True)
