"""Other searches, as they come, to compare speed and size with: rank-bm25, bm25s and tantivy.

The only module that imports bm25s. It uses tantivy by itself, since the store's index is what is
compared with it. Each library is imported only by who uses it, since its memory counts.
"""

import re
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from retrieval.errors import RetrievalError

if TYPE_CHECKING:
    from retrieval.index.bm25 import PlainOkapi

FOUND = 10
HEAP = 128_000_000  # bytes that tantivy's writer may take
TEXT, NUMBER = "text", "number"
MISSING = "bm25s is not installed; pip install 'footnote-bot[bench]' lets Footnote be compared"


class PeerError(RetrievalError):
    """A search cannot be compared with; the text says why and what to do."""


def check_peers() -> None:
    """Raises PeerError if one of them is not installed."""
    if find_spec("bm25s") is None:
        raise PeerError(MISSING)


class Peer(Protocol):
    """A search over texts, which it may keep in a folder."""

    def build(self, texts: Sequence[str]) -> None:
        """Make its index and keep it, if it can."""

    def open(self, read: Callable[[], Sequence[str]]) -> None:
        """Make ready to search; who cannot keep an index reads the texts."""

    def best(self, question: str) -> list[int]:
        """The numbers of the texts that come first, at most ten."""

    def add(self, texts: Sequence[str]) -> bool:
        """Add texts, which are found at once; False if that takes a new build."""


class OkapiPeer:
    """rank-bm25, see `PlainOkapi`; it keeps nothing."""

    def __init__(self, folder: Path) -> None:
        del folder
        self._okapi: PlainOkapi

    def build(self, texts: Sequence[str]) -> None:
        from retrieval.index.bm25 import PlainOkapi

        self._okapi = PlainOkapi(texts)

    def open(self, read: Callable[[], Sequence[str]]) -> None:
        self.build(read())

    def best(self, question: str) -> list[int]:
        return self._okapi.best(question, FOUND)

    def add(self, texts: Sequence[str]) -> bool:
        del texts
        return False


class Bm25sPeer:
    """bm25s, its index mapped into memory."""

    def __init__(self, folder: Path) -> None:
        import bm25s

        self._bm25s = bm25s
        self._folder = str(folder)
        self._found = bm25s.BM25()

    def build(self, texts: Sequence[str]) -> None:
        tokens = self._bm25s.tokenize(list(texts), stopwords=None, show_progress=False)
        self._found.index(tokens, show_progress=False)
        self._found.save(self._folder)

    def open(self, read: Callable[[], Sequence[str]]) -> None:
        del read
        self._found = self._bm25s.BM25.load(self._folder, mmap=True)

    def best(self, question: str) -> list[int]:
        tokens = self._bm25s.tokenize([question], stopwords=None, show_progress=False)
        count = min(FOUND, int(self._found.scores["num_docs"]))
        found = self._found.retrieve(tokens, k=count, show_progress=False)
        return [int(number) for number in found.documents[0]]

    def add(self, texts: Sequence[str]) -> bool:
        del texts
        return False


class TantivyPeer:
    """Bare tantivy with its usual tokenizer, the texts not stored."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field(TEXT)
        builder.add_unsigned_field(NUMBER, fast=True)
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(builder.build(), path=str(folder))

    def build(self, texts: Sequence[str]) -> None:
        self.add(texts)

    def add(self, texts: Sequence[str]) -> bool:
        first = self._index.searcher().num_docs
        writer = self._index.writer(HEAP, num_threads=1)
        for number, text in enumerate(texts, start=first):
            document = self._tantivy.Document()
            document.add_text(TEXT, text)
            document.add_unsigned(NUMBER, number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self.open(lambda: texts)
        return True

    def open(self, read: Callable[[], Sequence[str]]) -> None:
        del read
        self._index.reload()
        self._searcher = self._index.searcher()

    def best(self, question: str) -> list[int]:
        words = " ".join(re.findall(r"\w+", question.lower()))
        query = self._index.parse_query(words, [TEXT])
        hits = self._searcher.search(query, limit=FOUND, count=False).hits
        values = self._searcher.fast_field_values(NUMBER, [place for _, place in hits])
        return [int(value) for value in values if value is not None]


PEERS: dict[str, Callable[[Path], Peer]] = {
    "rank-bm25": OkapiPeer,
    "bm25s": Bm25sPeer,
    "tantivy": TantivyPeer,
}
