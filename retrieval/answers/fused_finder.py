"""Finds quotes by words and by meaning, where a collection has vectors."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.answers.confidence import Confidence
from retrieval.answers.evidence import Evidence, evidence_of, merged
from retrieval.answers.fused_confidence import FusedConfidence
from retrieval.answers.fusion import fused, is_near_the_best
from retrieval.answers.meaning import Meaning
from retrieval.answers.passages import Passage
from retrieval.answers.polarity import by_polarity
from retrieval.answers.quotes import Quoter
from retrieval.answers.scoring import Candidate, WordScores, fits_need
from retrieval.answers.shown_before import unseen
from retrieval.answers.subject import lacks_subject
from retrieval.answers.unit_answers import UnitAnswers
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind

MOST_RELATED = 3


class FusedFinder:
    """Finds passages, and lets confidence say whether they answer or are only the closest.

    Behind the first quote of an answer come those whose scores are near; of the closest passages
    there are always three.
    """

    def __init__(self, index: Index, quoter: Quoter, meaning: Meaning) -> None:
        self._index = index
        self._quoter = quoter
        self._meaning = meaning

    def find(
        self, query: Query, limit: int, further: int, before: Sequence[Quote] = ()
    ) -> Evidence | None:
        """The evidence for a query; None while vectors are missing, or without anything to ask.

        At most `limit` quotes and, where they answer, at most `further` behind them. `before` are
        the quotes that answered the question before.
        """
        if not query.words and not query.foreign and query.kind is not Kind.COMPARISON:
            return None
        scores = WordScores(self._index, query)
        likeness = self._meaning.likeness(query.question, query.context, scores.paragraphs)
        if likeness is None:
            return None
        found = by_polarity(self._index, query, fused(self._index, query, scores, likeness))
        found = unseen(self._index, query, found, before)
        cut = UnitAnswers(self._index, query, self._quoter).passage
        chosen = self._quoter.select(found, limit, _anything, cut, relative_score=0)
        if not chosen:
            return Evidence(query)
        words = Confidence(self._index, query, scores)
        confidence = FusedConfidence(self._index, query, self._meaning, likeness, words)
        fits = any(fits_need(self._index, query, number) for number in chosen[0].sentences)
        is_told = bool(query.foreign) or not lacks_subject(self._index, query, found)
        if not is_told or not confidence.suffices(found[0], chosen[0], fits=fits):
            closest = self._quoter.quotes(chosen[:MOST_RELATED])
            return Evidence(query, related=closest, by_meaning=True)
        near = [candidate for candidate in found if is_near_the_best(candidate, found[0])]
        shown = self._quoter.select(near, limit, _anything, cut, relative_score=0)
        others = self._quoter.select(found, further, self._apart(shown), cut, relative_score=0)
        return replace(
            evidence_of(self._index, self._quoter, query, merged(self._quoter, query, shown)),
            further=self._quoter.quotes(others),
            by_meaning=not confidence.told(chosen[0]),
        )

    def _apart(self, shown: list[Passage]) -> Callable[[Candidate, Passage], bool]:
        """Whether a passage says something that those shown do not."""

        def accepts(_: Candidate, passage: Passage) -> bool:
            return not any(
                passage.touches(other) or self._quoter.say_the_same(passage, other)
                for other in shown
            )

        return accepts


def _anything(_: Candidate, __: Passage) -> bool:
    return True
