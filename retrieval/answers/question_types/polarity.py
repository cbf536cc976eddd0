"""Polarity: "what is not allowed?" wants sentences that deny, "what is?" those that affirm."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate, idf_share
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.text.discourse import denies as is_denial
from retrieval.text.discourse import leads_in, leans

NEAR_SHARE = 0.5
OTHER_SIDE_SHARE = 0.9
MOST_TRIED_FOR_OTHER_SIDE = 30
FEWEST_SIDES = 2
# Questions for something that is so; a yes or no may be either, and so may a few words.
AFFIRMING = frozenset({Kind.WHAT, Kind.LIST, Kind.HOW})


def by_polarity(index: Index, query: Query, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates, the first of them one that denies or affirms as the question does.

    A question for what is not so is answered by denials alone, if there is one that is close.
    """
    if not found or query.entry is not None:
        return found
    if query.is_negated:
        least = NEAR_SHARE * max(candidate.relevance for candidate in found)
        denials = [c for c in found if c.relevance >= least and denies(index, c)]
        return denials or found
    if query.kind not in AFFIRMING:
        return found
    return _affirmed_first(index, query, found)


def _affirmed_first(index: Index, query: Query, found: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates, before one that denies the best that affirms beside it.

    That has to tell as much of the question, by its own words or those that it stands under.
    """
    best = found[0]
    if not denies(index, best):
        return found
    above = index.title_and_heading_terms(best.paragraph)
    least = idf_share(index, query, above | index.sentence_terms(best.sentence))
    for candidate in found[1:]:
        if candidate.paragraph != best.paragraph or denies(index, candidate):
            continue
        sentence = candidate.sentence
        terms = above | index.sentence_terms(sentence)
        if leans(index.text(sentence), index.language_of(sentence)):  # on the denial, perhaps
            continue
        if idf_share(index, query, terms) >= least:
            rest = [c for c in found if c is not candidate]
            return [replace(candidate, score=best.score), *rest]
    return found


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
    return [first, other, *passages[1:]][: max(len(passages), FEWEST_SIDES)]


def _denies_any(index: Index, passage: Passage) -> bool:
    return any(map(index.denies, passage.sentences))
