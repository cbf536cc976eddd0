"""The vectors of a collection, as far as they are made, in the order of its index."""

from collections.abc import Iterable, Iterator
from itertools import islice
from threading import Lock
from typing import NamedTuple

import numpy as np

from retrieval.index.collection_index import IN_PARAGRAPH, Index
from retrieval.index.vectors.embedded_texts import (
    DIGEST_SIZE,
    paragraph_texts,
    plain_text,
    window_text,
)
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.layer_vectors import RECORDS_READ_AT_ONCE, Layer, LayerVectors
from retrieval.index.vectors.quantization import quantized
from retrieval.index.vectors.sentence_requests import SentenceRequests
from retrieval.index.vectors.sentence_rows import SentenceRows
from retrieval.index.vectors.vector_store import VectorStore, keys_of

MOST_ENCODED_WHOLE = 100_000  # sentences; those of a larger collection when they are needed
SAMPLE = 2500  # sentences tell how near a collection is on the whole
BATCH = 16
SENTENCE_LAYERS = (Layer.WINDOW, Layer.PLAIN)


class Progress(NamedTuple):
    """How many of a collection's vectors are there."""

    done: int
    total: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.done / self.total if self.total else 1.0

    @property
    def is_complete(self) -> bool:
        """Whether all are there."""
        return self.done == self.total


class CollectionVectors:
    """The vectors of one collection, read from a store and added to it.

    A paragraph has one vector for each of its parts: `paragraph_parts` says with which of the
    layer's vectors each paragraph begins. `generation` grows whenever vectors come in.

    Of more than `most` sentences, only a sample and those that are needed (`need`) get vectors.
    `sentences` is whether they get any at all.
    """

    def __init__(
        self,
        index: Index,
        store: VectorStore,
        *,
        sentences: bool = True,
        most: int = MOST_ENCODED_WHOLE,
    ) -> None:
        self._index = index
        self.store = store
        self._file = self._read = 0  # which file, and how many of its records are known
        self._lock = Lock()
        self.generation = 0
        self._requests = SentenceRequests(store.path.with_suffix(".needed"))
        self._needed: set[int] = set()
        numbers, counts, parts = [], [], []
        digests = {layer: bytearray() for layer in Layer}  # one behind the other
        for number, found in index.engine.embedded():
            numbers.append(number)
            counts.append(found.sentences)
            parts.append(len(found.parts) // DIGEST_SIZE)
            digests[Layer.PARAGRAPH] += found.parts
            if sentences:
                digests[Layer.WINDOW] += found.windows
                digests[Layer.PLAIN] += found.plain
        self.rows = SentenceRows(numbers, counts)
        self.is_on_demand = sentences and len(self.rows) > most
        self.step = max(1, len(self.rows) // SAMPLE)
        self.paragraph_parts = np.cumsum(parts, dtype=np.intp) - np.array(parts, dtype=np.intp)
        self.layers = {
            layer: LayerVectors(
                keys_of(digests.pop(layer), store.encoder.name),
                store.encoder.dimensions,
                self.step if self.is_on_demand and layer in SENTENCE_LAYERS else 1,
            )
            for layer in Layer
        }
        self.refresh()

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors."""
        return self.store.encoder

    @property
    def progress(self) -> Progress:
        """How far it is."""
        wanted = [layer.are_there[:: layer.step] for layer in self.layers.values()]
        return Progress(sum(int(part.sum()) for part in wanted), sum(map(len, wanted)))

    def refresh(self) -> None:
        """Take over what the store has got since."""
        with self._lock:
            if (file := self.store.file) != self._file:
                self._file, self._read = file, 0
            before = self._read
            while len(keys := self.store.keys(self._read, RECORDS_READ_AT_ONCE)):
                for layer in self.layers.values():
                    layer.note(keys, self._read)
                self._read += len(keys)
            if self._read > before:
                self._take()

    def copy_to(self, store: VectorStore) -> None:
        """Add what is there to another store; only a sample of sentences needed on demand.

        Raises VectorStoreError.
        """
        for layer in self.layers.values():
            layer.copy_to(store)

    def need(self, paragraphs: Iterable[int]) -> None:
        """Request vectors for the sentences of the paragraphs in these rows.

        What is kept of them is there at once; the others are noted for whoever makes vectors.
        """
        if not self.is_on_demand:
            return
        new = [row for row in paragraphs if row not in self._needed]
        with self._lock:
            self._want(new)
        missing = (row for row in new if not self._are_there(row))
        self._requests.add(int(self.rows.paragraphs[row]) for row in missing)

    def make(self, most: int = BATCH) -> bool:
        """Encode the next texts and add them to the store; whether there were any.

        Paragraphs come first, then windows, then sentences alone, and then what was needed since.
        Raises VectorStoreError.
        """
        self.refresh()
        chosen = dict(islice(self._missing(), most))
        if not chosen and self.is_on_demand:
            asked_for = map(self.rows.paragraph_row, self._requests.take())
            with self._lock:
                self._want([row for row in asked_for if row < len(self.rows.paragraphs)])
            chosen = dict(islice(self._missing(), most))
        if chosen:
            texts = [self._text(layer, row) for layer, row in chosen.values()]
            self.store.add(list(chosen), quantized(self.encoder.passages(texts)))
            self.refresh()
        return bool(chosen)

    def _missing(self) -> Iterator[tuple[bytes, tuple[Layer, int]]]:
        """The keys of the texts that have to be encoded, each once, with where they stand."""
        seen: set[bytes] = set()
        for name, layer in self.layers.items():
            for row in layer.missing:
                key = layer.keys[row].tobytes()
                if key not in seen:
                    seen.add(key)
                    yield key, (name, int(row))

    def _take(self) -> None:
        taken = [layer.take(self.store) for layer in self.layers.values()]
        self.generation += any(taken)

    def _want(self, paragraphs: Iterable[int]) -> None:
        """Want the sentences of paragraphs, by their rows."""
        for row in paragraphs:
            self._needed.add(row)
            for layer in SENTENCE_LAYERS:
                self.layers[layer].want(self.rows.of_paragraph(row))
        self._take()

    def _are_there(self, paragraph: int) -> bool:
        """Whether all sentences of a paragraph, by its row, have their vectors."""
        rows = self.rows.of_paragraph(paragraph)
        return all((self.layers[layer].places(rows) >= 0).all() for layer in SENTENCE_LAYERS)

    def _text(self, layer: Layer, row: int) -> str:
        paragraph = (
            int(np.searchsorted(self.paragraph_parts, row, "right")) - 1
            if layer is Layer.PARAGRAPH
            else self.rows.paragraph_of(row)
        )
        found = self._index.analysed(int(self.rows.paragraphs[paragraph]))
        title = self._index.articles[found.paragraph.article].title
        if layer is Layer.PARAGRAPH:
            part = row - int(self.paragraph_parts[paragraph])
            return next(islice(paragraph_texts(found, title), part, None))
        place = self.rows.number(row) & IN_PARAGRAPH
        return (
            window_text(found, title, place) if layer is Layer.WINDOW else plain_text(found, place)
        )
