"""Looks a query up, by words and meaning, or by words alone where there are no vectors.

A rule for both is a function in `question_types/` or `quoting/` that is called here.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.answers.question_types.follow_up_candidates import for_follow_up
from retrieval.answers.question_types.polarity import by_polarity, with_other_side
from retrieval.answers.quoting.completion import with_code
from retrieval.answers.quoting.evidence import MOST_RELATED_QUOTES, Evidence, evidence_of, merged
from retrieval.answers.quoting.passage_selection import PassageSelection
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.scoring import WordScores
from retrieval.answers.word_answers import WordAnswers
from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.analysis import word_count

if TYPE_CHECKING:
    from retrieval.answers.by_meaning.fused_answers import FusedAnswers
    from retrieval.answers.by_meaning.fused_confidence import Signals
    from retrieval.answers.by_meaning.meaning import Likeness, Meaning
    from retrieval.answers.ranking.candidates import Candidate

FEWEST_SMALL_WORDS = 4  # of a question that holds no others
FEWEST_NEEDING_WORDS = 2  # of one that tells what its answer has to hold


class AnswerSearch:
    """Finds the passages that answer a query, or that come closest if none does."""

    def __init__(self, index: Index, quoter: Quoter, meaning: "Meaning | None") -> None:
        self._index = index
        self._quoter = quoter
        self._meaning = meaning

    def find(
        self, query: Query, limit: int, further: int = 0, before: Sequence[Quote] = ()
    ) -> Evidence:
        """The evidence for a query: at most `limit` quotes, and at most `further` behind them.

        `before` are the quotes that answered the question before.
        """
        answers = self._answers(query, limit, before)
        passages = answers.answers()
        if not passages:
            return answers.closest()
        quoted = self._merged(query, answers, passages)
        if len(quoted) < len(passages) == limit:  # those of one paragraph leave room for another
            more = self._merged(query, answers, answers.answers(limit + 1))
            quoted = more if len(more) <= limit else quoted
        return replace(
            evidence_of(self._index, self._quoter, query, quoted, answers.held),
            further=self._quoter.quotes(with_code(self._index, answers.further(quoted, further))),
            by_meaning=answers.is_by_meaning,
        )

    def _merged(
        self, query: Query, answers: "WordAnswers | FusedAnswers", passages: list[Passage]
    ) -> list[Passage]:
        """The passages of an answer as they are quoted, with what says the opposite."""
        both = with_other_side(self._index, query, answers.found, passages, self._quoter)
        return merged(self._quoter, query, both)

    def closest(self, query: Query) -> Evidence:
        """What comes closest to a query, though it is no answer to what was asked."""
        near = self.find(query, MOST_RELATED_QUOTES)
        if not near.quotes:
            return near
        related = near.quotes[:MOST_RELATED_QUOTES]
        return Evidence(query, related=related, by_meaning=self._meaning is not None)

    def signals(self, query: Query) -> "Signals | None":
        """What confidence weighs for the first passage; None where that may not answer at all."""
        answers = self._answers(query, 1, ())
        return None if isinstance(answers, WordAnswers) else answers.signals()

    def _answers(
        self, query: Query, limit: int, before: Sequence[Quote]
    ) -> "WordAnswers | FusedAnswers":
        """The candidates for a query in their order, and who says which of them answer."""
        index = self._index
        scores = WordScores(index, query)
        likeness = self._likeness(query, scores)
        best: Sequence[Candidate]
        if likeness is None:
            best = scores.candidates()
        else:
            from retrieval.answers.by_meaning.fusion import fused

            best = fused(index, query, scores, likeness)
        found = for_follow_up(index, query, by_polarity(index, query, best), before)
        selection = PassageSelection(index, query, self._quoter, scores)
        words = Confidence(index, query, scores)
        if self._meaning is None or likeness is None:
            return WordAnswers(selection, found, words, limit)
        from retrieval.answers.by_meaning.fused_answers import FusedAnswers
        from retrieval.answers.by_meaning.fused_confidence import FusedConfidence

        confidence = FusedConfidence(index, query, self._meaning, likeness, words)
        return FusedAnswers(selection, found, confidence, limit)

    def _likeness(self, query: Query, scores: WordScores) -> "Likeness | None":
        """How near the collection comes; None while vectors are missing, or nothing is asked."""
        if self._meaning is None or not _is_asked(query):
            return None
        return self._meaning.likeness(query.meant, query.context, scores.paragraphs)


def _is_asked(query: Query) -> bool:
    """Whether there is something to look up: words, or a question in small words alone.

    "Where is she from?" holds nothing that could be found by words, but means something; so does
    "Where is it?", as a place is asked for.
    """
    if query.words or query.foreign or query.kind is Kind.COMPARISON:
        return True
    is_question = query.kind not in (Kind.KEYWORDS, Kind.SMALL_TALK, Kind.ABOUT_ARTICLES)
    fewest = FEWEST_SMALL_WORDS if query.need is Need.NOTHING else FEWEST_NEEDING_WORDS
    return is_question and word_count(query.question) >= fewest
