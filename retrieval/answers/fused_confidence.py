"""Confidence by words and meaning: whether the best passage answers, or is only the closest.

    both  = 1.5 confidence + 5 height + 5 bare - 0.45 ln(sentences / 1000) - 3.49
    alone = 25 bare - 0.3 ln(sentences / 1000) - 3.7    (- 2.6 across languages)

`confidence` is that of words, with its penalties for names that are missing; `height` is how far
the best sentence stands above unrelated text; `bare` is the same of the passage that is shown, for
the question without its names. A question on the subject whose answer is nowhere said names what
the articles name, and so comes near them; without the names it has to come near by what it asks.
Either sum may suffice. A name that the passage's paragraph does not hold speaks against, one that
no article holds most of all. A year, a time or a number that is asked for has to be there.
"""

import math
from collections.abc import Container
from dataclasses import dataclass

from retrieval.answers.confidence import Confidence
from retrieval.answers.meaning import Likeness, Meaning
from retrieval.answers.passages import Passage
from retrieval.answers.scoring import Candidate
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Need
from retrieval.text.analysis import ENGLISH_ENDING, fold, words

# Begun as a logistic fitted on SQuAD 2.0, then rounded and shifted by hand over questions on the
# shipped articles, so that near misses are rather shown as the closest than answered.
BOTH_CONFIDENCE, BOTH_HEIGHT, BOTH_BARE, BOTH_SIZE, BOTH_BIAS = 1.5, 5.0, 5.0, -0.45, -3.49
ALONE_BARE, ALONE_SIZE, ALONE_BIAS, ALONE_BIAS_ACROSS = 25.0, -0.3, -3.7, -2.6
MISSING_NAME, UNKNOWN_NAME = 0.3, 1.2
LEAST_BARE = -0.15  # it is hardly ever lower
GATED = frozenset({Need.YEAR, Need.TIME, Need.NUMBER})


@dataclass(frozen=True, slots=True)
class FusedConfidence:
    """How sure it is that one passage answers, by words and by meaning."""

    index: Index
    query: Query
    meaning: Meaning
    likeness: Likeness
    words: Confidence

    def suffices(self, best: Candidate, passage: Passage, *, fits: bool) -> bool:
        """Whether the passage answers; `fits` if one of its sentences holds what is needed."""
        if self.query.need in GATED and not fits:
            return False
        height = self.likeness.height
        if height is None:  # sentences have no vectors
            return self.words.suffices(best)
        size = math.log(max(1, self.index.sentences.count) / 1000)
        both = BOTH_CONFIDENCE * self.words.of(best) + BOTH_HEIGHT * height
        names = [word for word in self.query.words if word.own and word.is_name]
        is_unknown = any(not name.known for name in names)
        missing = sum(name.coverage(self._terms(passage)) < 0.5 for name in names)
        both += BOTH_SIZE * size + BOTH_BIAS - MISSING_NAME * missing - UNKNOWN_NAME * is_unknown
        if both + BOTH_BARE * LEAST_BARE >= 0:
            return True  # whatever the question says without its names, which is not encoded then
        bare = self._bare(passage)
        if bare is None:
            return self.words.suffices(best)
        bias = ALONE_BIAS_ACROSS if self.query.foreign else ALONE_BIAS
        alone = ALONE_BARE * bare + ALONE_SIZE * size + bias
        return both + BOTH_BARE * bare >= 0 or (alone >= 0 and not is_unknown)

    def told(self, passage: Passage) -> float:
        """The share of what the question itself asks that the passage and its heading hold."""
        own = [word for word in self.query.words if word.own]
        terms = self.index.heading_terms(passage.paragraph).union(
            *(self.index.sentence_terms(number) for number in passage.sentences)
        )
        return covered_share(own, terms)

    def _terms(self, passage: Passage) -> frozenset[str]:
        return self.index.paragraph_terms(passage.paragraph)

    def _bare(self, passage: Passage) -> float | None:
        """How far the passage stands above unrelated text for the question without its names.

        A long question is taken as it is: it says more than names, and is encoded already.
        """
        question, context = self.query.question, self.query.context
        whole = f"{context} {question}" if context else question
        if not self.meaning.is_short(whole):
            return self.meaning.height(question, context, passage.sentences)
        language = self.index.analyzer_of(passage.paragraph).language
        names: Container[str] = () if language.capital_nouns else self.index.names
        bare = without_names(whole, names)
        if bare in ("", whole):
            return self.meaning.height(question, context, passage.sentences)
        return self.meaning.height(bare, None, passage.sentences)


def without_names(question: str, names: Container[str]) -> str:
    """The question without the words that are names (folded); as it is if there are none."""
    kept, is_cut = [], False
    for word in words(question):
        is_name = ENGLISH_ENDING.sub("", fold(word.text).replace("’", "'")) in names
        is_cut = is_cut or is_name
        if not is_name:
            kept.append(word.text)
    return f"{' '.join(kept)}?" if is_cut and kept else ("" if is_cut else question)
