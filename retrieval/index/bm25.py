"""BM25 over texts that are lists of terms. The only module that imports rank_bm25."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

# A term, or several that must all be there: ("US",) and ("unit", "state").
Phrase: TypeAlias = tuple[str, ...]
# What a word of the question may be found as, and how much that is worth (0 to 1).
Alternatives: TypeAlias = Mapping[Phrase, float]
Scores: TypeAlias = NDArray[np.float64]


MOST_PHRASES = 20_000


class _Okapi(BM25Okapi):  # type: ignore[misc]  # rank_bm25 ships no types
    """rank_bm25's Okapi with Lucene's idf, which stays above zero for frequent terms."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, found) for term, found in nd.items()}


def lucene_idf(texts: int, holding: int) -> float:
    """`ln(1 + (N - n + 0.5) / (n + 0.5))` for a term that n of N texts hold.

    Source: Lucene's BM25Similarity; Robertson's formula without the one added goes below zero.
    """
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))


class BM25:
    """BM25 over texts that are lists of terms.

    A text's score is `sum of idf(t) * f(t) * (k1 + 1) / (f(t) + k1 * (1 - b + b * length /
    average length))` over the words of the question, with f(t) the term's count in the text
    (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework). Of a word's
    alternatives the one that scores highest in a text counts; none has a higher idf than the
    first, or a rare synonym would outdo the word that was asked for.
    """

    def __init__(self, texts: Sequence[Sequence[str]], k1: float, b: float) -> None:
        self._size = len(texts)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(texts):
            for term in dict.fromkeys(text):
                self._postings[term].append(number)
        self._idf = {t: lucene_idf(self._size, len(n)) for t, n in self._postings.items()}
        self._idf_of_none = lucene_idf(self._size, 0)
        self._scores_of = lru_cache(maxsize=MOST_PHRASES)(self._phrase_scores)
        self._okapi: BM25Okapi = None
        if self._postings:  # without any term rank_bm25 divides by zero
            self._okapi = _Okapi(texts, k1=k1, b=b)
            self._okapi.doc_len = np.asarray(self._okapi.doc_len)

    def __contains__(self, term: object) -> bool:
        return term in self._postings

    @property
    def terms(self) -> list[str]:
        """All terms of the texts, in alphabetical order."""
        return sorted(self._postings)

    def idf(self, phrase: Phrase) -> float:
        """The idf of a phrase's rarest term; of a term in no text, that of n = 0."""
        return max(self._idf.get(term, self._idf_of_none) for term in phrase)

    def knows(self, phrase: Phrase) -> bool:
        """Whether each of the phrase's terms is in some text."""
        return all(term in self._postings for term in phrase)

    def scores(self, words: Sequence[Alternatives]) -> Scores:
        """The score of each text, 0 for one that holds none of the words; shape (texts,)."""
        total = np.zeros(self._size)
        for alternatives in words:
            best = np.zeros(self._size)
            highest = self.idf(next(iter(alternatives)))
            for phrase, weight in alternatives.items():
                if self.knows(phrase):
                    numbers, scores = self._scores_of(phrase)
                    factor = weight * min(1.0, highest / self.idf(phrase))
                    best[numbers] = np.maximum(best[numbers], factor * scores)
            total += best
        return total

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
