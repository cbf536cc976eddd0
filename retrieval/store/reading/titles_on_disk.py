"""The articles of a collection on disk by the words of their titles."""

from collections.abc import Iterable, Sequence

from retrieval.articles import Article
from retrieval.index.titles_by_term import MOST_TITLED, written_title
from retrieval.store.reading.articles_on_disk import ArticlesOnDisk
from retrieval.store.reading.snapshot import Snapshot


class TitlesOnDisk:
    """Looks articles up by their titles, see `TitlesByTerm`."""

    def __init__(self, snapshot: Snapshot, articles: ArticlesOnDisk) -> None:
        self._snapshot = snapshot
        self._articles = articles

    def holding(self, terms: Iterable[str]) -> Sequence[Article]:
        """The articles with one of the terms in their title."""
        return self._articles.of_rows(self._rows("SELECT row FROM title_terms WHERE term", terms))

    def written(self, title: str) -> Sequence[Article]:
        """The articles whose title is written so, in whatever case."""
        rows = self._rows("SELECT row FROM articles WHERE written", [written_title(title)])
        return self._articles.of_rows(rows)

    def keyed(self, key: str) -> Sequence[str]:
        """The ids of the articles whose title, or its label, has that key."""
        rows = self._rows("SELECT row FROM title_keys WHERE key", [key])
        return [article.id for article in self._articles.of_rows(rows)]

    def _rows(self, select: str, keys: Iterable[str]) -> list[int]:
        found: dict[int, None] = {}
        for key in keys:
            for (row,) in self._snapshot.all(f"{select} = ? LIMIT ?", (key, MOST_TITLED)):
                found[row] = None
        return list(found)[:MOST_TITLED]
