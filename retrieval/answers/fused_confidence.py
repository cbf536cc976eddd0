"""Confidence by words and meaning: whether the best passage answers, or is only the closest.

    both  = 0.32 confidence + 15.2 height + 1.9 told - 0.30 ln(sentences / 1000) + bias
    alone = 24.7 height - 0.30 ln(sentences / 1000) + bias

`confidence` is that of words, with its penalties for names that are missing; `height` is how far
the best sentence stands above unrelated text; `told` is the share of the question's information
that the passage and its heading hold. Either sum may suffice. A year, a time or a number that is
asked for has to be in the passage. When in doubt the passages are shown as the closest.
"""

import math
from dataclasses import dataclass

from retrieval.answers.confidence import Confidence
from retrieval.answers.meaning import Likeness
from retrieval.answers.quotes import Passage
from retrieval.answers.scoring import Candidate
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Need

# Fitted as a logistic over collections of some of the articles of SQuAD 2.0.
BOTH_CONFIDENCE, BOTH_HEIGHT, BOTH_TOLD, BOTH_SIZE, BOTH_BIAS = 0.32, 15.2, 1.9, -0.3, -4.0
ALONE_HEIGHT, ALONE_SIZE, ALONE_BIAS = 24.7, -0.3, -3.6
BOTH_THRESHOLD = -0.4
ALONE_THRESHOLD = 0.5
GATED = frozenset({Need.YEAR, Need.TIME, Need.NUMBER})


@dataclass(frozen=True, slots=True)
class FusedConfidence:
    """How sure it is that one passage answers, by words and by meaning."""

    index: Index
    query: Query
    likeness: Likeness
    words: Confidence

    def suffices(self, best: Candidate, passage: Passage, *, fits: bool) -> bool:
        """Whether the passage answers; `fits` if one of its sentences holds what is needed."""
        if self.query.need in GATED and not fits:
            return False
        if self.likeness.height is None:
            return self.words.suffices(best)
        size = math.log(max(1, len(self.index.spans)) / 1000)
        return (
            self._both(best, passage, self.likeness.height, size) >= BOTH_THRESHOLD
            or self._alone(self.likeness.height, size) >= ALONE_THRESHOLD
        )

    def _both(self, best: Candidate, passage: Passage, height: float, size: float) -> float:
        return (
            BOTH_CONFIDENCE * self.words.of(best)
            + BOTH_HEIGHT * height
            + BOTH_TOLD * self.told(passage)
            + BOTH_SIZE * size
            + BOTH_BIAS
        )

    @staticmethod
    def _alone(height: float, size: float) -> float:
        return ALONE_HEIGHT * height + ALONE_SIZE * size + ALONE_BIAS

    def told(self, passage: Passage) -> float:
        """The share of what the question itself asks that the passage and its heading hold."""
        own = [word for word in self.query.words if word.own]
        terms = self.index.heading_terms[passage.paragraph].union(
            *(self.index.sentence_terms[number] for number in passage.sentences)
        )
        return covered_share(own, terms)
