"""Remembers what documents were read into, so that each is read once and not at every start."""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from retrieval.sources.documents.document import READER_VERSION, Document, UnreadableError
from retrieval.sources.private_files import write_private
from retrieval.sources.worker.document_json import (
    document_object,
    document_of,
    refusal_object,
    refused_as,
)
from retrieval.sources.worker.ingest_extra import is_ingest_installed
from retrieval.sources.worker.reading_worker import ReadingWorker

FOLDER = "documents"
CACHED_SECONDS = 60 * 24 * 3600
REFUSED_SECONDS = 24 * 3600  # after which a refusal may have had to do with a busy machine


def document_reader(data: Path) -> Callable[[bytes], Document] | None:
    """What reads documents, with its memory in that data folder; None without the extra."""
    return DocumentCache(data / FOLDER, ReadingWorker()).read if is_ingest_installed() else None


class DocumentCache:
    """Reads documents in a process of its own, and keeps what was read in a folder.

    What cannot be kept is read again the next time.
    """

    def __init__(self, folder: Path, worker: ReadingWorker) -> None:
        self._folder = folder
        self._worker = worker

    def read(self, content: bytes) -> Document:
        """The headings and paragraphs of a file; raises UnreadableError."""
        digest = hashlib.sha256(b"%d:" % READER_VERSION + content).hexdigest()
        path = self._folder / f"{digest}.json"
        known = self._known(path)
        if known is not None:
            return known
        try:
            document = self._worker.read(content)
        except UnreadableError as error:
            self._keep(path, refusal_object(error.refusal))
            raise
        self._keep(path, document_object(document))
        return document

    def _known(self, path: Path) -> Document | None:
        try:
            age = time.time() - path.stat().st_mtime
            fields = json.loads(path.read_bytes())
            if "reason" not in fields:
                return document_of(fields)
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if age > REFUSED_SECONDS:
            return None
        raise refused_as(fields)

    def _keep(self, path: Path, fields: dict[str, object]) -> None:
        with suppress(OSError):
            write_private(path, json.dumps(fields, ensure_ascii=False).encode())
            for old in self._folder.glob("*.json"):
                if time.time() - old.stat().st_mtime > CACHED_SECONDS:
                    old.unlink()
