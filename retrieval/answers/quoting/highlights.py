"""The words of a paragraph that a question asks for, to be highlighted."""

from retrieval.articles import Span
from retrieval.questions.query import Query
from retrieval.text.analysis import Analyzer, words


def highlights(query: Query, text: str, analyzer: Analyzer) -> tuple[Span, ...]:
    """The spans of the text's words that a word of the question was found as, in order.

    An expression of several words counts only where the text holds all of them.
    """
    found = [(word, analyzer.word_terms(word.text)) for word in words(text)]
    held = {term for _, terms in found for term in terms}
    asked = {
        term
        for word in query.words
        for phrase in word.alternatives
        if held.issuperset(phrase)
        for term in phrase
    }
    return tuple(Span(word.start, word.end) for word, terms in found if asked.intersection(terms))
