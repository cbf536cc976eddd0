"""Carries the files of a version, its lexicon and its vectors, to a cluster and back in parts."""

import base64
import binascii
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from retrieval.errors import SearchOutageError
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.vector_store import VectorStore
from retrieval.opensearch.bulk_writer import Document
from retrieval.opensearch.lexicon_file import check_lexicon
from retrieval.opensearch.published_version import PublishedFile, PublishedVersion
from retrieval.opensearch.search_server import BULK_SECONDS, SearchServer
from retrieval.store.tables.schema import FILE

PART_BYTES = 4_000_000  # before they are compressed; a request may have 100 MB


def described(file: Path) -> PublishedFile:
    """What is noted of a file that is published."""
    digest = sha256()
    for some in _parts(file):
        digest.update(some)
    return PublishedFile(file.name, file.stat().st_size, digest.hexdigest())


def file_documents(file: Path) -> Iterator[Document]:
    """The documents that a file is sent as, in their order."""
    for number, some in enumerate(_parts(file)):
        data = base64.b64encode(zlib.compress(some)).decode("ascii")
        yield f"{file.name}-{number}", {"part": {"data": data}}


def fetch_lexicon(server: SearchServer, version: PublishedVersion, folder: Path) -> None:
    """Copy the lexicon of a version into an existing folder, whole or not at all.

    Raises SearchOutageError if it cannot be had, LexiconError if it cannot be used, OSError if
    there is no room for it.
    """
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as target:
        path = Path(target.name)
    try:
        _fetch(server, version.files, version.lexicon, path)
        check_lexicon(path)
        path.replace(folder / FILE)
    finally:
        path.unlink(missing_ok=True)


def fetch_vectors(
    server: SearchServer, version: PublishedVersion, vectors: CollectionVectors, folder: Path
) -> None:
    """Copy the published vectors into a collection that lacks some, if its encoder made them.

    They pass through that folder, which there is. Raises as `fetch_lexicon`, or VectorStoreError.
    """
    file, name = version.vectors, vectors.store.path.name
    if file is None or file.name != name or vectors.progress.is_complete:
        return
    fetched = VectorStore(folder, vectors.encoder)
    try:
        _fetch(server, version.files, file, fetched.path)
        vectors.store.take_over(fetched)
    finally:
        fetched.path.unlink(missing_ok=True)
    vectors.refresh()


def _fetch(server: SearchServer, index: str, file: PublishedFile, target: Path) -> None:
    """Write a file as it was published."""
    digest, left = sha256(), file.size
    with target.open("wb") as opened:
        for number in range(-(-file.size // PART_BYTES)):
            path = f"/{index}/_doc/{file.name}-{number}"
            found = server.ask("GET", path, seconds=BULK_SECONDS)
            try:
                some = base64.b64decode(found["_source"]["part"]["data"], validate=True)
                out = zlib.decompressobj().decompress(some, PART_BYTES)
            except (KeyError, TypeError, ValueError, binascii.Error, zlib.error):
                break
            digest.update(out)
            left -= len(out)
            opened.write(out)
    if left or digest.hexdigest() != file.digest:
        raise SearchOutageError(
            f"{server.name}: {file.name} in {index} is damaged; run `footnote articles publish`"
        )


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while some := opened.read(PART_BYTES):
            yield some
