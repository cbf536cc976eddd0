"""Fusion: words and meaning added up, and the order in which sentences are quoted.

    words   = 8.2 * BM25 / possible + 0.30 * bonus + 1.6 * fits
    meaning = 0.44 z(sentence) + 1.0 z(window) + 0.71 z(paragraph)
    first   = words + meaning + 0.05 * max(best neighbour's - best of all, -6)
    others  = 0.5 * words + meaning

The weights were fitted on SQuAD 2.0. The first quote goes by the sum; for the others words count
half, so that a passage in other words has its chance beside one that repeats the question's.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from retrieval.answers.by_meaning.meaning import Likeness
from retrieval.answers.ranking.candidates import NEED_BONUS, Candidate, told_share
from retrieval.answers.ranking.scoring import WordScores, may_be_quoted
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need

RELEVANCE_WEIGHT = 8.2
BONUS_WEIGHT = 0.30
FITS_WEIGHT = 1.6
LISTED_WEIGHT = 2.0  # for a list under the heading of what several are asked of
LEAST_HEADED = 0.5
NEIGHBOUR_WEIGHT = 0.05
LEAST_NEIGHBOUR = -6.0
NO_NEIGHBOUR = -9.0
LATER_WORDS = 0.5
LEAD_OF_FIRST = 1.0
FURTHER_DISTANCE = 3.5  # beyond it is one right sentence in 200, and most that are not
MOST_BY_WORDS = 60
MOST_BY_MEANING = 60


def fused(index: Index, query: Query, scores: WordScores, likeness: Likeness) -> list[Candidate]:
    """The best sentences by words and by meaning, in the order in which they are quoted.

    Their scores are those of the order: they compare with each other and with nothing else.
    """
    by_words = {candidate.sentence: candidate for candidate in scores.best(MOST_BY_WORDS)}
    nearest = [n for n in likeness.nearest(MOST_BY_MEANING) if may_be_quoted(index, query, n)]
    chosen = sorted({*by_words, *nearest})
    found = [by_words.get(sentence) or scores.candidate(sentence) for sentence in chosen]
    if not found:
        return []
    words = np.array([_words(query, candidate, scores.possible) for candidate in found])
    words += LISTED_WEIGHT * np.array([_is_list_asked_for(index, query, c) for c in found])
    meaning = np.array([likeness.of(sentence) for sentence in chosen])
    total = words + meaning
    beside = _beside(index, chosen, total) - total.max()
    first = int(np.argmax(total + NEIGHBOUR_WEIGHT * np.maximum(beside, LEAST_NEIGHBOUR)))
    final = LATER_WORDS * words + meaning
    final[first] = final.max() + LEAD_OF_FIRST
    ordered = [replace(c, score=float(s)) for c, s in zip(found, final, strict=True)]
    return sorted(ordered, key=lambda candidate: (-candidate.score, candidate.sentence))


def is_near_the_best(candidate: Candidate, first: Candidate) -> bool:
    """Whether a candidate is good enough to be quoted behind the first as part of an answer."""
    return candidate.score >= first.score - LEAD_OF_FIRST - FURTHER_DISTANCE


def _words(query: Query, candidate: Candidate, possible: float) -> float:
    fits = candidate.fits and query.need is not Need.NOTHING
    bonus = candidate.score - candidate.relevance - (NEED_BONUS if fits else 0.0)
    share = candidate.relevance / possible if possible else 0.0
    return RELEVANCE_WEIGHT * share + BONUS_WEIGHT * bonus + FITS_WEIGHT * fits


def _is_list_asked_for(index: Index, query: Query, candidate: Candidate) -> bool:
    """Whether several things are asked for, and this is their list: its heading names them."""
    if query.kind is not Kind.LIST or index.list_or_table(candidate.paragraph) is None:
        return False
    return told_share(index, query, index.heading_terms(candidate.paragraph)) >= LEAST_HEADED


def _beside(index: Index, chosen: Sequence[int], total: np.ndarray) -> np.ndarray:
    """The total of each sentence's better neighbour in its paragraph, if it is a candidate."""
    totals = dict(zip(chosen, total.tolist(), strict=True))
    paragraph_of = index.paragraph_of
    return np.array(
        [
            max(
                totals[other]
                if other in totals and paragraph_of(other) == paragraph_of(sentence)
                else NO_NEIGHBOUR
                for other in (sentence - 1, sentence + 1)
            )
            for sentence in chosen
        ]
    )
