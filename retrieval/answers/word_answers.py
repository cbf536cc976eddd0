"""Answers by words alone, if their confidence suffices."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.quoting.completion import with_code
from retrieval.answers.quoting.evidence import MOST_RELATED_QUOTES, Evidence
from retrieval.answers.quoting.passage_selection import Accepts, PassageSelection, anything
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.ranking.candidates import Candidate, idf_share
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.missing_subject import lacks_subject, speaks_of_other
from retrieval.questions.query import covered_share
from retrieval.questions.question_kinds import GATED, Kind

MOST_OPENED_ARTICLES = 8  # articles
# Shares of the confidence that an answer needs:
FURTHER_CONFIDENCE = 0.8  # behind the first quote
LISTED_CONFIDENCE = 0.4  # behind the first one where a list is asked for, and where more is
RELATED_CONFIDENCE = 0.4  # where nothing answers
PLACELESS_CONFIDENCE = 1.3  # without the name of the place or person that is asked for
# Shares of the question that a passage has to hold:
RELATED_COVERAGE = 0.4  # where nothing answers
HEADING_COVERAGE = 0.5  # in its heading, to count as headed by it
FURTHER_COVERAGE = 0.2  # behind the first quote, of what that holds
NEXT_BEST_COVERAGE = 0.5  # behind the answer, of what that holds


class WordAnswers:
    """Which of the candidates for a query answer it: at most `limit` passages, best first."""

    is_by_meaning = False

    def __init__(
        self,
        selection: PassageSelection,
        found: Sequence[Candidate],
        confidence: Confidence,
        limit: int,
    ) -> None:
        self.found = found
        self._selection = selection
        self._scores = selection.scores
        self.held = selection.scores.held
        self._index = selection.index
        self._query = selection.query
        self._quoter = selection.quoter
        self._confidence = confidence
        self._limit = limit

    def answers(self, limit: int | None = None) -> list[Passage]:
        """The passages that answer, at most `limit`; none if not one suffices.

        Where a list is asked for, more may follow than otherwise, unless the first is one.
        """
        if lacks_subject(self._index, self._query, self.found):
            return []
        share = LISTED_CONFIDENCE if self._query.wants_more else 1.0

        def answers(candidate: Candidate, passage: Passage) -> bool:
            return self._suffices(candidate, passage, share)

        first = self._selection.first(self.found, answers)
        if first is None:
            return []
        behind = self._is_further(self._selection.passage(first))
        passages = self._selection.select(self.found, limit or self._limit, behind, first)
        return self._quoter.without_excess(passages)

    def closest(self) -> Evidence:
        """The passages that come closest to a query that nothing answers."""
        select = self._selection.near_first
        closest = select(self.found, MOST_RELATED_QUOTES, self._is_close)
        if not closest and not self._query.wants_more:
            closest = select(self.found, 1, anything)  # no question ends in nothing
        closest = with_code(self._index, self._quoter.without_excess(closest))
        evidence = Evidence(self._query, related=self._quoter.quotes(closest))
        if closest or self._query.wants_more:
            return evidence
        articles = self._index.articles.page(0, MOST_OPENED_ARTICLES)
        return replace(evidence, speaking=tuple(article.id for article in articles))

    def further(self, shown: Sequence[Passage], most: int) -> list[Passage]:
        """The next best passages that are close enough and say what those shown do not."""
        least = NEXT_BEST_COVERAGE * max(self._told(passage) for passage in shown)

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            is_near = self._is_close(candidate, passage) and self._told(passage) >= least
            return is_near and self._quoter.is_new(passage, shown)

        return self._selection.near_first(self.found, most, accepts) if most else []

    def _suffices(self, candidate: Candidate, passage: Passage, share: float) -> bool:
        """Whether a passage answers with that share of the confidence that one alone needs."""
        if not self._selection.fits(candidate, passage, self.found):
            if self._query.need in GATED:
                return False
            share *= PLACELESS_CONFIDENCE
        if speaks_of_other(self._index, self._query, passage.paragraph):
            return False
        return self._confidence.suffices(candidate, share=share)

    def _is_further(self, first: Passage) -> Accepts:
        """Whether a passage is part of the answer behind the first one."""
        is_listed = self._query.wants_more or (self._query.kind is Kind.LIST and not first.chosen)
        share = LISTED_CONFIDENCE if is_listed else FURTHER_CONFIDENCE
        least = FURTHER_COVERAGE * self._told(first)

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            if not self._suffices(candidate, passage, share):
                return False
            return self._told(passage) >= least or self._is_headed(passage)

        return accepts

    def _told(self, passage: Passage) -> float:
        first = self._index.first_sentence(passage.paragraph)
        held = self._scores.held_in(passage.paragraph, [n - first for n in passage.sentences])
        return idf_share(self._index, self._query, held)

    def _is_headed(self, passage: Passage) -> bool:
        """Whether a way is asked for and the heading above the passage names it."""
        terms = self._index.heading_or_title_terms(passage.paragraph)
        is_named = idf_share(self._index, self._query, terms) >= HEADING_COVERAGE
        return self._query.kind is Kind.HOW and is_named

    def _is_close(self, candidate: Candidate, _: Passage) -> bool:
        """Whether a passage is close enough to be shown, though it may not answer."""
        held = self._scores.held(candidate.paragraph)
        is_near = covered_share(self._query.words, held) >= RELATED_COVERAGE
        return is_near and self._confidence.suffices(candidate, share=RELATED_CONFIDENCE)
