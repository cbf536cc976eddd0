"""Scores sentences: the one place where the parts of a score are added up."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from retrieval.answers.ranking.candidates import Candidate, CandidateScorer
from retrieval.answers.ranking.line_scores import names_code
from retrieval.answers.ranking.paragraph_scores import ParagraphScores
from retrieval.answers.ranking.ranked_candidates import RankedCandidates
from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind

MOST_READ_PARAGRAPHS = 50  # the best of those that the engine proposes; their sentences are scored
MOST_READ_OF_DEFINITION = 150  # what a word means may stand far from where it comes most often
# Where a question is put to many articles, and for the topic of a briefing.
MOST_RANKED_PARAGRAPHS = 300
MOST_CANDIDATES = 100  # sentences; more where more paragraphs are read
CANDIDATES_A_PARAGRAPH = 2
MOST_PARAGRAPHS_OF_ARTICLE = 5
UNKNOWN_WORD_WEIGHT = 0.75


class WordScores:
    """Ranks paragraphs and their sentences by the words of one query, of those that are proposed.

    A sentence's relevance is the score of its paragraph + BM25 of the sentence itself.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._query = query
        self._scores = ParagraphScores(index, query)
        self._scorer = CandidateScorer(index, query, self._scores)
        self._quotable: dict[int, dict[int, float]] = {}
        self.of_paragraph = self._scores.of
        self.held, self.held_in = self._scores.held, self._scores.held_in
        self.is_text = self._scores.is_text

    @cached_property
    def possible(self) -> float:
        """What the words of the question weigh in this collection."""
        return possible_score(self._index, self._query)

    @cached_property
    def paragraphs(self) -> list[int]:
        """The best paragraphs, of which the sentences are looked at."""
        defines_word = self._query.kind is Kind.DEFINITION and len(self._query.words) == 1
        return self.ranked(MOST_READ_OF_DEFINITION if defines_word else MOST_READ_PARAGRAPHS)

    def ranked(self, limit: int = MOST_RANKED_PARAGRAPHS) -> list[int]:
        """The numbers of the best paragraphs with a score above 0, equal ones in their order."""
        words, pairs = self._scores.words, self._scores.pairs
        if not words and not pairs:
            return []
        return self.ranked_among(self._index.engine.best(words, pairs, limit))[:limit]

    def ranked_among(self, numbers: Sequence[int]) -> list[int]:
        """Those of them that score above 0, the best first, equal ones in their order."""
        self._scores.score(numbers)
        scored = [(-self.of_paragraph(number), number) for number in numbers]
        return [number for score, number in sorted(scored) if score < 0]

    def candidates(self) -> RankedCandidates:
        """The sentences of the best paragraphs, best first."""
        return self._candidates(self.paragraphs)

    def best(self, limit: int) -> list[Candidate]:
        """The best sentences of the best paragraphs by words alone, best first."""
        return self.candidates()[:limit]

    def candidate(self, sentence: int) -> Candidate:
        """Any sentence as a candidate, also one that holds no word of the question."""
        paragraph = self._index.paragraph_of(sentence)
        if paragraph not in self._quotable:
            self._quotable[paragraph] = dict(self._within(paragraph))
        relevance = self._quotable[paragraph].get(sentence)
        if relevance is None:  # one of the many lines of a table, or code
            relevance = self._relevance(sentence)
        return self._scorer.candidate(sentence, relevance)

    def by_article(self) -> dict[str, RankedCandidates]:
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

    def _candidates(self, paragraphs: Sequence[int]) -> RankedCandidates:
        most = max(MOST_CANDIDATES, CANDIDATES_A_PARAGRAPH * len(paragraphs))
        first = self._index.first_sentence
        texts = self._scores.best_of_texts(paragraphs, most)
        found = [(-value, first(number) + place, number) for value, number, place in texts]
        for number in paragraphs:
            if not self.is_text(number):
                found += [(-value, sentence, number) for sentence, value in self._within(number)]
        best = sorted(found)[:most]
        relevance = {sentence: -value for value, sentence, _ in best}
        added = {n: self._scorer.most_added(n) for n in {number for _, _, number in best}}
        return RankedCandidates(
            ((added[number] - value, sentence, number) for value, sentence, number in best),
            lambda sentence: self._scorer.candidate(sentence, relevance[sentence]),
        )

    def _within(self, paragraph: int) -> Iterable[tuple[int, float]]:
        """The sentences of a paragraph that may be quoted, each with its relevance."""
        index, query = self._index, self._query
        match index.analysed(paragraph).kind:
            case ParagraphKind.LIST | ParagraphKind.TABLE:
                listed = index.list_or_table_at(paragraph)
                return self._scores.as_lines(paragraph, listed).items()
            case ParagraphKind.CODE:
                numbers = index.sentences_of(paragraph)
                named = (number for number in numbers if may_be_quoted(index, query, number))
                return [(number, self._relevance(number)) for number in named]
            case _:
                return enumerate(self._scores.as_text(paragraph), index.first_sentence(paragraph))

    def _relevance(self, sentence: int) -> float:
        """The score of a sentence by itself, and of its paragraph."""
        paragraph = self._index.paragraph_of(sentence)
        place = sentence - self._index.first_sentence(paragraph)
        own = float(self._scores.of_sentences(paragraph)[place])
        return self.of_paragraph(paragraph) + own


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
