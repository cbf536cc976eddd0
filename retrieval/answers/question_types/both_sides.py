"""Comparisons: a question about two things is answered with what the articles say of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from retrieval.answers.quoting.list_table_answers import ListTableAnswers, said_above
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate, idf_share
from retrieval.answers.ranking.needs import fits_need
from retrieval.answers.ranking.scoring import WordScores, may_be_quoted
from retrieval.articles import ParagraphKind
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_reader import QuestionReader
from retrieval.questions.two_sides import TwoSides

if TYPE_CHECKING:
    from retrieval.answers.by_meaning.meaning import Likeness, Meaning

MOST_CANDIDATES_OF_A_SIDE = 25
MIXED_PENALTY = 2.0
QUESTION_SHARE_BONUS = 6.0
LEAST_SIDE_COVERAGE = 0.5
LEAST_QUESTION_SHARE = 0.6
AMOUNTS = (Need.NUMBER, Need.TIME)


def both_sides(
    index: Index,
    quoter: Quoter,
    reader: QuestionReader,
    sides: TwoSides,
    meaning: "Meaning | None" = None,
) -> tuple[list[Passage], bool]:
    """One passage for each side, the closer one first; none unless there is one for both.

    And whether they leave a difference open that is asked for, as none of them names both. They
    are in the order of the question then.

    They are found by words, and by `meaning` where there are vectors. A passage names its side,
    in its words, heading or title, and holds an amount where that is wanted, or most of what is
    asked.
    """
    names = [reader.read(name) for name in sides.names]
    asked = [reader.read(question) for question in sides.questions]
    is_difference = all(q.terms <= name.terms for q, name in zip(asked, names, strict=True))
    # What each is tells best how they differ.
    kind = Kind.DEFINITION if is_difference else Kind.WHAT
    of_sides = []
    for number, question in enumerate(sides.questions):
        shared = sides.shared if number == 0 and _is_shared(index, reader, sides) else ""
        query = reader.read(f"{question} {shared}")
        query = replace(query, kind=kind, need=Need.NOTHING, measure=sides.measure)
        near = meaning.likeness(query.question) if meaning is not None else None
        speaking = _Speaking(
            index, query, names[number], names[1 - number], sides.is_measured, near
        )
        of_sides.append([(query, candidate) for candidate in speaking.found()])
    pairs = [(one, other) for one, other in product(*of_sides) if one[1] != other[1]]
    if not pairs:
        return [], False
    best = max(pairs, key=lambda pair: pair[0][1].score + pair[1][1].score)
    closer = sorted(best, key=lambda side: -side[1].score)
    passages = _apart(_cut(index, quoter, query, c, sides) for query, c in closer)
    is_open = is_difference and not any(_names_both(index, names, told) for told in passages)
    return passages[::-1] if is_open and closer[0] is not best[0] else passages, is_open


def _names_both(index: Index, names: Sequence[Query], passage: Passage) -> bool:
    """Whether a passage itself names both, by the words that only one of them has."""
    one, other = names
    terms = frozenset[str]().union(*map(index.sentence_terms, passage.sentences))
    apart = (one.terms - other.terms, other.terms - one.terms)
    return all(not terms.isdisjoint(own) for own in apart)


def _cut(
    index: Index, quoter: Quoter, query: Query, candidate: Candidate, sides: TwoSides
) -> Passage:
    """The passage of a candidate; of a list only the entry with the amount, if one is wanted."""
    is_list = index.kind_of(candidate.sentence) is ParagraphKind.LIST
    if sides.is_measured and is_list:
        return quoter.passage(candidate.sentence)
    return ListTableAnswers(index, query, quoter).passage(candidate)


def _is_shared(index: Index, reader: QuestionReader, sides: TwoSides) -> bool:
    """Whether the articles have the first name right before what only the second one shows."""
    apart = {pair for text in (sides.names[0], sides.shared) for pair in reader.read(text).pairs}
    together = reader.read(f"{sides.names[0]} {sides.shared}").pairs
    return any(pair in index.pairs for pair in together if pair not in apart)


@dataclass(frozen=True, slots=True)
class _Speaking:
    """The sentences that speak of one side of a question."""

    index: Index
    query: Query
    named: Query
    other: Query
    is_measured: bool
    near: "Likeness | None"

    def found(self) -> list[Candidate]:
        """The best of them, each weighed by what it tells."""
        scores = WordScores(self.index, self.query)
        best = scores.best(MOST_CANDIDATES_OF_A_SIDE)
        if self.near is not None:
            best = self._with_near(best, scores, self.near)
        weighed = ((candidate, self._bonus(candidate)) for candidate in best)
        return [c._replace(score=c.score + bonus) for c, bonus in weighed if bonus is not None]

    def _with_near(
        self, best: list[Candidate], scores: WordScores, near: "Likeness"
    ) -> list[Candidate]:
        """Those that words or meaning find, by both."""
        by_words = {candidate.sentence: candidate for candidate in best}
        nearest = [
            sentence
            for sentence in near.nearest(MOST_CANDIDATES_OF_A_SIDE)
            if may_be_quoted(self.index, self.query, sentence)
        ]
        found = [by_words.get(n) or scores.candidate(n) for n in sorted({*by_words, *nearest})]
        return [c._replace(score=c.score + near.evenly_of(c.sentence)) for c in found]

    def _bonus(self, candidate: Candidate) -> float | None:
        """What counts for a sentence beside its score; None if it does not tell of the side."""
        if self.index.kind_of(candidate.sentence) is ParagraphKind.CODE:
            return None
        own = self.index.sentence_terms(candidate.sentence)
        terms = own | said_above(self.index, candidate.paragraph)
        if not self.named.words or covered_share(self.named.words, terms) < LEAST_SIDE_COVERAGE:
            return None
        told = idf_share(self.index, self.query, terms)
        if self.is_measured:
            if not self._holds_amount(candidate.sentence):
                return None
        elif told < LEAST_QUESTION_SHARE:
            return None
        # An amount has to be of this side alone; what sets both side by side tells the difference.
        is_mixed = self.is_measured and covered_share(self.other.words, own) >= LEAST_SIDE_COVERAGE
        return QUESTION_SHARE_BONUS * told - (MIXED_PENALTY if is_mixed else 0.0)

    def _holds_amount(self, sentence: int) -> bool:
        needs = (Need.NUMBER,) if self.query.measure else AMOUNTS
        return any(
            fits_need(self.index, replace(self.query, need=need), sentence) for need in needs
        )


def _apart(passages: Iterable[Passage]) -> list[Passage]:
    """The passages; two that share a sentence are one."""
    apart: list[Passage] = []
    for passage in passages:
        if not any(passage.sentences == other.sentences for other in apart):
            apart.append(passage)
    return apart
