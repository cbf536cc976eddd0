"""Finds quotes by words alone, and lets confidence say whether they answer."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answers.question_types.article_facts import MOST_LISTED_ARTICLES
from retrieval.answers.question_types.follow_up_candidates import for_follow_up
from retrieval.answers.question_types.polarity import by_polarity, with_other_side
from retrieval.answers.quoting.evidence import Evidence, evidence_of, merged
from retrieval.answers.quoting.list_table_answers import ListTableAnswers
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter, ScoreFloor
from retrieval.answers.ranking.candidates import Candidate, idf_share
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.missing_subject import lacks_subject, speaks_of_other
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Kind, Need

MOST_QUOTES_OF_ARTICLE = 3
MOST_RELATED_QUOTES = 3  # the closest passages, where nothing answers
MOST_OPENED_ARTICLES = 8  # articles
# Shares of the confidence that an answer needs:
FURTHER_CONFIDENCE = 0.8  # behind the first quote
LISTED_CONFIDENCE = 0.4  # behind the first one where a list is asked for, and where more is
RELATED_CONFIDENCE = 0.4  # where nothing answers
PLACELESS_CONFIDENCE = 1.3  # without the name of the place or person that is asked for
# Shares of the question that a passage has to hold:
RELATED_COVERAGE = 0.4  # where nothing answers
COMPARED_COVERAGE = 0.6  # where articles are compared
HEADING_COVERAGE = 0.5  # in its heading, to count as headed by it
FURTHER_COVERAGE = 0.2  # behind the first quote, of what that holds
NEXT_BEST_COVERAGE = 0.5  # behind the answer, of what that holds
# A place may also be a common noun, and how often may be told in many words.
UNGATED = (Need.PLACE, Need.NAME, Need.FREQUENCY)


class WordFinder:
    """Finds passages whose words are those of a query, or that a word of it may be found as."""

    def __init__(self, index: Index, quoter: Quoter) -> None:
        self._index = index
        self._quoter = quoter

    def find(
        self, query: Query, limit: int, further: int, before: Sequence[Quote] = ()
    ) -> Evidence:
        """The evidence for a query: at most `limit` quotes, and at most `further` behind them.

        `before` are the quotes that answered the question before.
        """
        scores = WordScores(self._index, query)
        found = by_polarity(self._index, query, scores.candidates())
        found = for_follow_up(self._index, query, found, before)
        confidence = Confidence(self._index, query, scores)
        passages = []
        if not lacks_subject(self._index, query, found):
            passages = self._answers(query, found, confidence, limit)
        if not passages:
            return self._unanswered(query, found, confidence)
        passages = with_other_side(self._index, query, found, passages, self._quoter)
        passages = merged(self._quoter, query, passages)
        evidence = evidence_of(self._index, self._quoter, query, passages)
        if not further:
            return evidence
        others = self._further(query, confidence, passages)
        chosen = self._select(query, found, further, others)
        return replace(evidence, further=self._quoter.quotes(chosen))

    def compare(self, query: Query, limit: int) -> Evidence | None:
        """Quotes of each article in turn, the one with most on it first, and who is silent.

        None if all are.
        """
        spoken: dict[str, list[Passage]] = {}
        scores = WordScores(self._index, query)
        for article, found in scores.by_article().items():
            if passages := self._of_article(query, found):
                spoken[article] = passages
        if not spoken:
            return None
        each = max(1, limit // len(spoken))
        chosen = [passage for found in list(spoken.values())[:limit] for passage in found[:each]]
        first = self._index.articles.page(0, MOST_LISTED_ARTICLES)
        silent = tuple(article.id for article in first if article.id not in spoken)
        evidence = evidence_of(self._index, self._quoter, query, chosen)
        return replace(
            evidence,
            speaking=tuple(spoken),
            silent=silent,
            more_silent=len(self._index.articles) - len(spoken) - len(silent),
        )

    def _of_article(self, query: Query, found: list[Candidate]) -> list[Passage]:
        """The passages of one article whose paragraphs cover most of what is asked."""
        fitting = {candidate.sentence for candidate in found if candidate.fits}

        def accepts(_: Candidate, passage: Passage) -> bool:
            terms = self._index.paragraph_terms(passage.paragraph)
            covers = covered_share(query.words, terms) >= COMPARED_COVERAGE
            return covers and self._fit(query, passage, fitting)

        return self._select(query, found, MOST_QUOTES_OF_ARTICLE, accepts)

    def closest(self, query: Query) -> Evidence:
        """The passages that come closest to a query that nothing answers."""
        scores = WordScores(self._index, query)
        confidence = Confidence(self._index, query, scores)
        return self._unanswered(query, scores.candidates(), confidence)

    def _answers(
        self, query: Query, found: list[Candidate], confidence: Confidence, limit: int
    ) -> list[Passage]:
        """The passages that answer; none if not one suffices.

        Where a list is asked for, more may follow than otherwise, unless the first is one.
        """
        fitting = {candidate.sentence for candidate in found if candidate.fits}
        accepted: list[Passage] = []

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            share = further_share() if accepted else 1.0
            if query.wants_more:
                share = LISTED_CONFIDENCE
            if not self._fit(query, passage, fitting):
                if query.need not in UNGATED:
                    return False
                share *= PLACELESS_CONFIDENCE
            if speaks_of_other(self._index, query, passage.paragraph):
                return False
            if not confidence.suffices(candidate, share=share):
                return False
            holds = idf_share(self._index, query, self._quoter.terms(passage))
            if held and holds < FURTHER_COVERAGE * held[0] and not self._is_headed(query, passage):
                return False
            held.append(holds)
            accepted.append(passage)
            return True

        def further_share() -> float:
            is_listed = query.kind is Kind.LIST and not accepted[0].chosen
            return LISTED_CONFIDENCE if is_listed else FURTHER_CONFIDENCE

        held: list[float] = []
        return self._quoter.without_excess(self._select(query, found, limit, accepts))

    def _select(
        self,
        query: Query,
        found: list[Candidate],
        limit: int,
        accepts: Callable[[Candidate, Passage], bool],
    ) -> list[Passage]:
        lists = ListTableAnswers(self._index, query, self._quoter)
        return self._quoter.select(found, limit, accepts, lists.passage, ScoreFloor())

    def _fit(self, query: Query, passage: Passage, fitting: set[int]) -> bool:
        """Whether a sentence of the passage holds what the question needs.

        Not every line of a list or table was a candidate.
        """
        if not fitting.isdisjoint(passage.sentences):
            return True
        return any(fits_need(self._index, query, number) for number in passage.chosen)

    def _further(
        self, query: Query, confidence: Confidence, shown: list[Passage]
    ) -> Callable[[Candidate, Passage], bool]:
        """Whether a passage that is close enough says something that those shown do not."""
        is_near = self._near(query, confidence)
        best = max(idf_share(self._index, query, self._quoter.terms(p)) for p in shown)

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            if not is_near(candidate, passage) or any(passage.touches(other) for other in shown):
                return False
            told = idf_share(self._index, query, self._quoter.terms(passage))
            if told < NEXT_BEST_COVERAGE * best:
                return False
            return not any(self._quoter.say_the_same(passage, other) for other in shown)

        return accepts

    def _is_headed(self, query: Query, passage: Passage) -> bool:
        """Whether a list is asked for and the passage stands under a heading that names it."""
        terms = self._index.heading_terms(passage.paragraph)
        share = idf_share(self._index, query, terms)
        return query.kind is Kind.LIST and share >= HEADING_COVERAGE

    def _unanswered(
        self, query: Query, found: list[Candidate], confidence: Confidence
    ) -> Evidence:
        """The closest passages."""
        closest = self._select(query, found, MOST_RELATED_QUOTES, self._near(query, confidence))
        if not closest and not query.wants_more:
            closest = self._select(query, found, 1, lambda *_: True)  # no question ends in nothing
        closest = self._quoter.without_excess(closest)
        evidence = Evidence(query, related=self._quoter.quotes(closest))
        if closest or query.wants_more:
            return evidence
        articles = self._index.articles.page(0, MOST_OPENED_ARTICLES)
        return replace(evidence, speaking=tuple(article.id for article in articles))

    def _near(self, query: Query, confidence: Confidence) -> Callable[[Candidate, Passage], bool]:
        """Whether a passage is close enough to be shown, though it may not answer."""

        def accepts(candidate: Candidate, _: Passage) -> bool:
            terms = self._index.paragraph_terms(candidate.paragraph)
            near = covered_share(query.words, terms) >= RELATED_COVERAGE
            return near and confidence.suffices(candidate, share=RELATED_CONFIDENCE)

        return accepts
