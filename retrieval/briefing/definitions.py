"""Definitions: which sentences say what a topic is ("Being on call means …")."""

from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index

LONGEST_SUBJECT = 80  # characters up to the words that define it


def defines(index: Index, concepts: Concepts, sentence: int, named: frozenset[str]) -> bool:
    """Whether the sentence says what one of the concepts `named` is, and begins with that.

    It does so by a verb that defines ("is a", "means") behind it. What stands before the first
    heading of its article needs none ("The till keeps all orders.").
    """
    number = index.paragraph_of(sentence)
    text, analyzer = index.text(sentence), index.analyzer_of(number)
    cue = analyzer.language.cues.get("definition")
    match = cue.search(text[:LONGEST_SUBJECT]) if cue else None
    if match is not None and match.group() != "(":
        text = text[: match.start()]
    elif index.paragraph(number).heading:
        return False
    return not named.isdisjoint(map(concepts.concept, analyzer.terms(text)[:1]))
