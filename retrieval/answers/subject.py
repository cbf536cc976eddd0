"""Whether any article holds what a question is about; without it, nothing answers."""

import re
from collections.abc import Sequence

from retrieval.answers.scoring import Candidate
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind
from retrieval.text.analysis import fold

QUOTED = re.compile(r"[\"“„«»]([^\"“”„«»]{3,120})[\"”“«»]")
LEAST_INFORMATION = 9.0  # nats: a word that comes once in eight thousand
MOST_READ = 50


def lacks_subject(index: Index, query: Query, found: Sequence[Candidate]) -> bool:
    """Whether the question is about what no article contains.

    A name, a phrase in quotation marks, or, where a yes or no is wanted, any telling word: a rule
    for cameras does not say whether drones are allowed.
    """
    if any(_is_subject(query, word) for word in query.words if word.own and not word.known):
        return True
    return any(not _holds(index, found, phrase) for phrase in QUOTED.findall(query.question))


def _is_subject(query: Query, word: QueryWord) -> bool:
    if word.is_name:
        return True
    return query.kind is Kind.YES_NO and word.information >= LEAST_INFORMATION


def _holds(index: Index, found: Sequence[Candidate], phrase: str) -> bool:
    """Whether one of the best paragraphs holds the phrase, in whatever case."""
    wanted = " ".join(fold(phrase).split())
    paragraphs = dict.fromkeys(candidate.paragraph for candidate in found)
    return any(
        wanted in " ".join(fold(index.collection.paragraphs[number].text).split())
        for number in list(paragraphs)[:MOST_READ]
    )
