"""How far texts hold the words of a question, told from the counts of their terms, all at once."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from retrieval.index.collection_index import Index
from retrieval.index.statistics import Scores
from retrieval.index.term_counts import Counts
from retrieval.questions.query import Query

Coverage: TypeAlias = NDArray[np.float64]  # of W words by N texts; shape (W, N)


class WordCoverage:
    """Tells the coverage of a query's words; `column` is where each of their terms is counted."""

    def __init__(self, index: Index, query: Query, column: Mapping[str, int]) -> None:
        self._weights = [(word.weight, index.sentences.idf(word.phrase)) for word in query.words]
        # What no article holds, no text covers.
        self._phrases = [
            [([column[term] for term in phrase], w) for phrase, w in word.alternatives.items()]
            if word.known
            else []
            for word in query.words
        ]

    def of(self, counts: Counts) -> Coverage:
        """`QueryWord.coverage` by each text, of which the terms are counted in a row."""
        is_held = (counts > 0).T
        found = np.zeros((len(self._phrases), len(counts)))
        for row, phrases in zip(found, self._phrases, strict=True):
            for columns, weight in phrases:
                holds = is_held[columns].all(axis=0) if columns[1:] else is_held[columns[0]]
                np.maximum(row, weight * holds, out=row)
        return found

    def idf_share(self, coverage: Coverage) -> Scores:
        """`idf_share` of the question by each text; shape (N,)."""
        held, possible = np.zeros(coverage.shape[1]), 0.0
        for (weight, idf), covered in zip(self._weights, coverage, strict=True):
            possible += weight * idf
            held += weight * idf * covered
        return held / possible if possible else held

    def gain(self, above: Coverage, own: Coverage, share: float) -> Scores:
        """What each sentence gains by the words that it lacks and that stand above it.

        That is the share of the idf of each. `above` has one text for each sentence, or one for
        all of them.
        """
        total = np.zeros(own.shape[1])
        for (weight, idf), over, covered in zip(self._weights, above, own, strict=True):
            total += np.where(covered, 0.0, share * weight * idf * over)
        return total
