"""Titles: whether a topic is the title of an article."""

from collections import defaultdict
from collections.abc import Iterator

from retrieval.articles import Article
from retrieval.briefing.sections import label
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.text.analysis import fold

Key = frozenset[str]


class Titles:
    """The titles of one collection, by the words that they hold.

    Two texts are the same title if they hold the same terms, in whatever order and form, and one
    that holds only stop words if it is written the same. What stands behind a colon or a dash in
    a title may be left out.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._articles: dict[Key, list[str]] = defaultdict(list)
        for article in index.collection.articles:
            for key in dict.fromkeys(self._keys_of(article)):
                self._articles[key].append(article.id)

    def articles(self, query: Query) -> list[str]:
        """The ids of the articles of which the topic is the title; none for most topics."""
        codes = self._index.analyzers
        keys = [self._key(query.corrected, code) for code in codes]
        keys.append(frozenset(term for w in query.words for term in next(iter(w.alternatives))))
        found = (self._articles[key] for key in keys if key in self._articles)
        return next(found, [])

    def _keys_of(self, article: Article) -> Iterator[Key]:
        yield self._key(article.title, article.language)
        yield self._key(label(article.title), article.language)

    def _key(self, text: str, code: str) -> Key:
        terms = self._index.analyzers[code].compound_terms(text)
        return frozenset(terms) or frozenset({" ".join(fold(text).split())})
