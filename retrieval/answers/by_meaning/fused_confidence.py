"""Confidence by words and meaning: whether the best passage answers, or is only the closest.

    size  = ln(sentences / 1000)
    both  = 2.26 confidence + 17.4 height + 7.3 bare - 0.23 size - 5.84 - 1 if specific
    alone = 25.7 bare - 0.5 size - 1 if specific - 3.2

`confidence` is that of words, with its penalties for names that are missing; `height` is how far
the best sentence stands above unrelated text; `bare` is the same of the passage that is shown, for
the question without its names. A question on the subject whose answer is nowhere said names what
the articles name, and so comes near them; without the names it has to come near by what it asks.
It is specific if it asks for a number, a date, a name or a place: that is often asked of what the
articles speak of and do not say. Either sum may suffice. Where a yes or no is wanted on a word
that no article contains, only meaning can tell that it is there in another word: then it is the
second sum that has to suffice, by 0.4. Heights are corrected by the languages, as the unrelated
text is English.
"""

import math
from collections.abc import Container
from dataclasses import dataclass

from retrieval.answers.by_meaning.background_distance import height_correction
from retrieval.answers.by_meaning.meaning import Likeness, Meaning
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.confidence import Confidence
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Need
from retrieval.text.analysis import ENGLISH_ENDING, fold, words

# Fitted on SQuAD 2.0 by `tests/fit_confidence.py`, on collections of up to six articles. On its
# halves the second sum was then made stricter the larger a collection is, and the first a little
# less strict. Those below were chosen on other questions.
BOTH_WORDS, BOTH_HEIGHT, BOTH_BARE, BOTH_SIZE, BOTH_BIAS = 2.26, 17.4, 7.3, -0.23, -5.84
ALONE_BARE, ALONE_SIZE, ALONE_BIAS = 25.7, -0.5, -3.2
SPECIFIC = 1.0
BY_MEANING = 0.4  # what `alone` comes to at least if yes or no is wanted on an unknown word
LEAST_BARE = -0.15  # it is hardly ever lower


@dataclass(frozen=True, slots=True)
class Signals:
    """What is weighed: `words` is the confidence of words, `size` ln(sentences / 1000)."""

    words: float
    height: float
    bare: float
    size: float
    is_specific: bool = False

    @property
    def both(self) -> float:
        """The sum of words and meaning; from 0 on it suffices."""
        of_meaning = BOTH_HEIGHT * self.height + BOTH_BARE * self.bare + BOTH_SIZE * self.size
        return BOTH_WORDS * self.words + of_meaning + BOTH_BIAS - SPECIFIC * self.is_specific

    @property
    def alone(self) -> float:
        """The sum of meaning alone; from 0 on it suffices."""
        of_meaning = ALONE_BARE * self.bare + ALONE_SIZE * self.size
        return of_meaning + ALONE_BIAS - SPECIFIC * self.is_specific


@dataclass(frozen=True, slots=True)
class FusedConfidence:
    """How sure it is that one passage answers, by words and by meaning."""

    index: Index
    query: Query
    meaning: Meaning
    likeness: Likeness
    words: Confidence

    def suffices(
        self, best: Candidate, passage: Passage, *, by_meaning_alone: bool = False
    ) -> bool:
        """Whether the passage answers, if what is asked for is there at all.

        `by_meaning_alone` is whether a yes or no is wanted on a word that no article contains.
        """
        if by_meaning_alone:
            signals = self.signals(best, passage)
            return signals is not None and signals.alone >= BY_MEANING
        quick = self._signals(best, LEAST_BARE)
        if quick is None:
            return self.words.suffices(best)
        if quick.both >= 0:
            return True  # whatever the question says without its names, which is not encoded then
        signals = self.signals(best, passage)
        if signals is None:
            return self.words.suffices(best)
        return signals.both >= 0 or signals.alone >= 0

    def signals(self, best: Candidate, passage: Passage) -> Signals | None:
        """What speaks for the passage; None where its sentences have no vectors."""
        bare = self._bare(passage)
        return None if bare is None else self._signals(best, bare)

    def _signals(self, best: Candidate, bare: float) -> Signals | None:
        if self.likeness.height is None:
            return None
        size = math.log(max(1, self.index.sentences.count) / 1000)
        told = self.index.analyzer_of(best.paragraph).language.code
        correction = height_correction(self.query.foreign or told, told)
        is_specific = self.query.need is not Need.NOTHING and not self.query.foreign
        words = self.words.of(best)
        return Signals(
            words=words,
            height=self.likeness.height + correction,
            bare=bare + correction,
            size=size,
            is_specific=is_specific,
        )

    def told(self, passage: Passage) -> float:
        """The share of what the question asks that the passage, its headings and title hold."""
        own = [word for word in self.query.words if word.own]
        terms = self.index.title_and_heading_terms(passage.paragraph).union(
            *(self.index.sentence_terms(number) for number in passage.sentences)
        )
        return covered_share(own, terms)

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
