"""Writes many documents to an index, each until it is there."""

import json
import random
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from retrieval.errors import RetrievalError, SearchOutageError
from retrieval.opensearch.search_server import (
    BULK_SECONDS,
    TOO_MANY,
    Json,
    RefusedError,
    SearchServer,
    cause_of,
    reason_of,
)

BULK_BYTES = 5_000_000
BULK_DOCUMENTS = 1000
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # seconds; a server that is busy asks for it
BAD_REQUEST = 400

Found = TypeVar("Found")
Document = tuple[str, Json]  # its id and its fields


class PublishError(RetrievalError):
    """A collection cannot be published; the text says why and what to do."""


class BulkWriter:
    """Writes to one cluster; `pause` waits for the seconds that it is given."""

    def __init__(self, server: SearchServer, pause: Callable[[float], None] = time.sleep) -> None:
        self._server = server
        self._pause = pause

    def write(
        self, index: str, documents: Iterable[Document], wrote: Callable[[int], None]
    ) -> None:
        """Write documents; `wrote` hears how many at a time. Raises PublishError or an outage.

        Their ids make repeats harmless.
        """
        for some in _portions(documents):
            left: Sequence[Document] = some
            for wait in (*WAITS, None):
                left = self._try(index, left)
                if not left:
                    break
                if wait is None:
                    raise PublishError(
                        f"{self._server.name}: it has too much to do for too long; try again later"
                    )
                self._pause(wait * random.uniform(0.5, 1))  # noqa: S311  # no secret
            wrote(len(some))

    def patiently(self, call: Callable[[], Found]) -> Found:
        """What the call returns; an outage is waited for, a refusal is not."""
        for wait in WAITS:
            try:
                return call()
            except RefusedError:
                raise
            except SearchOutageError:
                self._pause(wait * random.uniform(0.5, 1))  # noqa: S311
        return call()

    def _try(self, index: str, documents: Sequence[Document]) -> list[Document]:
        """Write documents at once; those that the server had no time for."""
        lines = [
            line
            for name, fields in documents
            for line in ({"index": {"_index": index, "_id": name}}, fields)
        ]
        found = self.patiently(
            lambda: self._server.ask("POST", "/_bulk", lines=lines, seconds=BULK_SECONDS)
        )
        items = found.get("items")
        if not isinstance(items, list) or len(items) != len(documents):
            raise PublishError(f"{self._server.name}: not all was written; publish again")
        return [one for one, item in zip(documents, items, strict=True) if not self._is_in(item)]

    def _is_in(self, item: Any) -> bool:  # noqa: ANN401  # from outside
        """Whether a document was written; what will never be is raised."""
        done = item.get("index") if isinstance(item, dict) else None
        status = done.get("status") if isinstance(done, dict) else None
        if not isinstance(done, dict) or not isinstance(status, int):
            raise PublishError(f"{self._server.name}: not all was written; publish again")
        if status < BAD_REQUEST:
            return True
        if status == TOO_MANY and "block" not in str(cause_of(done).get("type")):
            return False
        raise PublishError(
            f"{self._server.name}: a document was refused ({reason_of(done)}); see whether there "
            "is room on its disks (`footnote doctor`), and publish again"
        )


def _portions(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """The documents, as many together as a request should have."""
    some: list[Document] = []
    size = 0
    for document in documents:
        some.append(document)
        size += len(json.dumps(document[1], ensure_ascii=False).encode("utf-8", "replace"))
        if size >= BULK_BYTES or len(some) >= BULK_DOCUMENTS:
            yield some
            some, size = [], 0
    if some:
        yield some
