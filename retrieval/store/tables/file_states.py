"""The files that a collection was made from, as they were when they were read."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

ADD_FILE = "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class FileState(NamedTuple):
    """A file as it was when it was read.

    `place` is where it stands in the order of the collection, `base` the id that its path gives
    and `id` the one that it has; `changed` is when it was modified, in nanoseconds; `defects` are
    what was wrong with it, as JSON.
    """

    place: bytes
    id: str
    base: str
    size: int
    changed: int
    digest: bytes
    defects: str


class FileStamp(NamedTuple):
    """What tells that a file may have changed: its size, and when it was, in nanoseconds."""

    size: int
    changed: int


class FileStates:
    """The table of files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def stamps(self) -> dict[bytes, FileStamp]:
        """The stamp of each file that was read by its place."""
        rows = self._connection.execute("SELECT place, size, changed FROM files")
        return {place: FileStamp(size, changed) for place, size, changed in rows}

    def file(self, place: bytes) -> FileState | None:
        """The file in that place, as it was read."""
        row = self._connection.execute(
            "SELECT place, id, base, size, changed, digest, defects FROM files WHERE place = ?",
            (place,),
        ).fetchone()
        return None if row is None else FileState(*row)

    def ids(self) -> dict[bytes, str]:
        """The ids of the files by their places."""
        return dict(self._connection.execute("SELECT place, id FROM files"))

    def has_id(self, identity: str, place: bytes) -> bool:
        """Whether another file than the one in that place has that id."""
        select = "SELECT 1 FROM files WHERE id = ? AND place != ?"
        return self._connection.execute(select, (identity, place)).fetchone() is not None

    def shares_id(self, new: Iterable[str], removed: Iterable[bytes]) -> bool:
        """Whether files that come take the id of others, or those that go leave theirs to one."""
        left = [file for place in removed if (file := self.file(place)) is not None]
        places = {file.place for file in left}
        wanted = {*new, *(file.id for file in left), *(file.base for file in left)}
        return any(
            place not in places
            for name in wanted
            for (place,) in self._connection.execute(
                "SELECT place FROM files WHERE base = ? UNION SELECT place FROM files "
                "WHERE id = ?",
                (name, name),
            )
        )

    def defects(self) -> list[tuple[bytes, str, bool]]:
        """The files with defects: place, defects, and whether the file still gives an article."""
        rows = self._connection.execute(
            "SELECT place, defects, row IS NOT NULL FROM files WHERE defects != '[]' "
            "ORDER BY place"
        )
        return [(place, defects, bool(is_used)) for place, defects, is_used in rows]

    def touch(self, state: FileState) -> None:
        """Note another size or time of a file that says the same as before."""
        self._connection.execute(
            "UPDATE files SET size = ?, changed = ? WHERE place = ?",
            (state.size, state.changed, state.place),
        )

    def rows_of(self, places: Sequence[bytes]) -> list[int]:
        """The rows of the articles that the files in those places gave."""
        rows = (
            self._connection.execute("SELECT row FROM files WHERE place = ?", (place,)).fetchone()
            for place in places
        )
        return [row[0] for row in rows if row is not None and row[0] is not None]

    def note(self, read: Iterable[tuple[FileState, int | None]], removed: Iterable[bytes]) -> None:
        """Note files that were read, each with the row of its article, and forget others."""
        self._connection.executemany(ADD_FILE, [_file_row(state, row) for state, row in read])
        self._connection.executemany(
            "DELETE FROM files WHERE place = ?", [(place,) for place in removed]
        )


def _file_row(state: FileState, row: int | None) -> tuple[object, ...]:
    return (
        *(state.place, state.id, state.base, state.size, state.changed),
        *(state.digest, row, state.defects),
    )
