"""The vectors of a collection, as far as they are made, in the order of its index."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from threading import Lock

import numpy as np

from retrieval.index.collection_index import Index
from retrieval.index.vectors.embedded_texts import paragraph_texts, plain_text, window_text
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.quantization import Quantized, nothing, quantized
from retrieval.index.vectors.sentence_rows import SentenceRows
from retrieval.index.vectors.vector_store import VectorStore, digest

MOST_PARAGRAPHS = 20_000  # of a larger collection only paragraphs are encoded
BATCH = 16


class Layer(StrEnum):
    """What has a vector; they are made in this order."""

    PARAGRAPH = "paragraph"
    WINDOW = "window"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Progress:
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


class LayerVectors:
    """The vectors of one layer, in the index's order, and which of them are there."""

    def __init__(self, count: int, dimensions: int) -> None:
        self.vectors: Quantized = nothing(count, dimensions)
        self.are_there = np.zeros(count, dtype=bool)

    def __len__(self) -> int:
        return len(self.are_there)

    @property
    def share(self) -> float:
        """The share of them that is there, from 0 to 1; 0 of none."""
        return float(self.are_there.mean()) if len(self) else 0.0

    def put(self, number: int, vectors: Quantized) -> None:
        """Fill in one vector."""
        self.vectors.codes[number] = vectors.codes[0]
        self.vectors.scales[number] = vectors.scales[0]
        self.are_there[number] = True


class CollectionVectors:
    """The vectors of one collection, read from a store and added to it.

    A paragraph has one vector for each of its parts: `paragraph_parts` says with which of the
    layer's vectors each paragraph begins. `generation` grows whenever vectors come in.
    """

    def __init__(self, index: Index, store: VectorStore, *, sentences: bool = True) -> None:
        self._index = index
        self._store = store
        self._read = 0
        self._lock = Lock()
        self.generation = 0
        self.rows = SentenceRows(index)
        self._paragraph_of_part: list[int] = []
        paragraphs = range(len(self.rows.paragraphs))
        for row in paragraphs:
            parts = sum(1 for _ in paragraph_texts(index, int(self.rows.paragraphs[row])))
            self._paragraph_of_part += [row] * parts
        self.paragraph_parts = np.searchsorted(self._paragraph_of_part, paragraphs)
        with_sentences = sentences and len(paragraphs) <= MOST_PARAGRAPHS
        of_sentences = len(self.rows) if with_sentences else 0
        counts = {Layer.PARAGRAPH: len(self._paragraph_of_part)}
        counts |= dict.fromkeys((Layer.WINDOW, Layer.PLAIN), of_sentences)
        dimensions = store.encoder.dimensions
        self.layers = {layer: LayerVectors(n, dimensions) for layer, n in counts.items()}
        self._wanted: dict[bytes, list[tuple[Layer, int]]] = defaultdict(list)
        for layer, count in counts.items():
            for number in range(count):
                key = digest(store.encoder.name, self._text(layer, number))
                self._wanted[key].append((layer, number))
        self.refresh()

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors."""
        return self._store.encoder

    @property
    def progress(self) -> Progress:
        """How far it is."""
        there = sum(int(layer.are_there.sum()) for layer in self.layers.values())
        return Progress(there, sum(len(layer) for layer in self.layers.values()))

    def refresh(self) -> None:
        """Take over what the store has got since."""
        with self._lock:
            if not self._wanted:
                return
            records = self._store.records(self._read)
            self._read += len(records)
            before = len(self._wanted)
            for number, key in enumerate(records["digest"].tolist()):
                if key in self._wanted and self._store.is_sound(records[number]):
                    one = records[number : number + 1]
                    self._fill(key, Quantized(one["codes"], one["scale"]))
            self.generation += len(self._wanted) < before

    def make(self, most: int = BATCH) -> bool:
        """Encode the next texts and add them to the store; whether there were any.

        Paragraphs come first, then windows, then sentences alone. Raises VectorStoreError.
        """
        self.refresh()
        chosen = [(key, places[0]) for key, places in islice(self._wanted.items(), most)]
        if chosen:
            texts = [self._text(layer, number) for _, (layer, number) in chosen]
            vectors = quantized(self.encoder.passages(texts))
            self._store.add([key for key, _ in chosen], vectors)
            self.refresh()
        return bool(chosen)

    def _fill(self, key: bytes, vectors: Quantized) -> None:
        for layer, number in self._wanted.pop(key):
            self.layers[layer].put(number, vectors)

    def _text(self, layer: Layer, row: int) -> str:
        match layer:
            case Layer.WINDOW:
                return window_text(self._index, self.rows.number(row))
            case Layer.PLAIN:
                return plain_text(self._index, self.rows.number(row))
            case _:
                paragraph = self._paragraph_of_part[row]
                part = row - int(self.paragraph_parts[paragraph])
                number = int(self.rows.paragraphs[paragraph])
                return next(islice(paragraph_texts(self._index, number), part, None))
