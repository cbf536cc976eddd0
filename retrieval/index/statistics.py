"""The statistics of texts that are lists of terms, and their exact BM25 scores, with k1 and b."""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

# A term, or several that must all be there: ("US",) and ("unit", "state").
Phrase: TypeAlias = tuple[str, ...]
# What a word of the question may be found as, and how much that is worth (0 to 1).
Alternatives: TypeAlias = Mapping[Phrase, float]
Scores: TypeAlias = NDArray[np.float64]

MOST_REMEMBERED_TERMS = 20_000
# Tuned on SQuAD 2.0; a short sentence gains less from repeating a word than a paragraph does.
PARAGRAPH_K1, PARAGRAPH_B = 1.5, 0.75
SENTENCE_K1, SENTENCE_B = 0.9, 0.4


def lucene_idf(texts: int, holding: int) -> float:
    """`ln(1 + (N - n + 0.5) / (n + 0.5))` for a term that n of N texts hold.

    Source: Lucene's BM25Similarity; Robertson's formula without the one added goes below zero.
    """
    return math.log(1 + (texts - holding + 0.5) / (holding + 0.5))


class TextStatistics:
    """What BM25 needs to know of many texts.

    `count` is how many there are, `average` how many terms one has, `holding` how many of them
    hold a term; k1 and b are the parameters of BM25.
    """

    def __init__(
        self, count: int, average: float, holding: Callable[[str], int], k1: float, b: float
    ) -> None:
        self.count = count
        self.average = average
        self.k1, self.b = k1, b
        self.holding = lru_cache(maxsize=MOST_REMEMBERED_TERMS)(holding)
        self.idf_of = lru_cache(maxsize=MOST_REMEMBERED_TERMS)(self._idf_of)
        self.idf = lru_cache(maxsize=MOST_REMEMBERED_TERMS)(self._idf)

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self.holding(term) > 0

    def _idf_of(self, term: str) -> float:
        """The idf of a term; of one in no text, that of n = 0."""
        return lucene_idf(self.count, self.holding(term))

    def _idf(self, phrase: Phrase) -> float:
        """The idf of a phrase's rarest term."""
        return max(map(self.idf_of, phrase))

    def knows(self, phrase: Phrase) -> bool:
        """Whether each of the phrase's terms is in some text."""
        return all(term in self for term in phrase)


# A phrase's terms, each with its idf, and the factor that the mean of its scores counts with.
_Weighed: TypeAlias = tuple[tuple[tuple[str, float], ...], float]


class Bm25Scorer:
    """The BM25 scores of one question for texts that are handed in.

    A text's score is `sum of idf(t) * f(t) * (k1 + 1) / (f(t) + k1 * (1 - b + b * length /
    average length))` over the words of the question, with f(t) the term's count in the text
    (Robertson and Zaragoza 2009, The Probabilistic Relevance Framework). Of a word's
    alternatives the one that scores highest in a text counts; none has a higher idf than the
    first, or a rare synonym would outdo the word that was asked for. A phrase scores the mean of
    its terms, if all are there.

    The sums are added up in the same order as rank_bm25 does, so both come to the same numbers.
    """

    def __init__(self, statistics: TextStatistics, words: Sequence[Alternatives]) -> None:
        self._k1, self._b, self._average = statistics.k1, statistics.b, statistics.average
        self._words = [_weighed(statistics, alternatives) for alternatives in words]
        # The phrases that begin with a term, each with the place of its word in the question.
        self._beginning: dict[str, list[tuple[int, _Weighed]]] = {}
        for place, phrases in enumerate(self._words):
            for weighed in phrases:
                self._beginning.setdefault(weighed[0][0][0], []).append((place, weighed))
        self.terms = frozenset(
            term
            for phrases in self._beginning.values()
            for _, (terms, _) in phrases
            for term, _ in terms
        )

    def scores(
        self, counts: NDArray[np.int64], lengths: NDArray[np.int64], column: Mapping[str, int]
    ) -> Scores:
        """The scores of many texts at once, equal to `score` of each; shape (texts,).

        `counts` has a row for each text, and a column for each term as `column` says.
        """
        if not self.terms:  # nor need there be any text with a term then
            return np.zeros(len(lengths))
        norm = self._k1 * (1 - self._b + self._b * lengths / self._average)
        share = counts * (self._k1 + 1) / (counts + norm[:, np.newaxis])
        total = np.zeros(len(lengths))
        for phrases in self._words:
            best = np.zeros(len(lengths))
            for terms, factor in phrases:
                value = np.zeros(len(lengths))
                for term, idf in terms:
                    value += idf * share[:, column[term]]
                for term, _ in terms[1:] and terms:
                    value[counts[:, column[term]] == 0] = 0.0
                np.maximum(best, factor * (value / len(terms)), out=best)
            total += best
        return total

    def score(self, counts: Mapping[str, int], length: int) -> float:
        """The score of a text of `length` terms that holds each term as often as `counts` says."""
        held = [first for first in self._beginning if first in counts]
        if not held:
            return 0.0
        more = self._k1 + 1
        norm = self._k1 * (1 - self._b + self._b * length / self._average)
        best: dict[int, float] = {}
        for first in held:
            for place, (terms, factor) in self._beginning[first]:
                score = 0.0
                for term, idf in terms:
                    count = counts.get(term)
                    if not count:
                        break
                    score += idf * (count * more / (count + norm))
                else:
                    value = factor * (score / len(terms))
                    if value > best.get(place, 0.0):
                        best[place] = value
        total = 0.0
        for place in sorted(best):
            total += best[place]
        return total


def _weighed(statistics: TextStatistics, alternatives: Alternatives) -> list[_Weighed]:
    """The alternatives of a word that some text may hold."""
    highest = statistics.idf(next(iter(alternatives)))
    return [
        (
            tuple((term, statistics.idf_of(term)) for term in phrase),
            weight * min(1.0, highest / statistics.idf(phrase)),
        )
        for phrase, weight in alternatives.items()
        if statistics.knows(phrase)
    ]
