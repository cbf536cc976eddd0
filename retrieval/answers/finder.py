"""Finds the quotes that answer a question, or that come closest if none does."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answers.confidence import Confidence
from retrieval.answers.evidence import Evidence, evidence_of
from retrieval.answers.fused_finder import FusedFinder
from retrieval.answers.highlights import highlights
from retrieval.answers.meaning import Meaning
from retrieval.answers.quotes import Passage, Quoter
from retrieval.answers.scoring import (
    Candidate,
    candidates,
    candidates_by_article,
    told_share,
)
from retrieval.articles import Paragraph, Span
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_reader import QuestionReader

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
PLACELESS_SHARE = 1.3  # a place may also be a common noun
COMPARED_COVERAGE = 0.6


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
        self._meaning = meaning
        self._fused = FusedFinder(index, self._quoter, meaning) if meaning is not None else None

    @property
    def generation(self) -> int:
        """Grows when vectors came in, after which answers may be better than before."""
        return self._meaning.generation if self._meaning is not None else 0

    def find(
        self,
        question: str,
        context: str | None = None,
        limit: int | None = None,
        further: int = 0,
    ) -> Evidence:
        """The evidence for a question, read together with `context`, the one before it.

        At most `limit` quotes: three by default, six where several things are asked for; where
        the articles answer, at most `further` of the next best behind them.
        """
        query = self.reader.read(question, context, across_languages=self._meaning is not None)
        if query.kind is Kind.COMPARISON:
            return self._compare(query, limit or MOST_COMPARED)
        usual = MOST_LISTED if query.kind is Kind.LIST else MOST_QUOTES
        if self._fused is not None:
            evidence = self._fused.find(query, limit or usual, further)
            if evidence is not None:
                return evidence
        found = candidates(self._index, query)
        confidence = Confidence(self._index, query)
        passages = self._answers(query, found, confidence, limit or usual)
        if not passages:
            return self._unanswered(query, found, confidence)
        evidence = evidence_of(self._index, self._quoter, query, passages)
        if not further:
            return evidence
        others = self._further(query, confidence, passages)
        chosen = self._quoter.select(found, further, others)
        return replace(evidence, further=self._quoter.quotes(chosen))

    def highlights(
        self, question: str, context: str | None, paragraph: Paragraph
    ) -> tuple[Span, ...]:
        """The spans of the paragraph's words that the question asks for."""
        analyzer = self._index.analyzer_of(self._index.position(paragraph))
        return highlights(self.reader.read(question, context), paragraph.text, analyzer)

    def _answers(
        self, query: Query, found: list[Candidate], confidence: Confidence, limit: int
    ) -> list[Passage]:
        """The passages that answer; none if not one suffices."""
        fitting = {candidate.sentence for candidate in found if candidate.fits}
        further = LISTED_SHARE if query.kind is Kind.LIST else FURTHER_SHARE

        def accepts(candidate: Candidate, passage: Passage) -> bool:
            share = further if held else 1.0
            if fitting.isdisjoint(passage.sentences):
                if query.need not in (Need.PLACE, Need.NAME):
                    return False
                share *= PLACELESS_SHARE
            if not confidence.suffices(candidate, share=share):
                return False
            holds = told_share(self._index, query, self._quoter.terms(passage))
            if held and holds < FURTHER_HELD * held[0] and not self._is_headed(query, passage):
                return False
            held.append(holds)
            return True

        held: list[float] = []
        return self._quoter.select(found, limit, accepts)

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
        terms = self._index.heading_terms[passage.paragraph]
        share = told_share(self._index, query, terms)
        return query.kind is Kind.LIST and share >= HEADING_SHARE

    def _unanswered(
        self, query: Query, found: list[Candidate], confidence: Confidence
    ) -> Evidence:
        """The closest passages."""
        closest = self._quoter.select(found, MOST_RELATED, self._near(query, confidence))
        return Evidence(query, related=self._quoter.quotes(closest))

    def _near(self, query: Query, confidence: Confidence) -> Callable[[Candidate, Passage], bool]:
        """Whether a passage is close enough to be shown, though it may not answer."""

        def accepts(candidate: Candidate, _: Passage) -> bool:
            terms = self._index.paragraph_terms[candidate.paragraph]
            near = covered_share(query.words, terms) >= RELATED_COVERAGE
            return near and confidence.suffices(candidate, share=RELATED_SHARE)

        return accepts

    def _compare(self, query: Query, limit: int) -> Evidence:
        """Quotes of each article in turn, the one with most on it first, and who is silent."""
        spoken: dict[str, list[Passage]] = {}
        for article, found in candidates_by_article(self._index, query).items():
            if passages := self._of_article(query, found):
                spoken[article] = passages
        if not spoken:
            near = self._fused.find(query, MOST_QUOTES, 0) if self._fused is not None else None
            if near is not None:
                closest = (near.quotes or near.related)[:MOST_RELATED]
                return Evidence(query, related=closest, by_meaning=True)
            found = candidates(self._index, query)
            return self._unanswered(query, found, Confidence(self._index, query))
        each = max(1, limit // len(spoken))
        chosen = [passage for found in list(spoken.values())[:limit] for passage in found[:each]]
        silent = (a.id for a in self._index.collection.articles if a.id not in spoken)
        evidence = evidence_of(self._index, self._quoter, query, chosen)
        return replace(evidence, speaking=tuple(spoken), silent=tuple(silent))

    def _of_article(self, query: Query, found: list[Candidate]) -> list[Passage]:
        """The passages of one article whose paragraphs cover most of what is asked."""
        fitting = {candidate.sentence for candidate in found if candidate.fits}

        def accepts(_: Candidate, passage: Passage) -> bool:
            terms = self._index.paragraph_terms[passage.paragraph]
            covers = covered_share(query.words, terms) >= COMPARED_COVERAGE
            return covers and not fitting.isdisjoint(passage.sentences)

        return self._quoter.select(found, MOST_QUOTES, accepts)
