"""Reads the body of a response with a limit that is counted while it is inflated."""

import zlib
from collections.abc import AsyncIterator

from retrieval.sources.documents.document import UnreadableError

AUTOMATIC = 47  # zlib or gzip, whichever it is, https://docs.python.org/3/library/zlib.html
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


async def body_within(chunks: AsyncIterator[bytes], encoding: str, most: int) -> bytes:
    """The bytes of a body, inflated; raises UnreadableError beyond so many bytes.

    httpx inflates a whole chunk before anybody can count it, which makes 200 MB of 500 bytes.
    """
    name = encoding.strip().casefold()
    if name not in ENCODINGS:
        raise UnreadableError(f"the server packs its answer as {name[:40]}", "save it as a file")
    inflate = None if name in ("", "identity") else zlib.decompressobj(AUTOMATIC)
    parts: list[bytes] = []
    left = most
    async for chunk in chunks:
        try:
            part = chunk if inflate is None else inflate.decompress(chunk, left + 1)
        except zlib.error as error:
            raise UnreadableError("the server's answer is damaged", "try again later") from error
        left -= len(part)
        if left < 0 or (inflate is not None and inflate.unconsumed_tail):
            raise UnreadableError(
                f"the answer has more than {most // 1_000_000} MB", "name a smaller one"
            )
        parts.append(part)
    return b"".join(parts)
