"""The file in which vectors are kept: records of one length, added at the end.

    header (64 bytes) | record | record | …
    record: digest of text and encoder (16) | checksum (4) | scale (4) | codes (dimensions)

A process may be killed at any moment. What it leaves of a record at the end is no whole record:
readers pass it over, and the next writer cuts it off. Readers take no lock; they only ever look
at whole records, and those never change. Where most are of texts that are gone, another file takes
the place of this one, in which records have other numbers.
"""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.errors import RetrievalError, where
from retrieval.index.vectors.embedded_texts import DIGEST_SIZE, text_digest
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.quantization import Quantized

Keys: TypeAlias = NDArray[np.uint64]  # shape (texts, 2): what vectors are kept under

HEADER_SIZE = 64
RECORDS_COPIED_AT_ONCE = 4096
SUFFIX = ".vectors"
FORMER = b"Footnote's vectors, version 1,"
UNWRITTEN = np.uint32(0x5EED)  # so that nothing but zeros is no record


class VectorStoreError(RetrievalError):
    """The file of vectors cannot be used; the text says why and what to do."""


def digest(encoder: str, text: str) -> bytes:
    """What a text's vector is kept under."""
    return keys_of(text_digest(text), encoder).tobytes()


def keys_of(digests: bytes | bytearray, encoder: str) -> Keys:
    """What vectors are kept under: the digests of their texts, masked by the encoder's name."""
    texts, mask = (np.frombuffer(part, "<u8") for part in (digests, text_digest(encoder)))
    masked: Keys = texts.reshape(-1, 2) ^ mask
    return masked


class VectorStore:
    """The vectors of one encoder in one folder; several processes may use it at once."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        name = re.sub(r"[^\w.-]", "-", encoder.name)
        self.path = folder / f"{name}{SUFFIX}"
        self.encoder = encoder
        self._record = np.dtype(
            [
                ("digest", f"V{DIGEST_SIZE}"),
                ("checksum", "<u4"),
                ("scale", "<f4"),
                ("codes", "i1", (encoder.dimensions,)),
            ]
        )
        title = f"Footnote's vectors, version 2, {encoder.dimensions} numbers each"
        self._header = title.encode().ljust(HEADER_SIZE - 1) + b"\n"

    def records(self, start: int = 0) -> NDArray[Any]:
        """The whole records from number `start` on, as they lie on the disk.

        An empty array where there is no file yet, or one that is not ours.
        """
        try:
            with self.path.open("rb") as file:
                count = self._count(os.fstat(file.fileno()).st_size)
                if count <= start or file.read(HEADER_SIZE) != self._header:
                    return np.zeros(0, self._record)
                offset = HEADER_SIZE + start * self._record.itemsize
                return np.memmap(file, self._record, "r", offset, (count - start,))
        except (OSError, ValueError):  # not there, not readable, or cut short meanwhile
            return np.zeros(0, self._record)

    def keys(self, start: int, most: int) -> Keys:
        """The keys of at most `most` records, from number `start` on; shape (n, 2).

        The file is mapped only meanwhile, so that it never counts in the memory as a whole.
        """
        digests = self.records(start)["digest"][:most]
        return np.ascontiguousarray(digests).view("<u8").reshape(-1, 2)

    @property
    def file(self) -> int:
        """Which file it is, of those that take the place of one another; 0 where there is none."""
        try:
            return self.path.stat().st_ino
        except OSError:
            return 0

    def sound(self, records: NDArray[Any]) -> NDArray[np.bool_]:
        """Which of the records are as they were written; shape (records,)."""
        are_sound: NDArray[np.bool_] = records["checksum"] == _checksums(records)
        return are_sound

    def add(self, digests: Sequence[bytes], vectors: Quantized) -> None:
        """Add a vector for each digest; raises VectorStoreError."""
        records = np.zeros(len(digests), self._record)
        records["digest"] = np.frombuffer(b"".join(digests), f"V{DIGEST_SIZE}")
        records["scale"] = vectors.scales
        records["codes"] = vectors.codes
        records["checksum"] = _checksums(records)
        with self._changing():
            self._append(records.tobytes())

    def take_over(self, other: "VectorStore") -> None:
        """Add what another store of the same encoder has more; raises VectorStoreError."""
        known, records = self.records()["digest"], other.records()
        for start in range(0, len(records), RECORDS_COPIED_AT_ONCE):
            some = records[start : start + RECORDS_COPIED_AT_ONCE]
            some = some[other.sound(some) & ~np.isin(some["digest"], known)]
            if len(some):
                digests = [digest.tobytes() for digest in some["digest"]]
                self.add(digests, Quantized(some["codes"], some["scale"]))

    def keep(self, keys: Keys) -> None:
        """Write a file without the vectors that are under none of the keys, if most are not.

        Raises VectorStoreError.
        """
        with self._changing():
            records = self.records()
            are_kept = np.isin(records["digest"], keys.view(f"V{DIGEST_SIZE}"))
            if 2 * int(are_kept.sum()) >= len(records):
                return
            new = self.path.with_suffix(".new")
            with open(new, "wb", opener=_private) as file:
                file.write(self._header)
                for start in range(0, len(records), RECORDS_COPIED_AT_ONCE):
                    some = slice(start, start + RECORDS_COPIED_AT_ONCE)
                    file.write(records[some][are_kept[some]].tobytes())
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Lock the file against changes by other processes; raises VectorStoreError."""
        from filelock import FileLock  # only who writes needs it

        try:
            self.path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), mode=0o600):
                yield
        except OSError as error:
            problem = f"cannot be written ({error.strerror or error})"
            remedy = "check that there is room and that the folder may be written"
            raise VectorStoreError(f"{where(self.path)}: {problem}; {remedy}") from error

    def _append(self, content: bytes) -> None:
        self._drop_former()
        with open(self.path, "ab+", opener=_private) as file:  # Path.open takes none
            size = os.fstat(file.fileno()).st_size
            file.seek(0)
            begun = file.read(HEADER_SIZE)
            if not self._header.startswith(begun):
                remedy = "move it away, and it is made anew"
                raise VectorStoreError(f"{where(self.path)}: this is no file of vectors; {remedy}")
            if len(begun) < HEADER_SIZE:
                content = self._header + content
                file.truncate(0)
            else:
                file.truncate(HEADER_SIZE + self._count(size) * self._record.itemsize)
            try:
                file.write(content)
                file.flush()
            except OSError:
                with suppress(OSError):  # or it is cut off when the next one is added
                    file.truncate(size)
                raise

    def _drop_former(self) -> None:
        """Remove a file of the former version: nothing in it would be found any more."""
        with suppress(FileNotFoundError), self.path.open("rb") as file:
            if file.read(len(FORMER)) == FORMER:
                self.path.unlink()

    def _count(self, size: int) -> int:
        return max(0, size - HEADER_SIZE) // int(self._record.itemsize)


def _private(path: str, flags: int) -> int:
    """Open a file that only this user reads, if it is made by that."""
    return os.open(path, flags, 0o600)


def _checksums(records: NDArray[Any]) -> NDArray[np.uint32]:
    """The exclusive or of each record's other words of four bytes."""
    size = records.dtype.itemsize
    words = np.ascontiguousarray(records).view("<u4").reshape(len(records), size // 4)
    place = DIGEST_SIZE // 4
    before, behind = words[:, :place], words[:, place + 1 :]
    either = (np.bitwise_xor.reduce(part, axis=1) for part in (before, behind))
    found: NDArray[np.uint32] = next(either) ^ next(either) ^ UNWRITTEN
    return found
