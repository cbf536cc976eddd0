"""Finds the quotes that answer a question, or that come closest if none does."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answers.by_meaning.fused_confidence import Signals
from retrieval.answers.by_meaning.fused_finder import FusedFinder
from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.question_types.article_facts import MOST_LISTED_ARTICLES, ArticleFacts
from retrieval.answers.question_types.both_sides import both_sides
from retrieval.answers.question_types.follow_up_candidates import for_follow_up
from retrieval.answers.question_types.polarity import by_polarity, with_other_side
from retrieval.answers.quoting.evidence import Evidence, both, evidence_of, merged
from retrieval.answers.quoting.following import following
from retrieval.answers.quoting.highlights import highlights
from retrieval.answers.quoting.list_table_answers import ListTableAnswers
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate, told_share
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.missing_subject import lacks_subject, speaks_of_other
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Paragraph, Quote, Span
from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import ArticleQuestion, Fact
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_reader import LONGEST_QUESTION, QuestionReader, clean

MOST_QUOTES = 3
MOST_LISTED = 6
MOST_RELATED = 3
MOST_COMPARED = 6
FURTHER_SHARE = 0.8
LISTED_SHARE = 0.4
RELATED_SHARE = 0.4
RELATED_COVERAGE = 0.4
FURTHER_HELD = 0.2
NEXT_BEST_SHARE = 0.5
HEADING_SHARE = 0.5
# A place may also be a common noun, and how often may be told in many words.
UNGATED = (Need.PLACE, Need.NAME, Need.FREQUENCY)
PLACELESS_SHARE = 1.3
COMPARED_COVERAGE = 0.6
MOST_OPENED = 8
LEAST_LEANT_ON = 0.5


class Finder:
    """Answers questions from one collection; `synonym_groups` are expressions that mean the same.

    The same question gives the same evidence, always.
    """

    def __init__(
        self,
        index: Index,
        synonym_groups: Sequence[Sequence[str]] = (),
        meaning: Meaning | None = None,
    ) -> None:
        self._index = index
        self.reader = QuestionReader(index, synonym_groups)
        self._quoter = Quoter(index)
        self._facts = ArticleFacts(index, self.reader)
        self._meaning = meaning
        self._fused = FusedFinder(index, self._quoter, meaning) if meaning is not None else None

    @property
    def generation(self) -> int:
        """Grows when vectors came in, after which answers may be better than before."""
        return self._meaning.generation if self._meaning is not None else 0

    def signals(self, question: str) -> Signals | None:
        """What confidence weighs for the first passage; None where that may not answer at all."""
        return self._fused.signals(self._read(question, None)) if self._fused else None

    def find(
        self,
        question: str,
        context: str | None = None,
        limit: int | None = None,
        further: int = 0,
        shown: Sequence[Quote] = (),
    ) -> Evidence:
        """The evidence for a question, read together with `context`, the one before it.

        `shown` are the quotes that answered that one; they are not given for another question. At
        most `limit` quotes: three by default, six where several things are asked for; where
        the articles answer, at most `further` of the next best behind them.
        """
        parts = self.reader.parts(question)
        is_own = parts.told is not None and (parts.is_story or context is None)
        before = parts.told if is_own else context
        first = self._find_one(parts.questions[0], before, limit, further, shown)
        whole = clean(question)
        is_shortened = len(whole) > LONGEST_QUESTION
        asked_for = replace(
            first.query, question=whole[:LONGEST_QUESTION], is_shortened=is_shortened
        )
        is_part = parts.questions[0] != whole
        if is_part and asked_for.kind is Kind.KEYWORDS:  # the message is not what was looked up
            asked_for = replace(asked_for, kind=Kind.WHAT)
        if is_own:  # what it was read together with is in the message itself
            asked_for = replace(asked_for, context=None)
        first = replace(first, query=asked_for)
        if len(parts.questions) == 1:
            return first
        asked = parts.questions[1]
        second = self._find_one(asked, parts.questions[0], limit, 0, first.quotes)
        return both(first, second, (parts.questions[0], asked))

    def _find_one(
        self,
        question: str,
        context: str | None,
        limit: int | None,
        further: int,
        shown: Sequence[Quote],
    ) -> Evidence:
        if asked := self.reader.about_articles(question):
            told = self._of_articles(asked, question, context, limit)
            if told is not None:
                return told
        query = self._read(question, context)
        if (query.wants_more or query.wants_next) and not shown and query.context:
            shown = self.find(query.context).quotes
        if query.wants_next:
            behind = following(self._index, self._quoter, shown)
            quotes = self._quoter.quotes([behind] if behind else [])
            return Evidence(replace(query, wants_more=behind is None), quotes=quotes)
        if query.kind is not Kind.COMPARISON and (compared := self._of_sides(question, query)):
            return compared
        return self._find(query, limit, further, shown)

    def _of_sides(self, question: str, query: Query) -> Evidence | None:
        """What is said of each of two things that a question sets side by side, if it does."""
        sides = self.reader.sides(question)
        if sides is None:
            return None
        passages = both_sides(self._index, self._quoter, self.reader, sides)
        if not passages:
            return None
        plain = replace(query, kind=Kind.WHAT, need=Need.NOTHING, context=None)
        return evidence_of(self._index, self._quoter, plain, passages)

    def _read(self, question: str, context: str | None) -> Query:
        return self.reader.read(question, context, across_languages=self._meaning is not None)

    def _find(
        self, query: Query, limit: int | None, further: int, shown: Sequence[Quote] = ()
    ) -> Evidence:
        if query.kind is Kind.COMPARISON and not query.wants_more:
            return self._compare(query, limit or MOST_COMPARED)
        usual = MOST_LISTED if query.kind is Kind.LIST else MOST_QUOTES
        if self._fused is not None:
            evidence = self._fused.find(query, limit or usual, further, shown)
            if evidence is not None:
                return evidence
        scores = WordScores(self._index, query)
        found = by_polarity(self._index, query, scores.candidates())
        found = for_follow_up(self._index, query, found, shown)
        confidence = Confidence(self._index, query, scores)
        passages = []
        if not lacks_subject(self._index, query, found):
            passages = self._answers(query, found, confidence, limit or usual)
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

    def highlights(
        self, question: str, context: str | None, paragraph: Paragraph
    ) -> tuple[Span, ...]:
        """The spans of the paragraph's words that the question asks for."""
        analyzer = self._index.analyzer_of(self._index.position(paragraph))
        return highlights(self.reader.read(question, context), paragraph.text, analyzer)

    def _of_articles(
        self, asked: ArticleQuestion, question: str, context: str | None, limit: int | None
    ) -> Evidence | None:
        """What the headers say; None if no article is meant, or an article itself answers."""
        if asked.fact is Fact.COUNT and asked.subject:
            on_subject = self.reader.read(asked.subject)
            query = replace(on_subject, question=question, kind=Kind.COMPARISON, need=Need.NOTHING)
            return self._compare(query, limit or MOST_COMPARED)
        if asked.is_vague:
            query = self.reader.read(question, context)
            quotes = self._find(query, None, 0).quotes if asked.title or query.context else ()
            if any(self._facts.is_told(query, quote) for quote in quotes):
                return None
        before = self._spoken_of(context) if context and asked.means_those_before else ()
        told = self._facts.told(asked, before)
        if told is None:
            return None
        openings = (self._facts.opening(article) for article in told.speaking[:MOST_OPENED])
        return Evidence(
            Query(
                question,
                Kind.ABOUT_ARTICLES,
                fact=asked.fact,
                context=context if before else None,
            ),
            speaking=tuple(article.id for article in told.speaking),
            silent=tuple(article.id for article in told.silent),
            more_speaking=told.more_speaking,
            more_silent=told.more_silent,
            further=tuple(opening for opening in openings if opening is not None),
        )

    def _spoken_of(self, context: str) -> tuple[str, ...]:
        """The articles that the question before was about."""
        evidence = self.find(context)
        if evidence.query.fact:
            return evidence.speaking + evidence.silent
        return tuple(quote.paragraph.article for quote in evidence.quotes)

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
                share = LISTED_SHARE
            if not self._fit(query, passage, fitting):
                if query.need not in UNGATED:
                    return False
                share *= PLACELESS_SHARE
            if speaks_of_other(self._index, query, passage.paragraph):
                return False
            if not confidence.suffices(candidate, share=share):
                return False
            holds = told_share(self._index, query, self._quoter.terms(passage))
            if held and holds < FURTHER_HELD * held[0] and not self._is_headed(query, passage):
                return False
            held.append(holds)
            accepted.append(passage)
            return True

        def further_share() -> float:
            is_listed = query.kind is Kind.LIST and not accepted[0].chosen
            return LISTED_SHARE if is_listed else FURTHER_SHARE

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
        return self._quoter.select(found, limit, accepts, lists.passage)

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
        best = max(told_share(self._index, query, self._quoter.terms(p)) for p in shown)

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            if not is_near(candidate, passage) or any(passage.touches(other) for other in shown):
                return False
            told = told_share(self._index, query, self._quoter.terms(passage))
            if told < NEXT_BEST_SHARE * best:
                return False
            return not any(self._quoter.say_the_same(passage, other) for other in shown)

        return accepts

    def _is_headed(self, query: Query, passage: Passage) -> bool:
        """Whether a list is asked for and the passage stands under a heading that names it."""
        terms = self._index.heading_terms(passage.paragraph)
        share = told_share(self._index, query, terms)
        return query.kind is Kind.LIST and share >= HEADING_SHARE

    def _unanswered(
        self, query: Query, found: list[Candidate], confidence: Confidence
    ) -> Evidence:
        """The closest passages."""
        closest = self._select(query, found, MOST_RELATED, self._near(query, confidence))
        if not closest and not query.wants_more:
            closest = self._select(query, found, 1, lambda *_: True)  # no question ends in nothing
        closest = self._quoter.without_excess(closest)
        evidence = Evidence(query, related=self._quoter.quotes(closest))
        if closest or query.wants_more:
            return evidence
        articles = self._index.articles.page(0, MOST_OPENED)
        return replace(evidence, speaking=tuple(article.id for article in articles))

    def _near(self, query: Query, confidence: Confidence) -> Callable[[Candidate, Passage], bool]:
        """Whether a passage is close enough to be shown, though it may not answer."""

        def accepts(candidate: Candidate, _: Passage) -> bool:
            terms = self._index.paragraph_terms(candidate.paragraph)
            near = covered_share(query.words, terms) >= RELATED_COVERAGE
            return near and confidence.suffices(candidate, share=RELATED_SHARE)

        return accepts

    def _compare(self, query: Query, limit: int) -> Evidence:
        """Quotes of each article in turn, the one with most on it first, and who is silent."""
        spoken: dict[str, list[Passage]] = {}
        scores = WordScores(self._index, query)
        for article, found in scores.by_article().items():
            if passages := self._of_article(query, found):
                spoken[article] = passages
        if not spoken:
            near = self._fused.find(query, MOST_QUOTES, 0) if self._fused is not None else None
            if near is not None:
                closest = (near.quotes or near.related)[:MOST_RELATED]
                return Evidence(query, related=closest, by_meaning=True)
            confidence = Confidence(self._index, query, scores)
            return self._unanswered(query, scores.candidates(), confidence)
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

        return self._select(query, found, MOST_QUOTES, accepts)
