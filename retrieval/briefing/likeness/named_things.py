"""Named things: whether two sentences are about different things, each with its own name.

The hut Arle sleeps 12 and the hut Brun 30: that is no disagreement.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from retrieval.articles import Paragraph
from retrieval.index.collection_index import Index
from retrieval.text.analysis import name_key, word_texts, words
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import Language

MOST_REMEMBERED_NAMES = 20_000


class NamedThings:
    """Tells what the sentences of one collection name."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._named = lru_cache(maxsize=MOST_REMEMBERED_NAMES)(self._names_of)
        self._held = lru_cache(maxsize=MOST_REMEMBERED_NAMES)(self._words_of)

    def are_apart(self, one: int, other: int) -> bool:
        """Whether each sentence is on a thing with a name that the other one does not mention."""
        return bool(self._named(one) - self._held(other) and self._named(other) - self._held(one))

    def _names_of(self, sentence: int) -> frozenset[str]:
        """The names in a sentence; if it has none, those in the heading and title above it."""
        paragraph, language = self._above(sentence)
        named = frozenset(self._names(self._index.text(sentence), language))
        return named or frozenset(
            name for text in self._headings(paragraph) for name in self._labels(text, language)
        )

    def _words_of(self, sentence: int) -> frozenset[str]:
        """All words of a sentence and of what stands above it."""
        paragraph, _ = self._above(sentence)
        texts: Iterable[str] = [self._index.text(sentence), *self._headings(paragraph)]
        return frozenset(name_key(word) for text in texts for word in word_texts(text))

    def _labels(self, text: str, language: Language) -> Iterator[str]:
        """The names in a heading, and its numbers: "Report 12" is another one than "Report 13"."""
        yield from self._names(text, language)
        yield from (word for word in word_texts(text) if word.isdecimal())

    def _names(self, text: str, language: Language) -> Iterator[str]:
        """The words written as names, of which no text writes one in lower case.

        The first word of a text is capitalised anyway: it is a name if it is one elsewhere.
        """
        for word in words(text):
            name = name_key(word.text)
            if not word.text[0].isupper() or self._index.lexicon.is_written_small(name):
                continue
            if language.capital_nouns:
                is_name = name not in frequencies_of(language.code)
            else:
                is_name = name in self._index.names or word.start > 0
            if is_name:
                yield name

    def _above(self, sentence: int) -> tuple[Paragraph, Language]:
        number = self._index.paragraph_of(sentence)
        return self._index.paragraph(number), self._index.analyzer_of(number).language

    def _headings(self, paragraph: Paragraph) -> tuple[str, ...]:
        title = self._index.articles[paragraph.article].title
        return (paragraph.heading, *paragraph.ancestors, title)
