"""Fusion: words and meaning added up, and the order in which sentences are quoted.

    words   = 8.2 * BM25 / possible * min(1, possible / 6) + 0.30 * bonus + 1.6 * fits
    meaning = 0.44 z(sentence) + 1.0 z(window) + 0.71 z(paragraph)
    first   = words + meaning + 0.05 * max(best neighbour's - best of all, -6)
    others  = 0.5 * words + even meaning

The weights were fitted on SQuAD 2.0; a bonus counts 0.55 where a topic or a definition is asked
for, as headings and verbs tell it. The first quote goes by the sum; for the others words count
half, so that a passage in other words has its chance beside one that repeats the question's. Words
count less where most passages hold them: of a club's own articles "Where is the club?" asks little
by words. Even meaning is the mean of that and the same without what all texts have in common: it
finds more in other words, and the first quote of a question in another language goes by it, too. A
sentence that says most of what is asked in the same words has a place among the first three: where
it speaks of two things, meaning alone would place it far behind.
"""

from collections.abc import Sequence

import numpy as np

from retrieval.answers.by_meaning.meaning import Likeness
from retrieval.answers.ranking.candidates import NEED_BONUS, Candidate
from retrieval.answers.ranking.scoring import WordScores, may_be_quoted
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need

RELEVANCE_WEIGHT = 8.2
TELLING = 6.0  # possible relevance; the words of a question that tell less count for less
BONUS_WEIGHT = 0.30
TOPIC_BONUS_WEIGHT = 0.55
TOPICAL = (Kind.DEFINITION, Kind.KEYWORDS)
FITS_WEIGHT = 1.6
NEIGHBOUR_WEIGHT = 0.05
LEAST_NEIGHBOUR = -6.0
NO_NEIGHBOUR = -9.0
LATER_WORDS = 0.5
FURTHER_OF_PARAGRAPH = 1.0
MOST_SAID = 0.7  # of the possible relevance
LEAD_OF_FIRST = 1.0
MOST_DISTANCE_OF_FURTHER = 3.5  # beyond it is one right sentence in 200, and most that are not
MOST_BY_WORDS = 60
MOST_BY_MEANING = 60
FEWEST_TERMS = 2


def fused(index: Index, query: Query, scores: WordScores, likeness: Likeness) -> list[Candidate]:
    """The best sentences by words and by meaning, in the order in which they are quoted.

    Their scores are those of the order: they compare with each other and with nothing else.
    """
    by_words = {candidate.sentence: candidate for candidate in scores.best(MOST_BY_WORDS)}
    nearest = [n for n in likeness.nearest(MOST_BY_MEANING) if _says_something(index, query, n)]
    chosen = sorted({*by_words, *nearest})
    found = [by_words.get(sentence) or scores.candidate(sentence) for sentence in chosen]
    if not found:
        return []
    words = np.array([_words(query, candidate, scores.possible) for candidate in found])
    evenly = np.array([likeness.evenly_of(sentence) for sentence in chosen])
    near = evenly if query.foreign else np.array([likeness.of(sentence) for sentence in chosen])
    total = words + near
    beside = _beside(index, chosen, total) - total.max()
    first = int(np.argmax(total + NEIGHBOUR_WEIGHT * np.maximum(beside, LEAST_NEIGHBOUR)))
    final = LATER_WORDS * words + evenly
    final[first] = final.max() + LEAD_OF_FIRST
    said = int(np.argmax(words))
    if _share(found[said], scores.possible) >= MOST_SAID:
        final[said] = max(final[said], np.sort(final)[-3:][:2].mean())  # before the third
    ordered = [c._replace(score=float(s)) for c, s in zip(found, final, strict=True)]
    return sorted(ordered, key=_place)


def _says_something(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence may be found by meaning alone: "Enjoy!" comes near to anything."""
    is_telling = len(index.sentence_terms(sentence)) >= FEWEST_TERMS
    return is_telling and may_be_quoted(index, query, sentence)


def spread(found: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, a little lower where a better one is from the same paragraph.

    So that the closest passages are from more than one place.
    """
    seen: set[int] = set()
    lowered = []
    for candidate in found:
        lower = FURTHER_OF_PARAGRAPH if candidate.paragraph in seen else 0.0
        lowered.append(candidate._replace(score=candidate.score - lower))
        seen.add(candidate.paragraph)
    return sorted(lowered, key=_place)


def is_near_the_best(candidate: Candidate, first: Candidate) -> bool:
    """Whether a candidate is good enough to be quoted behind the first as part of an answer."""
    return candidate.score >= first.score - LEAD_OF_FIRST - MOST_DISTANCE_OF_FURTHER


def _place(candidate: Candidate) -> tuple[float, int]:
    return -candidate.score, candidate.sentence


def _words(query: Query, candidate: Candidate, possible: float) -> float:
    fits = candidate.fits and query.need is not Need.NOTHING
    bonus = candidate.score - candidate.relevance - (NEED_BONUS if fits else 0.0)
    relevance = RELEVANCE_WEIGHT * min(1.0, possible / TELLING) * _share(candidate, possible)
    weight = TOPIC_BONUS_WEIGHT if query.kind in TOPICAL else BONUS_WEIGHT
    return relevance + weight * bonus + FITS_WEIGHT * fits


def _share(candidate: Candidate, possible: float) -> float:
    return candidate.relevance / possible if possible else 0.0


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
