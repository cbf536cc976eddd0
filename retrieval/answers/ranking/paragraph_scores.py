"""The exact BM25 scores of paragraphs and their sentences for one query."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import compress

import numpy as np

from retrieval.answers.ranking.line_scores import relevance_of_lines, relevance_of_text
from retrieval.answers.ranking.word_coverage import Coverage, WordCoverage
from retrieval.index.analysed_paragraph import splits
from retrieval.index.collection_index import Index
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.index.statistics import Bm25Scorer, Scores
from retrieval.index.term_counts import Pair, TermCounts
from retrieval.questions.query import Query, looked_up


class ParagraphScores:
    """Counts the terms of a query in paragraphs, many at once, and scores them by that.

    A paragraph's score is BM25 of its words and of its pairs of neighbouring words.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._query = query
        self.words, self.pairs = looked_up(query)
        self._of_terms = Bm25Scorer(index.paragraphs, self.words)
        self._of_sentences = Bm25Scorer(index.sentences, self.words)
        self._scored: dict[int, tuple[_ScoredTogether, int]] = {}

    @cached_property
    def _of_pairs(self) -> Bm25Scorer:
        # Not before the engine was asked for the best: it may count the pairs on that occasion.
        return Bm25Scorer(self._index.pairs, self.pairs)

    def of(self, number: int) -> float:
        """The score of a paragraph."""
        together, place = self._known(number)
        return together.scores[place]

    def held(self, number: int) -> frozenset[str]:
        """Which terms of the question's words a paragraph holds."""
        together, place = self._known(number)
        return frozenset(compress(self._terms, together.counts.in_paragraphs[place].tolist()))

    def held_in(self, number: int, places: Sequence[int]) -> frozenset[str]:
        """Which of them the sentences in those places of a paragraph hold."""
        together, place = self._known(number)
        counts = together.counts.in_sentences[together.sentences_of(place)][places]
        return frozenset(compress(self._terms, counts.sum(axis=0).tolist()))

    def idf_above(self, number: int) -> float:
        """The `idf_share` of the title and the headings above a paragraph."""
        together, place = self._known(number)
        return together.idf_above[place]

    def of_sentences(self, number: int) -> Scores:
        """The scores of a paragraph's sentences by themselves; shape (sentences,)."""
        together, place = self._known(number)
        return together.own[together.sentences_of(place)]

    def as_text(self, number: int) -> list[float]:
        """The scores of the sentences of a text, with what they gain from above."""
        together, place = self._known(number)
        return together.as_text[together.sentences_of(place)]

    def as_lines(self, number: int, listed: ListOrTable) -> Mapping[int, float]:
        """The scores of the best sentences of a list or table, with what they gain from above."""
        together, place = self._known(number)
        sentences = together.sentences_of(place)
        above, lines = together.counts.above[place], together.counts.in_sentences[sentences]
        return relevance_of_lines(self._coverage, listed, above, lines, together.own[sentences])

    def score(self, numbers: Sequence[int]) -> None:
        """Score those that are not scored yet, all at once."""
        new = [number for number in numbers if number not in self._scored]
        if not new:
            return
        pairs = [pair for pair, _ in self._neighbours]
        counts = self._index.engine.counts(new, self._terms, pairs)
        scores = self._of_terms.scores(counts.in_paragraphs, counts.lengths, self._column)
        scores += self._scores_of_pairs(counts)
        own = self._of_sentences.scores(counts.in_sentences, counts.sentence_lengths, self._column)
        together = _ScoredTogether(counts, scores, own, self._coverage)
        self._scored.update((number, (together, place)) for place, number in enumerate(new))

    def _known(self, number: int) -> "tuple[_ScoredTogether, int]":
        if number not in self._scored:
            self.score([number])
        return self._scored[number]

    def _scores_of_pairs(self, counts: TermCounts) -> Scores:
        names = list(dict.fromkeys(name for _, name in self._neighbours))
        column = {name: place for place, name in enumerate(names)}
        of_names = np.zeros((len(counts.lengths), len(names)), dtype=np.int64)
        for place, (_, name) in enumerate(self._neighbours):
            of_names[:, column[name]] += counts.of_pairs[:, place]
        return self._of_pairs.scores(of_names, np.maximum(counts.lengths - 1, 0), column)

    @cached_property
    def _neighbours(self) -> list[tuple[Pair, str]]:
        """The pairs of terms that are looked for, each with what stands for it."""
        return [(two, pair) for pair in sorted(self._of_pairs.terms) for two in splits(pair)]

    @cached_property
    def _terms(self) -> list[str]:
        """All terms that are counted."""
        of_pairs = (term for two, _ in self._neighbours for term in two)
        return sorted({*self._of_terms.terms, *self._of_sentences.terms, *of_pairs})

    @cached_property
    def _column(self) -> dict[str, int]:
        """In which column each term is counted."""
        return {term: place for place, term in enumerate(self._terms)}

    @cached_property
    def _coverage(self) -> WordCoverage:
        return WordCoverage(self._index, self._query, self._column)


class _ScoredTogether:
    """Paragraphs that were scored at once."""

    def __init__(
        self, counts: TermCounts, scores: Scores, own: Scores, coverage: WordCoverage
    ) -> None:
        self.counts = counts
        self.scores: list[float] = scores.tolist()
        self.own = own
        self._first: list[int] = counts.first_sentence.tolist()
        self._coverage = coverage

    def sentences_of(self, place: int) -> slice:
        """The places of a paragraph's sentences among all."""
        return slice(self._first[place], self._first[place + 1])

    @cached_property
    def as_text(self) -> list[float]:
        """For each sentence, see `relevance_of_text`."""
        relevance = relevance_of_text(self._coverage, self.counts, self._above, self.own)
        found: list[float] = relevance.tolist()
        return found

    @cached_property
    def idf_above(self) -> list[float]:
        """For each paragraph, see `ParagraphScores.idf_above`."""
        shares: list[float] = self._coverage.idf_share(self._above).tolist()
        return shares

    @cached_property
    def _above(self) -> Coverage:
        return self._coverage.of(self.counts.above)
