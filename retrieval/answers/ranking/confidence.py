"""Confidence: whether the articles answer the question at all, and the threshold for that.

Scores of BM25 do not compare between questions, so what does is added up: the sentence's score
against what the words of the question weigh in this collection (their idf), how much of the
question's information its paragraph covers, and how much of what was found is in the same
article. Names of the question that the paragraph does not hold speak against, most of all those
that no article contains, and so does a paragraph that holds nothing but names.
"""

from collections.abc import Sequence
from functools import cached_property
from math import fsum

from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.scoring import WordScores
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Need
from retrieval.text.analysis import fold

# Tuned on SQuAD 2.0 with half of its articles taken away: at this threshold 95 of 100 questions
# about the other half are answered, and 8 of 100 about the missing one.
SHARE_WEIGHT = 2.0
INFORMATION_WEIGHT = 0.02
FOCUS_WEIGHT = 0.5
MISSING_NAME_PENALTY = 0.15
UNKNOWN_NAME_PENALTY = 0.2
NOTHING_SAID_PENALTY = 0.2
THRESHOLD = 1.83
FOCUS_DEPTH = 10


class Confidence:
    """How sure it is that the articles answer one question."""

    def __init__(self, index: Index, query: Query, scores: WordScores) -> None:
        self._index = index
        self._query = query
        self._scores = scores
        self._best = scores.paragraphs[:FOCUS_DEPTH]
        self._of_paragraph: dict[int, float] = {}
        self._of_article: dict[int, float] = {}

    def of(self, candidate: Candidate) -> float:
        """How sure it is that this sentence and its paragraph answer; from about 0 to 6."""
        if not self._scores.possible:
            return 0.0
        if candidate.paragraph not in self._of_paragraph:
            self._of_paragraph[candidate.paragraph] = self._share_of(candidate.paragraph)
        share = SHARE_WEIGHT * candidate.relevance / self._scores.possible
        return share + self._of_paragraph[candidate.paragraph]

    def _share_of(self, paragraph: int) -> float:
        """What the paragraph adds, whichever of its sentences is quoted."""
        terms = self._scores.held(paragraph)
        covered = sum(
            word.weight * word.information * word.coverage(terms) for word in self._query.words
        )
        return (
            INFORMATION_WEIGHT * covered
            + FOCUS_WEIGHT * self._focus(paragraph)
            - self._name_penalty(terms)
            - self._nothing_said_penalty(terms)
        )

    def suffices(self, candidate: Candidate, *, share: float = 1.0) -> bool:
        """Whether the sentence reaches that share of what it takes to be given as an answer."""
        return self.of(candidate) >= share * THRESHOLD

    def _name_penalty(self, terms: frozenset[str]) -> float:
        missing = sum(name.coverage(terms) < 0.5 for name in self._names)
        unknown = sum(not name.known for name in self._names)
        return MISSING_NAME_PENALTY * missing + UNKNOWN_NAME_PENALTY * unknown

    def _nothing_said_penalty(self, terms: frozenset[str]) -> float:
        """For a paragraph with the question's names but no word of what is asked of them."""
        if not self._asked or any(word.coverage(terms) for word in self._asked):
            return 0.0
        return NOTHING_SAID_PENALTY * (1 if self._query.need is Need.NOTHING else 3)

    @cached_property
    def _names(self) -> list[QueryWord]:
        """The question's own names."""
        return [word for word in self._query.words if word.is_name and word.own]

    @cached_property
    def _asked(self) -> list[QueryWord]:
        """What is asked of them."""
        return [word for word in self._query.words if not self._is_name(word)]

    def _is_name(self, word: QueryWord) -> bool:
        return word.is_name or fold(word.text) in self._index.names

    def _focus(self, paragraph: int) -> float:
        """The share of the best paragraphs' scores that is in the article of this one."""
        article = self._article(paragraph)
        if article not in self._of_article:
            there = [number for number in self._best if self._article(number) == article]
            self._of_article[article] = self._sum(there) / self._sum_of_best if there else 0.0
        return self._of_article[article]

    @cached_property
    def _sum_of_best(self) -> float:
        return self._sum(self._best)

    def _sum(self, paragraphs: Sequence[int]) -> float:
        return fsum(map(self._scores.of_paragraph, paragraphs))

    def _article(self, paragraph: int) -> int:
        return self._index.engine.article_place(paragraph)
