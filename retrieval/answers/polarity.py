"""What is denied, and what is affirmed: "what is not allowed?" wants the denials."""

from dataclasses import replace

from retrieval.answers.scoring import Candidate
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind

NEAR_SHARE = 0.5
DENIAL_PENALTY = 1.5
LEADS_ON = (":", "：")
# Questions for something that is so; a yes or no may be either, and so may a few words.
AFFIRMING = frozenset({Kind.WHAT, Kind.LIST})


def by_polarity(index: Index, query: Query, found: list[Candidate]) -> list[Candidate]:
    """The candidates, those first that deny or affirm as the question does.

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
    weighed = [
        replace(c, score=c.score - DENIAL_PENALTY) if denies(index, c) else c for c in found
    ]
    return sorted(weighed, key=lambda candidate: (-candidate.score, candidate.sentence))


def denies(index: Index, candidate: Candidate) -> bool:
    """Whether a sentence denies something; an entry of a list does if its lead-in does."""
    unit = index.unit(candidate.paragraph)
    lead = [n for n in unit.lead if index.text(n).endswith(LEADS_ON)] if unit else []
    return any(_is_denial(index, number) for number in (*lead, candidate.sentence))


def _is_denial(index: Index, sentence: int) -> bool:
    language = index.analyzer_of(index.paragraph_of(sentence)).language
    return bool(index.finds(language.briefing.negation, sentence))
