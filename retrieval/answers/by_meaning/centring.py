"""Centring: how near vectors are without what all texts have in common.

All vectors of an encoder point more or less the same way. What lies near their mean, as a sentence
that says little does, is near to every question, and most of all to one in another language.
Without the mean, what a text says itself decides (Mu and Viswanath 2018, All-but-the-Top). That
finds more in other words, and the cosines as they are find more in the same; so both count.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.answers.by_meaning.background import Background
from retrieval.index.vectors.quantization import Cosines, Quantized, quantized

LEAST_DISTANCE = 1e-3


class Centre(NamedTuple):
    """The means of unrelated passages and of unrelated questions, one vector each."""

    passages: Quantized
    questions: Quantized


class CentredVectors:
    """How passages, which have unit length, lie to a centre; vectors may still come in."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre
        # The dot products with the mean of questions, and the distances from that of passages.
        self._known: NDArray[np.float64] = np.empty((2, 0))

    def nearness(
        self, cosines: Cosines, asked: Quantized, came: Quantized, places: NDArray[np.int32]
    ) -> Cosines:
        """The cosines without the means, up to a factor that is the same for all; shape (n,).

        `cosines` are those of passages with the question `asked`, shape (n,), and `places` where
        their vectors are in `came`; both are NaN and -1 where there is none. What has come before
        is as it was.
        """
        passages, questions = self._centre.passages, self._centre.questions
        shared = (passages.cosines(asked) - passages.cosines(questions))[0, 0]
        along, distances = self._noted(came)[:, places]
        nearness: Cosines = (cosines - along - shared) / distances
        return nearness

    def _noted(self, came: Quantized) -> NDArray[np.float64]:
        known = self._known  # of one and the same moment: another thread may note more
        if known.shape[1] < len(came):
            passages, vectors = self._centre.passages, came[known.shape[1] :]
            squared = 1 - 2 * vectors.cosines(passages)[:, 0] + passages.cosines(passages)[0, 0]
            distances = np.sqrt(np.maximum(squared, LEAST_DISTANCE**2))
            along = vectors.cosines(self._centre.questions)[:, 0]
            self._known = known = np.hstack([known, np.stack([along, distances])])
        return known


def centre_of(background: Background) -> Centre:
    """The centre of the background's texts."""
    return Centre(_mean(background.sentences), _mean(background.questions))


def _mean(vectors: Quantized) -> Quantized:
    whole = vectors.codes * vectors.scales[:, None]
    return quantized(whole.mean(axis=0, keepdims=True))
