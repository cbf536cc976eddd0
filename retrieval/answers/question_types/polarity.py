"""Polarity: "what is not allowed?" wants sentences that deny, "is it?" those for and against."""

from collections.abc import Sequence

from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate, idf_share
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.text.discourse import denies as is_denial
from retrieval.text.discourse import leads_in

NEAR_SHARE = 0.5
OTHER_SIDE_SHARE = 0.9
MOST_TRIED_FOR_OTHER_SIDE = 30
FEWEST_SIDES = 2


def by_polarity(index: Index, query: Query, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; only those that deny where it is asked what is not so, if one is close."""
    if not found or not query.is_negated or query.entry is not None:
        return found
    least = NEAR_SHARE * max(candidate.relevance for candidate in found)
    denials = [c for c in found if c.relevance >= least and denies(index, c)]
    return denials or found


def denies(index: Index, candidate: Candidate) -> bool:
    """Whether a sentence denies something; an entry of a list does if its lead-in does.

    Where nothing leads in, the heading does: "Not OK for the office".
    """
    if index.analysed(candidate.paragraph).structure is None:
        return index.denies(candidate.sentence)
    listed = index.list_or_table_at(candidate.paragraph)
    lead = [n for n in listed.lead if leads_in(index.text(n))]
    if any(map(index.denies, (*lead, candidate.sentence))):
        return True
    if listed.lead:
        return False
    heading = index.paragraph(candidate.paragraph).heading
    return is_denial(heading, index.language_of(candidate.sentence))


def with_other_side(
    index: Index, query: Query, found: Sequence[Candidate], passages: list[Passage], quoter: Quoter
) -> list[Passage]:
    """The passages, behind the first one that says the opposite, where a yes or no is wanted.

    So both are seen where both exist: what is allowed in one case, and not in another.
    """
    if query.kind is not Kind.YES_NO or not passages:
        return passages
    first = passages[0]
    is_denial = _denies_any(index, first)
    told = quoter.terms(first)
    least = OTHER_SIDE_SHARE * idf_share(index, query, told)
    telling = [p for p in passages if idf_share(index, query, quoter.terms(p)) >= least]
    if any(_denies_any(index, passage) != is_denial for passage in telling):
        return passages
    held = [word for word in query.words if word.coverage(told)]
    telling_most = max(held, key=lambda word: word.information, default=None)

    def tells_as_much(sentence: int) -> bool:
        terms = index.sentence_terms(sentence)
        is_there = telling_most is None or bool(telling_most.coverage(terms))
        return is_there and idf_share(index, query, terms) >= least

    opposite = (
        c.sentence for c in found[:MOST_TRIED_FOR_OTHER_SIDE] if denies(index, c) != is_denial
    )
    near = (n for n in opposite if not index.is_filler(n) and tells_as_much(n))
    apart = (p for p in map(quoter.passage, near) if not p.touches(first))
    other = next(apart, None)
    if other is None:
        return passages
    rest = (passage for passage in passages[1:] if not passage.touches(other))
    return [first, other, *rest][: max(len(passages), FEWEST_SIDES)]


def _denies_any(index: Index, passage: Passage) -> bool:
    return any(map(index.denies, passage.sentences))
