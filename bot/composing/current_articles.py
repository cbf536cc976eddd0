"""The articles of a collection that is renewed now and then."""

from collections.abc import Callable, Sequence

from retrieval.articles import Article, Articles, HeaderField, Paragraph


class CurrentArticles:
    """Looks articles up in what `current` gives at that moment, see `Articles`."""

    def __init__(self, current: Callable[[], Articles]) -> None:
        self._current = current

    @property
    def languages(self) -> tuple[str, ...]:
        """The articles' languages, the one with most articles first."""
        return self._current().languages

    def __len__(self) -> int:
        return len(self._current())

    def __getitem__(self, article_id: str) -> Article:
        return self._current()[article_id]

    def __contains__(self, article_id: object) -> bool:
        return article_id in self._current()

    def page(self, start: int, count: int) -> Sequence[Article]:
        """At most `count` articles in their order, from place `start` on."""
        return self._current().page(start, count)

    def paragraph(self, article_id: str, number: int) -> Paragraph | None:
        """The paragraph of that number, from 1; None where there is none."""
        return self._current().paragraph(article_id, number)

    def with_digest(self, digest: bytes) -> Article | None:
        """The article whose id has that digest; None if none has."""
        return self._current().with_digest(digest)

    def with_header(self, field: HeaderField, most: int) -> tuple[Sequence[Article], int]:
        """The articles whose header has that field, and how many there are."""
        return self._current().with_header(field, most)
