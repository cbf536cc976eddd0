"""Finds quotes by words and by meaning, where a collection has vectors."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answers.by_meaning.fused_confidence import FusedConfidence, Signals
from retrieval.answers.by_meaning.fusion import fused, is_near_the_best, spread
from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.question_types.follow_up_candidates import for_follow_up
from retrieval.answers.question_types.polarity import by_polarity, with_other_side
from retrieval.answers.quoting.evidence import Evidence, evidence_of, merged
from retrieval.answers.quoting.list_table_answers import ListTableAnswers
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.missing_subject import (
    asks_whether_unknown,
    lacks_name,
    speaks_of_other,
)
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.scoring import WordScores
from retrieval.answers.word_finder import MOST_RELATED_QUOTES
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need

GATED = frozenset({Need.YEAR, Need.TIME, Need.NUMBER, Need.AGE})


@dataclass(frozen=True, slots=True)
class _Ranking:
    """Candidates in their order, passages cut from the first ones, and how sure it is of them."""

    found: list[Candidate]
    chosen: list[Passage]
    cut: Callable[[Candidate], Passage]
    confidence: FusedConfidence


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
        ranking = self._ranking(query, limit, before)
        if ranking is None or not ranking.chosen:
            return Evidence(query) if ranking is not None else None
        found, chosen, cut = ranking.found, ranking.chosen, ranking.cut
        if not self._is_there(query, ranking) or not self._suffices(query, ranking):
            spaced = self._quoter.select(spread(found), MOST_RELATED_QUOTES, _anything, cut)
            closest = self._quoter.quotes(self._quoter.without_excess(spaced))
            return Evidence(query, related=closest, by_meaning=True)
        near = [candidate for candidate in found if is_near_the_best(candidate, found[0])]
        shown = self._quoter.select(near, limit, _anything, cut)
        shown = self._quoter.without_excess(shown)
        shown = with_other_side(self._index, query, found, shown, self._quoter)
        others = self._quoter.select(found, further, self._apart(shown), cut)
        return replace(
            evidence_of(self._index, self._quoter, query, merged(self._quoter, query, shown)),
            further=self._quoter.quotes(others),
            by_meaning=bool(query.foreign) or not ranking.confidence.told(chosen[0]),
        )

    def signals(self, query: Query) -> Signals | None:
        """What confidence weighs for the first passage; None where that may not answer at all."""
        ranking = self._ranking(query, 1)
        if ranking is None or not ranking.chosen or not self._is_there(query, ranking):
            return None
        return ranking.confidence.signals(ranking.found[0], ranking.chosen[0])

    def _ranking(self, query: Query, limit: int, before: Sequence[Quote] = ()) -> _Ranking | None:
        if not query.words and not query.foreign and query.kind is not Kind.COMPARISON:
            return None
        scores = WordScores(self._index, query)
        likeness = self._meaning.likeness(query.question, query.context, scores.paragraphs)
        if likeness is None:
            return None
        found = by_polarity(self._index, query, fused(self._index, query, scores, likeness))
        found = for_follow_up(self._index, query, found, before)
        cut = ListTableAnswers(self._index, query, self._quoter).passage
        chosen = self._quoter.select(found, limit, _anything, cut)
        words = Confidence(self._index, query, scores)
        confidence = FusedConfidence(self._index, query, self._meaning, likeness, words)
        return _Ranking(found, chosen, cut, confidence)

    def _is_there(self, query: Query, ranking: _Ranking) -> bool:
        """Whether what is asked about, and a year, a time or a number asked for, is there."""
        fits = (fits_need(self._index, query, n) for n in ranking.chosen[0].sentences)
        if query.need in GATED and not any(fits):
            return False
        if speaks_of_other(self._index, query, ranking.chosen[0].paragraph):
            return False
        return bool(query.foreign) or not lacks_name(self._index, query, ranking.found)

    def _suffices(self, query: Query, ranking: _Ranking) -> bool:
        is_unknown = not query.foreign and asks_whether_unknown(self._index, query, ranking.found)
        best, passage = ranking.found[0], ranking.chosen[0]
        return ranking.confidence.suffices(best, passage, by_meaning_alone=is_unknown)

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
