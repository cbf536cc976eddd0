"""Chooses from ranked sentences the passages that are quoted, so that no two say the same.

What may be quoted at all is decided in three places: filler and what leads nowhere are left out
here, code that none of the question's words are in where sentences are scored (`may_be_quoted`),
and what does not answer in `word_answers.py` and `by_meaning/fused_answers.py`, by what they
accept.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import dropwhile, takewhile
from math import inf

from retrieval.answers.quoting.completion import (
    ends_open,
    is_short_label,
    leads_nowhere,
    with_code,
)
from retrieval.answers.quoting.list_table_answers import ListTableAnswers
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import LONGEST_QUOTE, Quoter
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.ranked_candidates import looked_at
from retrieval.answers.ranking.scoring import WordScores
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need

RELATIVE_SCORE = 0.5
ALMOST = 0.75  # of the score of the best

Accepts = Callable[[Candidate, Passage], bool]


def anything(_: Candidate, __: Passage) -> bool:
    """Accepts every passage."""
    return True


class PassageSelection:
    """Chooses passages for one query; of a list or table each sentence has the same one.

    Filler is never the reason for a passage, nor is what leads nowhere or is not accepted; what
    only leads or refers elsewhere ("See the guide") is none for another one.
    """

    def __init__(self, index: Index, query: Query, quoter: Quoter, scores: WordScores) -> None:
        self.scores = scores
        self.index = index
        self.query = query
        self.quoter = quoter
        self.passage = ListTableAnswers(index, query, quoter).passage

    def select(
        self,
        found: Sequence[Candidate],
        limit: int,
        accepts: Accepts = anything,
        first: Candidate | None = None,
    ) -> list[Passage]:
        """At most `limit` passages of the candidates, in their order.

        One that touches another makes that one grow. From `first` on, if it is given; none scores
        less than half of it then.
        """
        chosen: list[Passage] = []

        def may_be_shown(paragraph: int) -> bool:
            return len(chosen) < limit or not self._is_apart(paragraph, chosen)

        least = -inf if first is None else RELATIVE_SCORE * first.score
        likely = looked_at(found, may_be_shown, least)
        for candidate in likely if first is None else dropwhile(first.__ne__, likely):
            if not self._tells(candidate.sentence):
                continue
            if chosen and self._lacks(candidate.sentence):
                continue
            passage = self.passage(candidate)
            if accepts(candidate, passage):
                chosen = self._with(passage, chosen, limit)
        return chosen

    def first(self, found: Iterable[Candidate], accepts: Accepts) -> Candidate | None:
        """The first candidate that more speaks for than against, and whose passage is accepted.

        Instead of one that only leads or refers elsewhere, one that scores almost as much.
        """
        likely = (c for c in found if c.score >= 0 and self._tells(c.sentence))
        accepted = (c for c in likely if accepts(c, self.passage(c)))
        first = next(accepted, None)
        if first is None or not self._lacks(first.sentence):
            return first
        if len(with_code(self.index, [self.passage(first)])) > 1:
            return first
        near = takewhile(lambda c: c.score >= ALMOST * first.score, accepted)
        return next((c for c in near if not self._lacks(c.sentence)), first)

    def near_first(
        self, found: Sequence[Candidate], limit: int, accepts: Accepts
    ) -> list[Passage]:
        """The first accepted passage, and those near it."""
        first = self.first(found, accepts)
        return [] if first is None else self.select(found, limit, accepts, first)

    def fits(self, candidate: Candidate, passage: Passage, found: Sequence[Candidate]) -> bool:
        """Whether a sentence of the passage that was found holds what the question needs.

        Not every line of a list or table was a candidate, nor was what a text goes on with.
        """
        if candidate.fits and candidate.sentence in passage.sentences:
            return True
        there = looked_at(found, passage.paragraph.__eq__)
        if any(c.fits and c.sentence in passage.sentences for c in there):
            return True
        others = passage.chosen or ((passage.last,) if passage.last > candidate.sentence else ())
        return any(fits_need(self.index, self.query, number) for number in others)

    def _tells(self, sentence: int) -> bool:
        is_filler = self.index.is_filler(sentence)
        return not is_filler and not leads_nowhere(self.index, self.query, sentence)

    def _lacks(self, sentence: int) -> bool:
        """Whether what a sentence leads in to, names or refers to is not shown.

        Where a place or several things are asked for, the name may be all that is wanted.
        """
        if self.query.kind is Kind.WHERE or self.query.need is Need.PLACE:
            return False
        is_name_wanted = self.query.wants_more or self.query.need is not Need.NOTHING
        if not is_name_wanted and is_short_label(self.index, sentence):
            return True
        if ends_open(self.index, self.query, sentence):
            return True
        language = self.index.analyzer_of(self.index.paragraph_of(sentence)).language
        return self.index.finds(language.briefing.chatter, sentence)

    def _is_apart(self, paragraph: int, chosen: Iterable[Passage]) -> bool:
        """Whether no passage of a paragraph can touch a chosen one, without cutting it out.

        Only of a long list the passage may be in another paragraph, where that list begins.
        """
        if any(paragraph == passage.paragraph for passage in chosen):
            return False
        return self.scores.is_text(paragraph)

    def _with(self, passage: Passage, chosen: list[Passage], limit: int) -> list[Passage]:
        """What was chosen with one more, if there is room and none says the same."""
        touched = [other for other in chosen if passage.touches(other)]
        if touched:
            return self._grown(chosen, touched, passage)
        if len(chosen) == limit or any(self.quoter.say_the_same(passage, o) for o in chosen):
            return chosen
        return [*chosen, passage]

    def _grown(
        self, chosen: list[Passage], touched: list[Passage], passage: Passage
    ) -> list[Passage]:
        """What was chosen, the one passage that the new one touches grown by it if it stays short.

        What was chosen of a list or table stays as it is.
        """
        if passage.chosen or any(other.chosen for other in touched) or len(touched) > 1:
            return chosen
        joined = touched[0].joined(passage)
        if self.quoter.length(joined) > LONGEST_QUOTE:
            return chosen
        return [joined if other == touched[0] else other for other in chosen]
