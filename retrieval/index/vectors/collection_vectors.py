"""The vectors of a collection, as far as they are made, in the order of its index."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.index.collection_index import Index
from retrieval.index.vectors.embedded_texts import paragraph_texts, plain_text, window_text
from retrieval.index.vectors.encoder import Encoder
from retrieval.index.vectors.quantization import Quantized, nothing, quantized
from retrieval.index.vectors.sentence_requests import SentenceRequests
from retrieval.index.vectors.sentence_rows import SentenceRows
from retrieval.index.vectors.vector_store import VectorStore, digest

MOST_PARAGRAPHS = 20_000  # of a larger collection sentences are encoded when they are needed
SAMPLE = 2500  # sentences tell how near a collection is on the whole
BATCH = 16


class Layer(StrEnum):
    """What has a vector; they are made in this order."""

    PARAGRAPH = "paragraph"
    WINDOW = "window"
    PLAIN = "plain"


SENTENCE_LAYERS = (Layer.WINDOW, Layer.PLAIN)


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
    """The vectors of one layer, in the index's order, and which of them are there.

    Every `step`-th one is wanted in any case. Those that are not there take no memory.
    """

    def __init__(self, count: int, dimensions: int, step: int = 1) -> None:
        self.vectors: Quantized = nothing(count, dimensions)
        self.are_there = np.zeros(count, dtype=bool)
        self.step = step

    def __len__(self) -> int:
        return len(self.are_there)

    @property
    def share(self) -> float:
        """The share that is there of those wanted in any case, from 0 to 1; 0 of none."""
        return float(self.are_there[:: self.step].mean()) if len(self) else 0.0

    def put(self, number: int, vectors: Quantized) -> None:
        """Fill in one vector."""
        self.vectors.codes[number] = vectors.codes[0]
        self.vectors.scales[number] = vectors.scales[0]
        self.are_there[number] = True


class CollectionVectors:
    """The vectors of one collection, read from a store and added to it.

    A paragraph has one vector for each of its parts: `paragraph_parts` says with which of the
    layer's vectors each paragraph begins. `generation` grows whenever vectors come in.

    Of more than `most` paragraphs, the sentences get vectors only as they are needed (`need`),
    beside a sample of them. `sentences` is whether they get any at all.
    """

    def __init__(
        self,
        index: Index,
        store: VectorStore,
        *,
        sentences: bool = True,
        most: int = MOST_PARAGRAPHS,
    ) -> None:
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
        self.is_on_demand = sentences and len(paragraphs) > most
        self._requests = SentenceRequests(store.path.with_suffix(".needed"))
        self._needed: set[int] = set()
        self._unclaimed: dict[bytes, int] = {}
        counts = {Layer.PARAGRAPH: len(self._paragraph_of_part)}
        counts |= dict.fromkeys(SENTENCE_LAYERS, len(self.rows) if sentences else 0)
        dimensions = store.encoder.dimensions
        self.step = max(1, len(self.rows) // SAMPLE)
        of_sentences = self.step if self.is_on_demand else 1
        steps = {layer: of_sentences if layer in SENTENCE_LAYERS else 1 for layer in counts}
        self.layers = {
            layer: LayerVectors(n, dimensions, steps[layer]) for layer, n in counts.items()
        }
        self._wanted: dict[bytes, list[tuple[Layer, int]]] = defaultdict(list)
        for layer, count in counts.items():
            for row in range(0, count, steps[layer]):
                self._want(layer, row)
        self.refresh()

    @property
    def encoder(self) -> Encoder:
        """What makes the vectors."""
        return self._store.encoder

    @property
    def progress(self) -> Progress:
        """How far it is."""
        wanted = [layer.are_there[:: layer.step] for layer in self.layers.values()]
        return Progress(sum(int(part.sum()) for part in wanted), sum(map(len, wanted)))

    def refresh(self) -> None:
        """Take over what the store has got since."""
        with self._lock:
            if not self._wanted and not self.is_on_demand:
                return
            records = self._store.records(self._read)
            self._read += len(records)
            first = self._read - len(records)
            before = len(self._wanted)
            for number, key in enumerate(records["digest"].tolist()):
                if key in self._wanted:
                    self._fill(key, records[number : number + 1])
                elif self.is_on_demand:
                    self._unclaimed[key] = first + number
            self.generation += len(self._wanted) < before

    def need(self, paragraphs: Iterable[int]) -> None:
        """Let the sentences of these paragraphs, by their rows, have vectors soon.

        What is kept of them is there at once; the others are noted for whoever makes vectors.
        """
        if not self.is_on_demand:
            return
        new = [row for row in paragraphs if row not in self._needed]
        with self._lock:
            missing = [row for row in new if not self._claim(row)]
            self.generation += len(missing) < len(new)
        self._requests.add(int(self.rows.paragraphs[row]) for row in missing)

    def make(self, most: int = BATCH) -> bool:
        """Encode the next texts and add them to the store; whether there were any.

        Paragraphs come first, then windows, then sentences alone, and then what was needed since.
        Raises VectorStoreError.
        """
        self.refresh()
        if self.is_on_demand and not self._wanted:
            with self._lock:
                for number in self._requests.take():
                    row = self.rows.paragraph_row(number)
                    if row < len(self.rows.paragraphs):
                        self._claim(row)
        chosen = [(key, places[0]) for key, places in islice(self._wanted.items(), most)]
        if chosen:
            texts = [self._text(layer, number) for _, (layer, number) in chosen]
            vectors = quantized(self.encoder.passages(texts))
            self._store.add([key for key, _ in chosen], vectors)
            self.refresh()
        return bool(chosen)

    def _want(self, layer: Layer, row: int) -> bytes:
        key = digest(self._store.encoder.name, self._text(layer, row))
        self._wanted[key].append((layer, row))
        return key

    def _claim(self, paragraph: int) -> bool:
        """Want the sentences of a paragraph, by its row; whether all of them are there now."""
        self._needed.add(paragraph)
        keys = set()
        for row in self.rows.of_paragraph(paragraph):
            for layer in SENTENCE_LAYERS:
                if not self.layers[layer].are_there[row]:
                    keys.add(self._want(layer, row))
        for key in keys & self._unclaimed.keys():
            self._fill(key, self._store.records(self._unclaimed.pop(key))[:1])
        return not any(key in self._wanted for key in keys)

    def _fill(self, key: bytes, record: NDArray[Any]) -> None:
        """Take over a record, unless it is damaged."""
        if len(record) and self._store.is_sound(record[0]):
            for layer, number in self._wanted.pop(key):
                self.layers[layer].put(number, Quantized(record["codes"], record["scale"]))

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
