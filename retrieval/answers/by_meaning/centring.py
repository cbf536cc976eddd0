"""Centring: how near vectors are without what all texts have in common.

All vectors of an encoder point more or less the same way. What lies near their mean, as a sentence
that says little does, is near to every question, and most of all to one in another language.
Without the mean, what a text says itself decides (Mu and Viswanath 2018, All-but-the-Top). That
finds more in other words, and the cosines as they are find more in the same; so both count.
"""

from dataclasses import dataclass

import numpy as np

from retrieval.answers.by_meaning.background import Background
from retrieval.index.vectors.quantization import Cosines, Quantized, quantized

LEAST_DISTANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Centre:
    """The means of unrelated passages and of unrelated questions, one vector each."""

    passages: Quantized
    questions: Quantized

    def centred(self, vectors: Quantized) -> "Centred":
        """What is needed to centre the cosines of passages; they have unit length."""
        between = self.passages.cosines(self.passages)[0, 0]
        squared = 1 - 2 * vectors.cosines(self.passages)[:, 0] + between
        return Centred(
            centre=self,
            along=vectors.cosines(self.questions)[:, 0],
            distance=np.sqrt(np.maximum(squared, LEAST_DISTANCE**2)),
        )


@dataclass(frozen=True, slots=True)
class Centred:
    """How passages lie to the centre.

    `along` are their dot products with the mean of questions, `distance` how far they are from
    the mean of passages; shapes (n,).
    """

    centre: Centre
    along: Cosines
    distance: Cosines

    def nearness(self, cosines: Cosines, asked: Quantized) -> Cosines:
        """The cosines without the means, up to a factor that is the same for all; shape (n,).

        `cosines` are those of the passages with the question `asked`, shape (n,).
        """
        passages, questions = self.centre.passages, self.centre.questions
        shared = (passages.cosines(asked) - passages.cosines(questions))[0, 0]
        nearness: Cosines = (cosines - self.along - shared) / self.distance
        return nearness


def centre_of(background: Background) -> Centre:
    """The centre of the background's texts."""
    return Centre(_mean(background.sentences), _mean(background.questions))


def _mean(vectors: Quantized) -> Quantized:
    whole = vectors.codes * vectors.scales[:, None]
    return quantized(whole.mean(axis=0, keepdims=True))
