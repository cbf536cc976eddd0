"""Sentences that define what is asked about: "A hotkey is a keyboard shortcut for a command."."""

import re

from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind

LONGEST_SUBJECT = 80  # characters
MOST_ADDED_WORDS = 1  # "Obsidian Sync is …" tells what Sync is
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
    is_named = all(word.coverage(frozenset(subject)) for word in query.words)
    return len(query.words) / len(subject) if is_named and subject[-1] in query.terms else 0.0
