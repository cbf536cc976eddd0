"""Definitions: which sentences say what a topic is ("Being on call means …")."""

from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.text.analysis import Analyzer, word_texts

LONGEST_SUBJECT = 80  # characters up to the words that define it


def defines(index: Index, concepts: Concepts, sentence: int, named: frozenset[str]) -> bool:
    """Whether the sentence says what one of the concepts `named` is, and begins with that.

    It does so by a verb that defines ("is a", "means") behind it, and may say first which one
    ("A village library is a …"). What stands before the first heading of its article needs no
    such verb ("The till keeps all orders.").
    """
    number = index.paragraph_of(sentence)
    text, analyzer = index.text(sentence), index.analyzer_of(number)
    cue = analyzer.language.cues.get("definition")
    match = cue.search(text[:LONGEST_SUBJECT]) if cue else None
    if match is not None and match.group() != "(":
        subject = text[: match.start()]
        terms = analyzer.terms(subject)
        heads = {*terms[:1], *(terms[-1:] if _is_compound(subject, analyzer) else ())}
    elif index.paragraph(number).heading:
        return False
    else:
        heads = {*analyzer.terms(text)[:1]}
    return not named.isdisjoint(map(concepts.concept, heads))


def _is_compound(subject: str, analyzer: Analyzer) -> bool:
    """Whether its words are one name, articles before it aside: the last one says what it is."""
    are_stop_words = [analyzer.is_stop_word(word) for word in word_texts(subject)]
    return are_stop_words == sorted(are_stop_words, reverse=True)
