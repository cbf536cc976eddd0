"""Reads the body of a response with a limit that is counted while it is inflated."""

import zlib
from collections.abc import AsyncIterator

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason

AUTOMATIC = 47  # zlib or gzip, whichever it is, https://docs.python.org/3/library/zlib.html
ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate")


async def body_within(chunks: AsyncIterator[bytes], encoding: str, most: int) -> bytes:
    """The bytes of a body, inflated; raises UnreadableError if there are more than `most`.

    httpx inflates a whole chunk before anybody can count it, which makes 200 MB of 500 bytes.
    """
    name = encoding.strip().casefold()
    if name not in ENCODINGS:
        raise UnreadableError(Reason.PACKED, name=name[:40])
    inflate = None if name in ("", "identity") else zlib.decompressobj(AUTOMATIC)
    parts: list[bytes] = []
    left = most
    async for chunk in chunks:
        try:
            part = chunk if inflate is None else inflate.decompress(chunk, left + 1)
        except zlib.error as error:
            raise UnreadableError(Reason.ANSWER_DAMAGED) from error
        left -= len(part)
        if left < 0 or (inflate is not None and inflate.unconsumed_tail):
            raise UnreadableError(Reason.ANSWER_TOO_LARGE, most=most // 1_000_000)
        parts.append(part)
    return b"".join(parts)
