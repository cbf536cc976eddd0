"""Carries a lexicon to a cluster and back, in parts that a server takes."""

import base64
import binascii
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from retrieval.errors import SearchOutageError
from retrieval.opensearch.lexicon_file import check_lexicon
from retrieval.opensearch.published_version import PublishedVersion
from retrieval.opensearch.search_server import BULK_SECONDS, Json, SearchServer
from retrieval.store.tables.schema import FILE

PART_BYTES = 3_000_000  # compressed; a request may have 100 MB, and a bulk should have 5 to 15
READ_BYTES = 1_000_000


def lexicon_parts(file: Path) -> Iterator[Json]:
    """The documents that a lexicon is sent as, in their order."""
    packer, waiting = zlib.compressobj(), bytearray()
    with file.open("rb") as opened:
        while some := opened.read(READ_BYTES):
            waiting += packer.compress(some)
            if len(waiting) >= PART_BYTES:
                yield _part(bytes(waiting))
                waiting.clear()
    yield _part(bytes(waiting) + packer.flush())


def digest_of(file: Path) -> str:
    """What stands for the content of a file."""
    digest = sha256()
    with file.open("rb") as opened:
        while some := opened.read(READ_BYTES):
            digest.update(some)
    return digest.hexdigest()


def fetch_lexicon(server: SearchServer, version: PublishedVersion, folder: Path) -> None:
    """Let that folder, which there is, hold the lexicon of a version, whole or not at all.

    Raises SearchOutageError if it cannot be had, LexiconError if it cannot be used, OSError if
    there is no room for it.
    """
    with NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as target:
        path = Path(target.name)
        try:
            digest, size = sha256(), 0
            for some in _unpacked(server, version):
                digest.update(some)
                size += len(some)
                target.write(some)
            target.close()
            if (size, digest.hexdigest()) != (version.lexicon_bytes, version.lexicon_digest):
                raise _damaged(server, version)
            check_lexicon(path)
            path.replace(folder / FILE)
        finally:
            target.close()
            path.unlink(missing_ok=True)


def _unpacked(server: SearchServer, version: PublishedVersion) -> Iterator[bytes]:
    unpacker, left = zlib.decompressobj(), version.lexicon_bytes
    for number in range(version.lexicon_parts):
        found = server.ask("GET", f"/{version.lexicon}/_doc/{number}", seconds=BULK_SECONDS)
        try:
            some = base64.b64decode(found["_source"]["part"]["data"], validate=True)
            while some:
                out = unpacker.decompress(some, READ_BYTES)
                left -= len(out)
                some = unpacker.unconsumed_tail
                if left < 0 or not (out or some):
                    break
                yield out
        except (KeyError, TypeError, ValueError, binascii.Error, zlib.error):
            raise _damaged(server, version) from None
        if left < 0:
            raise _damaged(server, version)
    yield unpacker.flush()


def _part(content: bytes) -> Json:
    return {"part": {"data": base64.b64encode(content).decode("ascii")}}


def _damaged(server: SearchServer, version: PublishedVersion) -> SearchOutageError:
    return SearchOutageError(
        f"{server.name}: the lexicon {version.lexicon} is damaged; run `footnote articles publish`"
    )
