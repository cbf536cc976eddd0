"""Titles: whether a topic is the title of an article."""

from collections.abc import Sequence

from retrieval.index.collection_index import Index
from retrieval.index.titles_by_term import title_key
from retrieval.questions.query import Query


class Titles:
    """The titles of one collection, by the words that they hold.

    Two texts are the same title if they hold the same terms, in whatever order and form, and one
    that holds only stop words if it is written the same. What stands behind a colon or a dash in
    a title may be left out.
    """

    def __init__(self, index: Index) -> None:
        self._index = index

    def articles(self, query: Query) -> Sequence[str]:
        """The ids of the articles of which the topic is the title; none for most topics."""
        text = query.corrected
        keys = [title_key(text, a.compound_terms(text)) for a in self._index.analyzers.values()]
        asked = [term for word in query.words for term in word.phrase]
        keys += [title_key("", asked)] if asked else []
        found = (self._index.engine.titles.keyed(key) for key in keys)
        return next(filter(None, found), ())
