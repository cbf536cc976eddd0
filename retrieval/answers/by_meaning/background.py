"""A background of unrelated text: how near does a question come to what has nothing to do with it?

A cosine says little in itself: some questions are near to everything. How far the best sentence
stands above unrelated ones, seen from the question and from the sentence, compares between
questions. `tests/background/make_background.py` makes the file.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from retrieval.index.vectors.quantization import Cosines, Quantized

FILE = Path(__file__).parent / "background.npz"
NEAREST = 50


class Background(NamedTuple):
    """Vectors of sentences and questions that have nothing to do with any collection."""

    encoder: str
    sentences: Quantized
    questions: Quantized

    def height(self, question: Quantized, sentence: Quantized, cosine: float) -> float:
        """How far the cosine of the two stands above the background, from both sides.

        The sum of its distances to the means of the 50 nearest sentences and questions there.
        """
        above = cosine - _nearest(self.sentences.cosines(question))
        return above + cosine - _nearest(self.questions.cosines(sentence))


@cache
def shipped_background() -> Background:
    """The background that comes with the program."""
    with np.load(FILE, allow_pickle=False) as arrays:
        return Background(
            encoder=str(arrays["encoder"]),
            sentences=Quantized(arrays["sentences"], arrays["sentence_scales"]),
            questions=Quantized(arrays["questions"], arrays["question_scales"]),
        )


def _nearest(cosines: Cosines) -> float:
    return float(np.sort(cosines, axis=None)[-NEAREST:].mean())
