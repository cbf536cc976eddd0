"""The articles of a collection by the words of their titles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from retrieval.articles import Article
from retrieval.text.analysis import Analyzer, fold
from retrieval.text.headings import label

MOST_TITLED = 1000


class TitlesByTerm(Protocol):
    """Looks articles up by their titles; at most `MOST_TITLED`, in the order of the collection."""

    def holding(self, terms: Iterable[str]) -> Sequence[Article]:
        """The articles with one of the terms in their title."""

    def written(self, title: str) -> Sequence[Article]:
        """The articles whose title is written so, in whatever case."""

    def keyed(self, key: str) -> Sequence[str]:
        """The ids of the articles whose title, or its label, has that key: see `title_key`."""


def title_key(text: str, terms: Iterable[str]) -> str:
    """What two titles have in common that hold the same terms, in whatever order and form.

    Of a text that holds only stop words it is how it is written.
    """
    return " ".join(sorted(set(terms))) or written_title(text)


def written_title(title: str) -> str:
    """A title without regard to case, accents and space."""
    return " ".join(fold(title).split())


def keys_of(title: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The keys of a title: its own, and that of its label."""
    texts = dict.fromkeys((title, label(title)))
    return tuple(dict.fromkeys(title_key(t, analyzer.compound_terms(t)) for t in texts))


class MemoryTitles:
    """The titles of articles in memory."""

    def __init__(self, articles: Iterable[Article], analyzers: Mapping[str, Analyzer]) -> None:
        self._by_term: dict[str, list[Article]] = defaultdict(list)
        self._by_key: dict[str, list[str]] = defaultdict(list)
        self._written: dict[str, list[Article]] = defaultdict(list)
        self._place: dict[str, int] = {}
        for place, article in enumerate(articles):
            analyzer = analyzers[article.language]
            self._place[article.id] = place
            self._written[written_title(article.title)].append(article)
            for term in dict.fromkeys(analyzer.compound_terms(article.title)):
                self._by_term[term].append(article)
            for key in keys_of(article.title, analyzer):
                self._by_key[key].append(article.id)

    def holding(self, terms: Iterable[str]) -> Sequence[Article]:
        """The articles with one of the terms in their title."""
        found = {a.id: a for term in terms for a in self._by_term.get(term, ())}
        return sorted(found.values(), key=lambda a: self._place[a.id])[:MOST_TITLED]

    def written(self, title: str) -> Sequence[Article]:
        """The articles whose title is written so, in whatever case."""
        return self._written.get(written_title(title), ())[:MOST_TITLED]

    def keyed(self, key: str) -> Sequence[str]:
        """The ids of the articles whose title, or its label, has that key: see `title_key`."""
        return self._by_key.get(key, ())[:MOST_TITLED]
