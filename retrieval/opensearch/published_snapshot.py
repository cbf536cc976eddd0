"""A version of a published collection: its lexicon is read here, its paragraphs are elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path

from retrieval.articles import Article, Paragraph
from retrieval.errors import SearchOutageError
from retrieval.index.analysed_paragraph import ParagraphTerms
from retrieval.index.statistics import Alternatives, TextStatistics
from retrieval.opensearch.paragraph_documents import DamagedError, StoredRows, rows_of_document
from retrieval.opensearch.published_paragraphs import PARAGRAPHS_AT_ONCE, PublishedParagraphs
from retrieval.opensearch.search_request import SearchRequest, request_of
from retrieval.store.reading.disk_engine import DiskEngine
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.analysis_rows import SELECT_ANALYSES, StoredTerms
from retrieval.store.tables.paragraph_rows import SELECT, Row, paragraph_of
from retrieval.store.tables.schema import PARAGRAPH_BITS
from retrieval.store.tables.term_table import looked_up

MOST_REMEMBERED_COUNTS = 20_000
MOST_ARTICLES = 1000
NEARBY = 8  # paragraphs behind one that is read, which are often read next
DIGESTS = "SELECT number, digest FROM paragraphs WHERE number IN"


class PublishedSearcher:
    """Proposes paragraphs, and counts those that hold a pair; as a searcher of a `Snapshot`."""

    def __init__(self, paragraphs: PublishedParagraphs) -> None:
        self._paragraphs = paragraphs
        self._counts: dict[str, int] = {}

    def query(
        self,
        words: Sequence[Alternatives],
        pairs: Sequence[Alternatives],
        statistics: TextStatistics,
    ) -> SearchRequest | None:
        """What the words and pairs look up; None if no paragraph can hold any of it."""
        return request_of(words, pairs, statistics)

    def best(self, query: SearchRequest, limit: int) -> list[int]:
        """The numbers of the paragraphs that come first.

        Its pairs are counted in the same request, as their statistics are asked for next.
        """
        unknown = [pair for pair in query.pairs if pair not in self._counts]
        found, counts = self._paragraphs.search(query, limit, unknown)
        if len(self._counts) > MOST_REMEMBERED_COUNTS:
            self._counts.clear()
        self._counts.update(counts)
        return found

    def holding_pair(self, pair: str) -> int:
        """How many paragraphs hold a pair."""
        known = self._counts.get(pair)
        return self._paragraphs.count(pair) if known is None else known

    def with_pair(self, pair: str, most: int) -> list[int]:  # noqa: ARG002  # as of any searcher
        """Never told: only a lexicon that was changed after publishing makes anybody ask."""
        raise self._paragraphs.outage("the lexicon is not as it was published")


class PublishedIndex:
    """Gives the searcher of one version."""

    def __init__(self, paragraphs: PublishedParagraphs) -> None:
        self._paragraphs = paragraphs

    def searcher(self) -> PublishedSearcher:
        """What searches it."""
        return PublishedSearcher(self._paragraphs)


class PublishedSnapshot(Snapshot):
    """Reads the tables of a lexicon in that folder, and paragraphs where they are published."""

    def __init__(self, folder: Path, paragraphs: PublishedParagraphs) -> None:
        super().__init__(folder, PublishedIndex(paragraphs))
        self.published = paragraphs
        self._article = lru_cache(maxsize=MOST_ARTICLES)(self._read_article)

    def with_numbers(self, select: str, stored: Sequence[int]) -> list[Row]:
        """The rows of the paragraphs of those numbers, in that order."""
        rows = self._rows(stored)
        return [one.analysis if select is SELECT_ANALYSES else one.paragraph for one in rows]

    def paragraphs_of(self, row: int) -> Iterator[Paragraph]:
        """The paragraphs of the article in that row."""
        first = row << PARAGRAPH_BITS
        numbers = range(first, first + self._article(row)[2])
        for start in range(0, len(numbers), PARAGRAPHS_AT_ONCE):
            some = numbers[start : start + PARAGRAPHS_AT_ONCE]
            yield from map(paragraph_of, self.with_numbers(SELECT, some))

    def terms_of(self, analysis: Row) -> ParagraphTerms:
        """The terms of the paragraph of a row."""
        return StoredTerms(analysis, partial(self._named, analysis[0]))

    def _named(self, stored: int, ids: AbstractSet[int]) -> Mapping[int, str]:
        try:
            return self.terms.named(ids)
        except KeyError:  # the id of a term that there is none of
            raise self._another(stored) from None

    def _rows(self, stored: Sequence[int]) -> list[StoredRows]:
        """The rows of paragraphs, each checked against its digest in the lexicon."""
        digests: dict[int, bytes] = dict(looked_up(self.all, DIGESTS, stored))
        if unknown := set(stored) - digests.keys():
            raise self._another(min(unknown))
        nearby = range(stored[0] + 1, self._behind(stored[0])) if len(stored) == 1 else ()
        found = []
        for number, fields in zip(stored, self.published.fields(stored, nearby), strict=True):
            identity, language, _ = self._article(number >> PARAGRAPH_BITS)
            try:
                rows = rows_of_document(number, (identity, language), digests[number], fields)
            except DamagedError:
                raise self._another(number) from None
            found.append(rows)
        return found

    def _behind(self, stored: int) -> int:
        """The number behind the last paragraph that is often read next in the same article."""
        row = stored >> PARAGRAPH_BITS
        return min(stored + NEARBY, (row << PARAGRAPH_BITS) + self._article(row)[2])

    def _read_article(self, row: int) -> tuple[str, str, int]:
        """The id, the language and the number of paragraphs of an article that there is."""
        found = self.one("SELECT id, language, paragraphs FROM articles WHERE row = ?", (row,))
        if found is None:
            raise self._another(row << PARAGRAPH_BITS)
        return found[0], found[1], found[2]

    def _another(self, stored: int) -> SearchOutageError:
        return self.published.outage(f"paragraph {stored} is not what was published")


class PublishedEngine(DiskEngine):
    """A version of a published collection, see `Engine`: the cluster proposes, SQLite looks up."""

    def __init__(self, snapshot: PublishedSnapshot) -> None:
        super().__init__(snapshot)
        self._published = snapshot

    def in_turn(self, articles: Sequence[Article]) -> Iterator[int]:
        """The paragraphs of articles: the first of each, then the second ones, and so on."""
        return self._ahead(super().in_turn(articles))

    def numbers(self) -> Iterator[int]:
        """All paragraphs in their order."""
        return self._ahead(super().numbers())

    def _ahead(self, numbers: Iterator[int]) -> Iterator[int]:
        """The same numbers; the paragraphs of those that follow are read with the first."""
        while some := list(islice(numbers, PARAGRAPHS_AT_ONCE)):
            self._published.published.expect(self._published.stored_numbers(some))
            yield from some
