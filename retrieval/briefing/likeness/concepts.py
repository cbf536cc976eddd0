"""Concepts: the terms of a sentence, those of one meaning taken as one."""

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from math import fsum, sqrt

import numpy as np
from numpy.typing import NDArray

from retrieval.index.collection_index import Index
from retrieval.index.statistics import lucene_idf
from retrieval.questions.vocabulary.synonyms import synonyms_in
from retrieval.text.analysis import Analyzer, Word

VAGUE_SHARE = 0.2
SAME_LIKENESS = 0.38
FEWEST_TERMS_SHARED = 3
MOST_REMEMBERED_CONCEPTS = 50_000


class Concepts:
    """The concepts of each sentence of a collection, and what each of them weighs.

    Terms that the synonym file or a language's families put together are one concept. A concept
    weighs its idf among the sentences, one that says little by itself ("crucial") a fifth of it.
    """

    def __init__(self, index: Index, synonym_groups: Sequence[Sequence[str]]) -> None:
        self._index = index
        self._synonyms = [synonyms_in(synonym_groups, a) for a in index.analyzers.values()]
        self.concept = lru_cache(maxsize=MOST_REMEMBERED_CONCEPTS)(self._concept)
        self.of = lru_cache(maxsize=MOST_REMEMBERED_CONCEPTS)(self._concepts_of)
        self._idf = lru_cache(maxsize=MOST_REMEMBERED_CONCEPTS)(self._idf_of)
        self._length = lru_cache(maxsize=MOST_REMEMBERED_CONCEPTS)(self._length_of)

    @cached_property
    def vague(self) -> frozenset[str]:
        """Those that say little by themselves, first read for a briefing: answers need none."""
        return frozenset(
            self.concept(term)
            for analyzer in self._index.analyzers.values()
            for word in analyzer.language.briefing.vague_words
            for term in analyzer.compound_terms(word)
        )

    def weight(self, concept: str) -> float:
        """What the concept tells, in nats."""
        idf = self._idf(concept)
        return VAGUE_SHARE * idf if concept in self.vague else idf

    def concrete(self, sentence: int) -> frozenset[str]:
        """The concepts of a sentence that say something by themselves."""
        return self.of(sentence) - self.vague

    def of_words(self, found: Iterable[Word], analyzer: Analyzer) -> frozenset[str]:
        """The concepts of some words that say something by themselves."""
        terms = (term for word in found for term in analyzer.word_terms(word.text))
        return frozenset(map(self.concept, terms)) - self.vague

    def likeness(self, one: int, other: int) -> float:
        """The cosine of two sentences' concepts weighted by idf, from 0 to 1."""
        shared = fsum(self._idf(concept) ** 2 for concept in self.of(one) & self.of(other))
        lengths = self._length(one) * self._length(other)
        return shared / lengths if lengths else 0.0

    def say_the_same(self, one: int, other: int) -> bool:
        """Whether two sentences make the same point, as far as their words tell.

        Names alone do not tell: one person may say two things.
        """
        both = self.concrete(one) & self.concrete(other)
        shared = [concept for concept in both if not self._is_name(concept)]
        return len(shared) >= FEWEST_TERMS_SHARED and self.likeness(one, other) >= SAME_LIKENESS

    def likenesses(self, sentences: Sequence[int]) -> NDArray[np.float64]:
        """The likeness of each of the sentences to each; shape (sentences, sentences)."""
        shared = np.zeros((len(sentences), len(sentences)))
        holding: dict[str, list[int]] = {}
        for position, sentence in enumerate(sentences):
            for concept in self.of(sentence):
                holding.setdefault(concept, []).append(position)
        for concept in sorted(holding):
            positions = holding[concept]
            shared[np.ix_(positions, positions)] += self._idf(concept) ** 2
        lengths = np.array([self._length(sentence) or 1.0 for sentence in sentences])
        return np.asarray(shared / np.outer(lengths, lengths))

    def _concepts_of(self, sentence: int) -> frozenset[str]:
        """The concepts of a sentence."""
        return frozenset(map(self.concept, self._index.sentence_terms(sentence)))

    def _concept(self, term: str) -> str:
        """The first in the alphabet of the terms that mean the same."""
        return min(self._alike(term))

    def _alike(self, term: str) -> set[str]:
        alike = {term, *self._index.family(term)}
        for synonyms in self._synonyms:
            alike |= {s.terms[0] for s in synonyms.of((term,)) if len(s.terms) == 1}
        return alike

    def _terms_of(self, concept: str) -> list[str]:
        """The terms that are this concept."""
        return [term for term in self._alike(concept) if self.concept(term) == concept]

    def _idf_of(self, concept: str) -> float:
        """The idf of a concept; a sentence that holds two terms of it counts twice."""
        sentences = self._index.sentences
        holding = sum(sentences.holding(term) for term in self._terms_of(concept))
        return lucene_idf(sentences.count, min(holding, sentences.count))

    def _is_name(self, concept: str) -> bool:
        return any(map(self._index.lexicon.is_of_name, self._terms_of(concept)))

    def _length_of(self, sentence: int) -> float:
        return sqrt(fsum(self._idf(concept) ** 2 for concept in self.of(sentence)))
