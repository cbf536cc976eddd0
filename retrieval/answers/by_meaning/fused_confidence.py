"""Confidence by words and meaning: whether the best passage answers, or is only the closest.

    size  = ln(sentences / 1000), of at least a hundred
    both  = 2.26 confidence + 28 height - 0.23 size - 7.45 + 1.5 if an identifier is there
    alone = 25.7 bare - 0.5 size - 1 if specific - 2.9

`confidence` is that of words, with its penalties for names that are missing; `height` is how far
the best sentence stands above unrelated text; `bare` is the same of the passage that is shown, for
the question without its names. A question on the subject whose answer is nowhere said names what
the articles name, and so comes near them; without the names it has to come near by what it asks.
The encoder makes little of an identifier such as v2.10 or E-1042, so one that the sentence holds
speaks for it. A question is specific if it asks for a number, a date, a name or a place: that is
often asked of what the articles speak of and do not say. Either sum may suffice. Where a yes or no
is wanted on a word that no article contains, only meaning can tell that it is there in another
word: then it is the second sum that has to suffice, by 0.4. A passage that holds no other
words of the question than those that a good part of all sentences hold, as the sentences of a
life hold its hero's name, is no answer by the first sum unless the second comes near. What stands
under headings that name all that is asked need not come near by its own words. Heights are
corrected by the languages, as the unrelated text is English.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.answers.by_meaning.background_distance import collection_size, height_correction
from retrieval.answers.by_meaning.meaning import Likeness, Meaning
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.confidence import Confidence
from retrieval.index.collection_index import Index
from retrieval.index.statistics import lucene_idf
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.analysis import name_key, words

# Fitted on SQuAD 2.0 by `tests/fit_confidence.py`, on collections of up to six articles; then some
# were chosen on its halves and on questions in other words, to answer as much of those as before
# and less about articles that are not there.
BOTH_WORDS, BOTH_HEIGHT, BOTH_SIZE, BOTH_BIAS = 2.26, 28.0, -0.23, -7.45
ALONE_BARE, ALONE_SIZE, ALONE_BIAS = 25.7, -0.5, -2.9
SPECIFIC = 1.0
IDENTIFIED = 1.5
IDENTIFIER = re.compile(r"[^\W\d_]+[\W_]?\d")  # "v2.10", and no "19th"
COMMON_SHARE = 0.05  # of all sentences hold a word that hardly tells them apart
FEWEST_HOLDING = 5
BESIDE_COMMON = -1.0  # what `alone` comes to at least if a passage holds only such words
BY_MEANING = 0.4  # what `alone` comes to at least if yes or no is wanted on an unknown word


class Signals(NamedTuple):
    """What is weighed: `words` is the confidence of words, `size` ln(sentences / 1000)."""

    words: float
    height: float
    bare: float
    size: float
    is_specific: bool


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
        without_vectors = not by_meaning_alone and self.words.suffices(best)
        if without_vectors and self._is_named(passage):
            return True
        height = self._height(best)
        if height is None:
            return without_vectors
        both = BOTH_WORDS * self.words.of(best) + BOTH_HEIGHT * height + BOTH_SIZE * self._size
        both += IDENTIFIED * self._is_identified(best)
        is_enough = both + BOTH_BIAS >= 0 and not by_meaning_alone
        if is_enough and self._tells(passage):
            return True  # whatever the question says without its names, which is not encoded then
        bare = self._bare(best, passage)
        if bare is None:
            return without_vectors
        alone = ALONE_BARE * bare + ALONE_SIZE * self._size + ALONE_BIAS
        least = BY_MEANING if by_meaning_alone else BESIDE_COMMON if is_enough else 0.0
        return alone - SPECIFIC * self._is_specific >= least

    def signals(self, best: Candidate, passage: Passage) -> Signals | None:
        """What speaks for the passage; None where its sentences have no vectors."""
        height, bare = self._height(best), self._bare(best, passage)
        if height is None or bare is None:
            return None
        return Signals(self.words.of(best), height, bare, self._size, self._is_specific)

    @property
    def _size(self) -> float:
        return collection_size(self.index.sentences.count)

    @property
    def _is_specific(self) -> bool:
        return self.query.need is not Need.NOTHING and not self.query.foreign

    def _is_identified(self, best: Candidate) -> bool:
        """Whether the sentence holds an identifier that the question names."""
        terms = self.index.sentence_terms(best.sentence)
        named = (word for word in self.query.words if IDENTIFIER.match(word.text))
        return any(word.coverage(terms) for word in named)

    def _height(self, best: Candidate) -> float | None:
        if self.likeness.height is None:
            return None
        return self.likeness.height + self._correction(best)

    def _correction(self, best: Candidate) -> float:
        told = self.index.analyzer_of(best.paragraph).language.code
        return height_correction(self.query.foreign or told, told)

    def told(self, passage: Passage) -> float:
        """The share of what the question asks that the passage, its headings and title hold."""
        own = [word for word in self.query.words if word.own]
        return covered_share(own, self._terms(passage))

    def _tells(self, passage: Passage) -> bool:
        """Whether it holds all words of the question, or one that few sentences hold."""
        sentences, terms = self.index.sentences, self._terms(passage)
        holding = max(FEWEST_HOLDING, round(COMMON_SHARE * sentences.count))
        common = lucene_idf(sentences.count, holding)
        held = [word for word in self.query.words if word.coverage(terms)]
        is_all = len(held) == len(self.query.words)
        return is_all or any(sentences.idf(word.phrase) > common for word in held)

    def _is_named(self, passage: Passage) -> bool:
        """Whether its headings name all that is asked, or its title does where no question is."""
        index, number = self.index, passage.paragraph
        is_topic = self.query.kind is Kind.KEYWORDS
        above = index.title_and_heading_terms(number) if is_topic else index.heading_terms(number)
        return all(word.coverage(above) == 1.0 for word in self.query.words)

    def _terms(self, passage: Passage) -> frozenset[str]:
        """What the passage, its headings and title hold."""
        return self.index.title_and_heading_terms(passage.paragraph).union(
            *(self.index.sentence_terms(number) for number in passage.sentences)
        )

    def _bare(self, best: Candidate, passage: Passage) -> float | None:
        """How far the passage stands above unrelated text for the question without its names.

        A long question is taken as it is: it says more than names, and is encoded already.
        """
        question, context = self._without_names(passage)
        height = self.meaning.height(question, context, passage.sentences)
        return None if height is None else height + self._correction(best)

    def _without_names(self, passage: Passage) -> tuple[str, str | None]:
        """A short question without its names, and what it is to be read behind."""
        question, context = self.query.meant, self.query.context
        whole = f"{context} {question}" if context else question
        if not self.meaning.is_short(whole):
            return question, context
        language = self.index.analyzer_of(passage.paragraph).language
        names: Container[str] = () if language.capital_nouns else self.index.names
        bare = without_names(whole, names)
        return (question, context) if bare in ("", whole) else (bare, None)


def without_names(question: str, names: Container[str]) -> str:
    """The question without the words that are names (folded); as it is if there are none."""
    kept, is_cut = [], False
    for word in words(question):
        is_name = name_key(word.text) in names
        is_cut = is_cut or is_name
        if not is_name:
            kept.append(word.text)
    return f"{' '.join(kept)}?" if is_cut and kept else ("" if is_cut else question)
