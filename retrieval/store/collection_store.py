"""A collection on disk: its snapshots are read while it is changed."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.errors import RetrievalError, where
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.file_states import FileStates
from retrieval.store.tables.fingerprint import fingerprint
from retrieval.store.tables.inverted_index import FOLDER, InvertedIndex
from retrieval.store.tables.schema import (
    EMBEDDED,
    FILE,
    connect,
    format_of,
    make_folder,
    make_tables,
    meta,
    note_of,
)

if TYPE_CHECKING:
    from retrieval.store.writing.store_writer import StoreWriter

LOCK = "writing.lock"
MOST_WAITING_PARAGRAPHS = 100  # each question looks at all of them


class StoreError(RetrievalError):
    """A collection cannot be kept on disk; the text says why and what to do."""


class CollectionStore:
    """The collection in one folder; several processes may read it, one at a time writes.

    What stands for the texts that are encoded is kept only if it `embeds`.
    """

    def __init__(
        self, folder: Path, most_waiting: int = MOST_WAITING_PARAGRAPHS, *, embeds: bool = True
    ) -> None:
        self.folder = folder
        self._most_waiting = most_waiting
        self._embeds = embeds

    def snapshot(self) -> Snapshot:
        """What the collection is now. Raises StoreError."""
        with _errors(self.folder):
            return Snapshot(self.folder, InvertedIndex(self.folder))

    def version(self) -> int:
        """A number that grows with each change; 0 where nothing is kept yet."""
        with _errors(self.folder), closing(connect(self.folder)) as connection:
            if format_of(connection) != fingerprint():
                return 0
            return meta(connection, "version")

    def defects_of(self, files: bytes) -> list[tuple[bytes, str, bool]] | None:
        """What is wrong with the files of that digest, if the collection was made from them.

        None if it has to be written before it is used. Raises StoreError.
        """
        with _errors(self.folder), closing(connect(self.folder)) as connection:
            if format_of(connection) != fingerprint() or note_of(connection, "files") != files:
                return None
            lacks_digests = self._embeds and not meta(connection, EMBEDDED, 1)
            if lacks_digests or not meta(connection, "clean", 1):
                return None
            return FileStates(connection).defects()

    @contextmanager
    def writing(self, *, patience: float = -1) -> Iterator["StoreWriter"]:
        """Open the collection for changes until the end of the block.

        Waits for as many seconds while another process does so, then raises TimeoutError; a
        negative number waits for ever. Raises StoreError.
        """
        from filelock import FileLock, Timeout

        from retrieval.store.writing.store_writer import StoreWriter

        with _errors(self.folder):
            make_folder(self.folder)
            try:
                with (
                    FileLock(self.folder / LOCK, timeout=patience, mode=0o600),
                    closing(self._connected()) as connection,
                    StoreWriter(
                        self.folder, connection, self._most_waiting, embeds=self._embeds
                    ).open() as writer,
                ):
                    yield writer
            except Timeout as error:
                raise TimeoutError from error

    def _connected(self) -> sqlite3.Connection:
        """A connection to the tables; rebuilt if another version of the program made them."""
        connection = connect(self.folder)
        if format_of(connection) not in (0, fingerprint()):
            connection.close()
            self._clear()
            connection = connect(self.folder)
        if format_of(connection) == 0:
            make_tables(connection, fingerprint())
        return connection

    def clear(self) -> None:
        """Delete everything, so that it is rebuilt. Raises StoreError."""
        from filelock import FileLock

        with _errors(self.folder):
            make_folder(self.folder)
            with FileLock(self.folder / LOCK, mode=0o600):
                self._clear()

    def _clear(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            (self.folder / f"{FILE}{suffix}").unlink(missing_ok=True)
        shutil.rmtree(self.folder / FOLDER, ignore_errors=True)


@contextmanager
def _errors(folder: Path) -> Iterator[None]:
    """Say in one sentence what of a database or a disk stands in the way."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError) as error:
        if isinstance(error, TimeoutError):
            raise
        problem = f"the collection cannot be kept on disk ({error})"
        remedy = "check room and permissions, or run `footnote articles reindex`"
        raise StoreError(f"{where(folder)}: {problem}; {remedy}") from error
