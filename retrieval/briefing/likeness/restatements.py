"""Restatements: whether one passage says all of what another one says, in the same words.

A second footnote is a promise that the other passage says the same. How many words two sentences
share does not tell that: one other word (a subject, a number, a "not") can turn all of it. So
the words have to be the same ones in the same order, however they are written. Whatever is in
doubt is no restatement.
"""

from retrieval.articles import Quote
from retrieval.briefing.likeness.canonical_words import CanonicalWords
from retrieval.index.collection_index import Index


class Restatements:
    """Compares quotes from one collection."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = {
            code: CanonicalWords(analyzer.language) for code, analyzer in index.analyzers.items()
        }

    def says_all(self, said: Quote, other: Quote) -> bool:
        """Whether the other quote says all of what the first one says, in the same language."""
        code = self._code(said)
        return code == self._code(other) and self._words[code].are_same(said.text, other.text)

    def _code(self, quote: Quote) -> str:
        return self._index.articles[quote.paragraph.article].language
