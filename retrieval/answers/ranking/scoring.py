"""Scores sentences: the one place where the parts of a score are added up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np

from retrieval.answers.ranking.candidates import Candidate, CandidateScorer
from retrieval.answers.ranking.line_scores import names_code, relevance_of_lines, relevance_of_text
from retrieval.answers.ranking.word_coverage import WordCoverage
from retrieval.articles import ParagraphKind
from retrieval.index.analysed_paragraph import splits
from retrieval.index.collection_index import Index
from retrieval.index.statistics import Bm25Scorer, Scores
from retrieval.index.term_counts import Counts, Pair, TermCounts
from retrieval.questions.query import Query, looked_up

MOST_READ_PARAGRAPHS = 50  # the best of those that the engine proposes; their sentences are scored
# Where a question is put to many articles, and for the topic of a briefing.
MOST_RANKED_PARAGRAPHS = 300
MOST_CANDIDATES = 100  # sentences
MOST_PARAGRAPHS_OF_ARTICLE = 5
UNKNOWN_WORD_WEIGHT = 0.75


@dataclass(frozen=True, slots=True, eq=False)
class _ParagraphScores:
    """What is known of a paragraph.

    `counts` are those of its terms, `above` of what of it stands above its sentences. These have a
    row each in `in_sentences`; `own` scores them by themselves, `as_text` with what the sentences
    of a text gain from above. `idf_above` is the `idf_share` of what stands above.
    """

    score: float
    counts: Counts
    above: Counts
    in_sentences: Counts
    own: Scores
    as_text: Scores
    idf_above: float


class WordScores:
    """The exact BM25 scores of one query, for the paragraphs that the engine proposes.

    A paragraph's score is BM25 of its words and of its pairs of neighbouring words; a sentence's
    relevance is BM25 of its paragraph + BM25 of the sentence itself.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._query = query
        self._words, self._pairs = looked_up(query)
        self._of_terms = Bm25Scorer(index.paragraphs, self._words)
        self._of_sentences = Bm25Scorer(index.sentences, self._words)
        self._known: dict[int, _ParagraphScores] = {}
        self._quotable: dict[int, Mapping[int, float]] = {}
        self._scorer = CandidateScorer(index, query, lambda number: self._of(number).idf_above)

    @cached_property
    def _of_pairs(self) -> Bm25Scorer:
        # Not before the engine was asked for the best: it may count the pairs on that occasion.
        return Bm25Scorer(self._index.pairs, self._pairs)

    @cached_property
    def possible(self) -> float:
        """What the words of the question weigh in this collection."""
        return possible_score(self._index, self._query)

    @cached_property
    def paragraphs(self) -> list[int]:
        """The best paragraphs, of which the sentences are looked at."""
        return self.ranked(MOST_READ_PARAGRAPHS)

    def ranked(self, limit: int = MOST_RANKED_PARAGRAPHS) -> list[int]:
        """The numbers of the best paragraphs with a score above 0, equal ones in their order."""
        if not self._words and not self._pairs:
            return []
        proposed = self._index.engine.best(self._words, self._pairs, limit)
        return self.ranked_among(proposed)[:limit]

    def ranked_among(self, numbers: Sequence[int]) -> list[int]:
        """Those of them that score above 0, the best first, equal ones in their order."""
        self._score(numbers)
        found = [number for number in numbers if self._known[number].score > 0]
        return sorted(found, key=lambda number: (-self._known[number].score, number))

    def of_paragraph(self, number: int) -> float:
        """The score of a paragraph, proposed or not."""
        return self._of(number).score

    def _of(self, number: int) -> _ParagraphScores:
        if number not in self._known:
            self._score([number])
        return self._known[number]

    def _score(self, numbers: Sequence[int]) -> None:
        """Score those paragraphs and their sentences that are not scored yet."""
        new = [number for number in numbers if number not in self._known]
        if not new:
            return
        counts = self._index.engine.counts(
            new, self._terms, [pair for pair, _ in self._neighbours]
        )
        column = self._column
        scores = self._of_terms.scores(counts.in_paragraphs, counts.lengths, column)
        scores += self._scores_of_pairs(counts)
        own = self._of_sentences.scores(counts.in_sentences, counts.sentence_lengths, column)
        as_text = relevance_of_text(self._coverage, counts, own)
        idf_above = self._coverage.idf_share(self._coverage.of(counts.above)).tolist()
        first = counts.first_sentence.tolist()
        for place, (number, score) in enumerate(zip(new, scores.tolist(), strict=True)):
            sentences = slice(first[place], first[place + 1])
            self._known[number] = _ParagraphScores(
                score,
                counts.in_paragraphs[place],
                counts.above[place],
                counts.in_sentences[sentences],
                own[sentences],
                as_text[sentences],
                idf_above[place],
            )

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

    def held(self, paragraph: int) -> frozenset[str]:
        """Which terms of the question's words a paragraph holds."""
        return frozenset(compress(self._terms, self._of(paragraph).counts.tolist()))

    def of_sentence(self, sentence: int) -> float:
        """The score of a sentence by itself."""
        paragraph = self._index.paragraph_of(sentence)
        return float(self._of(paragraph).own[sentence - self._index.first_sentence(paragraph)])

    def candidates(self) -> list[Candidate]:
        """The sentences of the best paragraphs, best first."""
        return self._candidates(self.paragraphs)

    def best(self, limit: int) -> list[Candidate]:
        """The best sentences of the best paragraphs by words alone, best first."""
        return self.candidates()[:limit]

    def candidate(self, sentence: int) -> Candidate:
        """Any sentence as a candidate, also one that holds no word of the question."""
        paragraph = self._index.paragraph_of(sentence)
        own = self._within(paragraph).get(sentence)
        if own is None:  # one of the many lines of a table, or code
            own = self.of_sentence(sentence)
        return self._scorer.candidate(sentence, self.of_paragraph(paragraph) + own)

    def by_article(self) -> dict[str, list[Candidate]]:
        """The sentences of each article's best paragraphs; the article of the best one first."""
        grouped: dict[int, list[int]] = {}
        for number in self.ranked():
            grouped.setdefault(self._index.engine.article_place(number), []).append(number)
        found = (
            (
                self._index.paragraph(best[0]).article,
                self._candidates(best[:MOST_PARAGRAPHS_OF_ARTICLE]),
            )
            for best in grouped.values()
        )
        quotable = ((article, candidates) for article, candidates in found if candidates)
        return dict(sorted(quotable, key=lambda entry: -entry[1][0].score))

    def _candidates(self, paragraphs: Sequence[int]) -> list[Candidate]:
        index = self._index
        relevance: dict[int, float] = {}
        self._score(paragraphs)
        index.engine.read(paragraphs)
        for paragraph in paragraphs:
            of_paragraph = self.of_paragraph(paragraph)
            for sentence, own in self._within(paragraph).items():
                relevance[sentence] = of_paragraph + own
        best = sorted((-value, sentence) for sentence, value in relevance.items())
        found = [self._scorer.candidate(n, relevance[n]) for _, n in best[:MOST_CANDIDATES]]
        return sorted(found, key=lambda candidate: (-candidate.score, candidate.sentence))

    def _within(self, paragraph: int) -> Mapping[int, float]:
        """The sentences of a paragraph that may be quoted, each with its own score."""
        if paragraph not in self._quotable:
            self._quotable[paragraph] = self._scores_within(paragraph)
        return self._quotable[paragraph]

    def _scores_within(self, paragraph: int) -> Mapping[int, float]:
        index, query = self._index, self._query
        scored, numbers = self._of(paragraph), index.sentences_of(paragraph)
        match index.analysed(paragraph).kind:
            case ParagraphKind.LIST | ParagraphKind.TABLE:
                listed = index.list_or_table_at(paragraph)
                return relevance_of_lines(
                    self._coverage, listed, scored.above, scored.in_sentences, scored.own
                )
            case ParagraphKind.CODE:
                named = (number for number in numbers if may_be_quoted(index, query, number))
                return {number: self.of_sentence(number) for number in named}
            case _:
                return dict(zip(numbers, scored.as_text.tolist(), strict=True))


def possible_score(index: Index, query: Query) -> float:
    """What BM25 of a sentence and its paragraph comes to if they hold all words of the query.

    The sum of their idf; a word that no article holds counts less, unless it is a name.
    """
    possible = 0.0
    for word in query.words:
        idf = index.paragraphs.idf(word.phrase) + index.sentences.idf(word.phrase)
        known = 1.0 if word.known or word.is_name else UNKNOWN_WORD_WEIGHT
        possible += word.weight * idf * known
    return possible


def may_be_quoted(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence may be quoted; a line of code only if words of the question are in it."""
    is_code = index.kind_of(sentence) is ParagraphKind.CODE
    return not is_code or names_code(query, index.text(sentence))
