"""Centring: how near vectors are without what all texts have in common.

All vectors of an encoder point more or less the same way. What lies near their mean, as a sentence
that says little does, is near to every question, and most of all to one in another language.
Without the mean, what a text says itself decides (Mu and Viswanath 2018, All-but-the-Top). That
finds more in other words, and the cosines as they are find more in the same; so both count.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.answers.by_meaning.background import Background
from retrieval.index.vectors.quantization import Cosines, Quantized, quantized

LEAST_DISTANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Centre:
    """The means of unrelated passages and of unrelated questions, one vector each."""

    passages: Quantized
    questions: Quantized


class CentredVectors:
    """How passages, which have unit length, lie to a centre.

    It is found out of each when it is first compared: of a large collection most never are, and
    vectors may still come in.
    """

    def __init__(self, centre: Centre, vectors: Quantized) -> None:
        self._centre = centre
        self._vectors = vectors
        count = len(vectors)
        self._along = np.full(count, np.nan)  # the dot products with the mean of questions
        self._distances = np.full(count, np.nan)  # from the mean of passages

    def nearness(self, cosines: Cosines, asked: Quantized) -> Cosines:
        """The cosines without the means, up to a factor that is the same for all; shape (n,).

        `cosines` are those of the passages with the question `asked`, shape (n,), NaN where they
        are not compared.
        """
        self._note(np.flatnonzero(np.isnan(self._along) & ~np.isnan(cosines)))
        passages, questions = self._centre.passages, self._centre.questions
        shared = (passages.cosines(asked) - passages.cosines(questions))[0, 0]
        nearness: Cosines = (cosines - self._along - shared) / self._distances
        return nearness

    def _note(self, rows: NDArray[np.intp]) -> None:
        passages, vectors = self._centre.passages, self._vectors[rows]
        squared = 1 - 2 * vectors.cosines(passages)[:, 0] + passages.cosines(passages)[0, 0]
        self._distances[rows] = np.sqrt(np.maximum(squared, LEAST_DISTANCE**2))
        self._along[rows] = vectors.cosines(self._centre.questions)[:, 0]


def centre_of(background: Background) -> Centre:
    """The centre of the background's texts."""
    return Centre(_mean(background.sentences), _mean(background.questions))


def _mean(vectors: Quantized) -> Quantized:
    whole = vectors.codes * vectors.scales[:, None]
    return quantized(whole.mean(axis=0, keepdims=True))
