"""Sentences that define what is asked about: "A hotkey is a keyboard shortcut for a command.".

Or that name it in front of a colon: "Treasurer: Ada Bell".
"""

import re
from collections.abc import Iterable

from retrieval.answers.ranking.needs import fits_need
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.analysis import word_count

LONGEST_SUBJECT = 80  # characters
MOST_ADDED_WORDS = 1  # "Obsidian Sync is …" tells what Sync is
MOST_WORDS_OF_NAME = 4
LABELLED = (Kind.WHO, Kind.WHERE, Kind.DEFINITION, Kind.KEYWORDS)
MOST_LABELLED_WORDS = 3  # of a question that a label may answer
BRACKETED = re.compile(r"\s*\([^()]*\)")


def defined(index: Index, query: Query, sentence: int) -> float:
    """The share that the query's words have in what the sentence defines, 0 if it is not them.

    It defines what it begins with, where a verb that does so follows ("is a", "means").
    """
    analyzer = index.analyzer_of(index.paragraph_of(sentence))
    verb = analyzer.language.cues.get(Kind.DEFINITION)
    text = BRACKETED.sub("", index.text(sentence)[: 3 * LONGEST_SUBJECT], count=1)
    found = verb.search(text[:LONGEST_SUBJECT]) if verb else None
    if found is None:
        return 0.0
    subject = analyzer.terms(text[: found.start()])
    if not subject or len(subject) > len(query.words) + MOST_ADDED_WORDS:
        return 0.0
    is_named = _holds_all(query, subject)
    return len(query.words) / len(subject) if is_named and subject[-1] in query.terms else 0.0


def may_be_labelled(query: Query) -> bool:
    """Whether a question names one thing, so that a label may name it, too."""
    return query.kind in LABELLED and 0 < len(query.words) <= MOST_LABELLED_WORDS


def labelled(index: Index, query: Query, sentence: int) -> float:
    """The share that the question's words have in the label of a sentence, 0 if it has none.

    The label is in front of a colon, or, where a name is asked for, the heading above that name.
    """
    label, colon, told = index.text(sentence)[:LONGEST_SUBJECT].partition(":")
    paragraph = index.paragraph_of(sentence)
    if colon:
        terms = index.analyzer_of(paragraph).terms(label)
        if not told.strip() or len(terms) > len(query.words) + MOST_ADDED_WORDS:
            return 0.0
        return len(query.words) / len(terms) if _holds_all(query, terms) else 0.0
    if query.need is not Need.NAME or len(index.sentences_of(paragraph)) > 1:
        return 0.0
    heading = index.heading_terms(paragraph)
    is_name = word_count(label) <= MOST_WORDS_OF_NAME and fits_need(index, query, sentence)
    return len(query.words) / len(heading) if is_name and _holds_all(query, heading) else 0.0


def _holds_all(query: Query, terms: Iterable[str]) -> bool:
    held = frozenset(terms)
    return all(word.coverage(held) for word in query.words)
