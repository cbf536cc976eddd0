"""Texts as they are stored: compressed, because they are the largest part of a collection."""

import sqlite3
import zlib

DECOMPRESSED = "decompressed"  # the function of that name in SQL


def compressed(text: str) -> bytes:
    """The text as it is stored; lone surrogates, which UTF-8 does not know, become `?`."""
    return zlib.compress(_encoded(text))


def size_of(text: str) -> int:
    """The size of a text in UTF-8, before it is compressed."""
    return len(_encoded(text))


def decompresses(connection: sqlite3.Connection) -> None:
    """Let the statements of a connection read what was compressed."""
    connection.create_function(DECOMPRESSED, 1, _decompressed, deterministic=True)


def _decompressed(stored: bytes) -> str:
    return zlib.decompress(stored).decode()


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
