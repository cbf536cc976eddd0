"""The exact BM25 scores of paragraphs and their sentences for one query."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, compress

import numpy as np

from retrieval.answers.ranking.line_scores import relevance_of_lines, relevance_of_text
from retrieval.answers.ranking.word_coverage import Coverage, WordCoverage
from retrieval.articles import ParagraphKind
from retrieval.index.analysed_paragraph import splits
from retrieval.index.collection_index import Index
from retrieval.index.lists_and_tables import ListOrTable
from retrieval.index.statistics import Bm25Scorer, Scores
from retrieval.index.term_counts import Counts, Pair, TermCounts
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
        counts = together.counts.in_sentences[together.sentences_of(place)]
        held = (compress(self._terms, counts[sentence].tolist()) for sentence in places)
        return frozenset(chain.from_iterable(held))

    def idf_above(self, number: int) -> float:
        """The `idf_share` of the title and the headings above a paragraph."""
        together, place = self._known(number)
        return together.idf_above[place]

    def of_sentences(self, number: int) -> Scores:
        """The scores of a paragraph's sentences by themselves; shape (sentences,)."""
        together, place = self._known(number)
        return together.own[together.sentences_of(place)]

    def as_text(self, number: int) -> list[float]:
        """The relevance of the sentences of a text: its score, and theirs with what they gain."""
        together, place = self._known(number)
        relevance: list[float] = together.as_texts[together.sentences_of(place)].tolist()
        return relevance

    def best_of_texts(self, numbers: Sequence[int], most: int) -> Iterator[tuple[float, int, int]]:
        """The relevance of the best sentences of those paragraphs that are texts.

        Each with the number of its paragraph and its place there, in any order: `most` or a few
        more, if there are.
        """
        self.score(numbers)
        places: dict[_ScoredTogether, list[int]] = {}
        for number in numbers:
            together, place = self._scored[number]
            places.setdefault(together, []).append(place)
        for together, some in places.items():
            yield from together.best_of_texts(some, most)

    def is_text(self, number: int) -> bool:
        """Whether a paragraph is a text, and no list, table or code."""
        if number not in self._scored:
            return self._index.analysed(number).kind is ParagraphKind.TEXT
        together, place = self._scored[number]
        return together.are_texts[place]

    def as_lines(self, number: int, listed: ListOrTable) -> Mapping[int, float]:
        """The relevance of the best sentences of a list or table, see `as_text`."""
        together, place = self._known(number)
        sentences = together.sentences_of(place)
        above, lines = together.counts.above[place], together.counts.in_sentences[sentences]
        own = relevance_of_lines(self._coverage, listed, above, lines, together.own[sentences])
        return {sentence: together.scores[place] + value for sentence, value in own.items()}

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
        together = _ScoredTogether(new, counts, scores, own, self._coverage)
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
        self,
        numbers: Sequence[int],
        counts: TermCounts,
        scores: Scores,
        own: Scores,
        coverage: WordCoverage,
    ) -> None:
        self._numbers = numbers
        self.counts = counts
        self.scores: list[float] = scores.tolist()
        self.own = own
        self.are_texts: list[bool] = counts.are_texts.tolist()
        self._first: list[int] = counts.first_sentence.tolist()
        self._coverage = coverage

    def sentences_of(self, place: int) -> slice:
        """The places of a paragraph's sentences among all."""
        return slice(self._first[place], self._first[place + 1])

    def best_of_texts(self, places: Sequence[int], most: int) -> Iterator[tuple[float, int, int]]:
        """See `ParagraphScores.best_of_texts`; of the paragraphs in those places."""
        is_wanted = np.zeros(len(self._numbers), dtype=bool)
        is_wanted[places] = True
        is_wanted &= self.counts.are_texts
        found = np.flatnonzero(is_wanted[self._paragraph_of])
        relevance = self.as_texts[found]
        if len(found) > most:
            is_best = relevance >= np.partition(relevance, -most)[-most]
            found, relevance = found[is_best], relevance[is_best]
        paragraphs = self._paragraph_of[found]
        numbers = [self._numbers[place] for place in paragraphs.tolist()]
        there = (found - self.counts.first_sentence[paragraphs]).tolist()
        return zip(relevance.tolist(), numbers, there, strict=True)

    @cached_property
    def as_texts(self) -> Scores:
        """The relevance of each sentence, as far as it is one of a text."""
        own = relevance_of_text(self._coverage, self.counts, self._above, self.own)
        return np.array(self.scores)[self._paragraph_of] + own

    @cached_property
    def _paragraph_of(self) -> Counts:
        """The place of the paragraph that each sentence is in."""
        sizes = np.diff(self.counts.first_sentence)
        return np.repeat(np.arange(len(sizes)), sizes)

    @cached_property
    def idf_above(self) -> list[float]:
        """For each paragraph, see `ParagraphScores.idf_above`."""
        shares: list[float] = self._coverage.idf_share(self._above).tolist()
        return shares

    @cached_property
    def _above(self) -> Coverage:
        return self._coverage.of(self.counts.above)
