"""Biased LexRank: which of the sentences that speak of a topic are the central ones.

Otterbacher, Erkan and Radev, "Biased LexRank: Passage retrieval using random walks with
question-based priors" (Information Processing and Management 45, 2009).
"""

from collections.abc import Mapping, Sequence

import numpy as np

from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.vectors.quantization import Cosines

MEANING_OF_LIKENESS = 0.25
LEAST_LIKENESS = 0.2
PASSED_ON = 0.5
ROUNDS = 15
LEAST_RELEVANCE = 0.05
LEAST_CLOSE = 0.36
MOST_SPREAD = 1500


class BiasedLexRank:
    """Passes relevance on between sentences that are alike in words or meaning."""

    def __init__(self, concepts: Concepts, meaning: Meaning | None) -> None:
        self._concepts = concepts
        self._meaning = meaning

    def relevance(self, close: Mapping[int, float]) -> dict[int, float]:
        """The relevance of sentences, from 0 to 1, by how closely each speaks of the topic.

        `x = (1 - d) * v + d * W @ x`, the mean of it and of that closeness. What is only like the
        others, and does not speak of the topic, is left out.
        """
        close = _closest(close)
        sentences = sorted(close)
        own = np.array([close[sentence] for sentence in sentences])
        if not own.any():
            return {}
        alike = self._alike(sentences)
        np.fill_diagonal(alike, 0.0)
        alike[alike < LEAST_LIKENESS] = 0.0
        alike /= np.maximum(alike.sum(axis=0), 1e-9)
        start = own / own.sum()
        rank = start
        for _ in range(ROUNDS):
            rank = (1 - PASSED_ON) * start + PASSED_ON * (alike @ rank)
        relevance = (own + rank / rank.max()) / 2
        return {
            sentence: float(value)
            for sentence, value in zip(sentences, relevance, strict=True)
            if value >= LEAST_RELEVANCE and close[sentence] >= LEAST_CLOSE
        }

    def _alike(self, sentences: Sequence[int]) -> Cosines:
        """How much each sentence is like each, by words and, where it can, by meaning."""
        by_words = self._concepts.likenesses(sentences)
        meant = self._meaning.likenesses(sentences) if self._meaning is not None else None
        if meant is None:
            return by_words
        return (1 - MEANING_OF_LIKENESS) * by_words + MEANING_OF_LIKENESS * meant


def _closest(close: Mapping[int, float]) -> Mapping[int, float]:
    """Those that are closest, in their order: as many as can be compared with one another."""
    if len(close) <= MOST_SPREAD:
        return close
    chosen = sorted(close, key=lambda sentence: (-close[sentence], sentence))[:MOST_SPREAD]
    return {sentence: close[sentence] for sentence in sorted(chosen)}
