"""BM25 over texts that are lists of terms. The only module that imports rank_bm25.

Its parameters, k1 and b, are in `statistics.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from rank_bm25 import BM25Okapi

from retrieval.index.statistics import Alternatives, Phrase, Scores, TextStatistics, lucene_idf

MOST_REMEMBERED_PHRASES = 20_000


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """rank_bm25's Okapi with Lucene's idf, which stays above zero for frequent terms."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, found) for term, found in nd.items()}


class BM25:
    """BM25 over texts that are lists of terms, by the formula of `Bm25Scorer`."""

    def __init__(self, texts: Sequence[Sequence[str]], k1: float, b: float) -> None:
        self._size = len(texts)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for term in dict.fromkeys(text):
                self._postings[term].append(number)
        self._scores_of = lru_cache(maxsize=MOST_REMEMBERED_PHRASES)(self._phrase_scores)
        self._okapi: BM25Okapi = None
        average = 0.0
        if self._postings:  # without any term rank_bm25 divides by zero
            self._okapi = _Okapi(texts, k1=k1, b=b)
            self._okapi.doc_len = np.asarray(self._okapi.doc_len)
            average = float(self._okapi.avgdl)
        self.statistics = TextStatistics(self._size, average, self._holding, k1, b)

    @property
    def terms(self) -> list[str]:
        """All terms of the texts, in alphabetical order."""
        return sorted(self._postings)

    def scores(self, words: Sequence[Alternatives]) -> Scores:
        """The score of each text, 0 for one that holds none of the words; shape (texts,)."""
        total = np.zeros(self._size)
        known = self.statistics
        for alternatives in words:
            best = np.zeros(self._size)
            highest = known.idf(next(iter(alternatives)))
            for phrase, weight in alternatives.items():
                if known.knows(phrase):
                    numbers, scores = self._scores_of(phrase)
                    factor = weight * min(1.0, highest / known.idf(phrase))
                    best[numbers] = np.maximum(best[numbers], factor * scores)
            total += best
        return total

    def _holding(self, term: str) -> int:
        return len(self._postings.get(term, ()))

    def _phrase_scores(self, phrase: Phrase) -> tuple[list[int], Scores]:
        """The texts that hold all terms of the phrase, and the mean of the terms' scores."""
        numbers = self._postings[phrase[0]]
        for term in phrase[1:]:
            holding = set(self._postings[term])
            numbers = [number for number in numbers if number in holding]
        if not numbers:
            return numbers, np.zeros(0)
        scores = np.asarray(self._okapi.get_batch_scores(list(phrase), numbers))
        return numbers, scores / len(phrase)


class PlainOkapi:
    """rank_bm25's Okapi as it comes, over lower-case words split at spaces."""

    def __init__(self, texts: Sequence[str]) -> None:
        split = [text.casefold().split() for text in texts]
        self._okapi: BM25Okapi = BM25Okapi(split) if any(split) else None

    def best(self, question: str, limit: int) -> list[int]:
        """The numbers of the `limit` texts with the highest scores."""
        if self._okapi is None:
            return []
        scores = self._okapi.get_scores(question.casefold().split())
        return [int(number) for number in np.argsort(-scores, kind="stable")[:limit]]
