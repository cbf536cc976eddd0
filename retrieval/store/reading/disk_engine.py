"""An engine on disk: tantivy proposes, SQLite looks up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.articles import Article
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.search_engine import paragraphs_in_turn
from retrieval.index.statistics import (
    PARAGRAPH_B,
    PARAGRAPH_K1,
    SENTENCE_B,
    SENTENCE_K1,
    Alternatives,
    TextStatistics,
)
from retrieval.index.term_counts import Pair, TermCounts
from retrieval.index.vectors.embedded_texts import EmbeddedDigests, embedded_digests
from retrieval.store.reading.articles_on_disk import ArticlesOnDisk
from retrieval.store.reading.lexicon_on_disk import LexiconOnDisk
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.reading.titles_on_disk import TitlesOnDisk
from retrieval.store.reading.waiting_paragraphs import WaitingParagraphs
from retrieval.store.tables.schema import EMBEDDED, PARAGRAPH_BITS
from retrieval.text.analysis import analyzer_of

if TYPE_CHECKING:
    from retrieval.store.tables.paragraph_rows import Row

MOST_HELD_BYTES = 4_000_000  # of paragraphs, about
BYTES_EACH, BYTES_A_CHARACTER = 2000, 3
MOST_TERMS = 20_000
NUMBERS_AT_ONCE = 5000
PROPOSED = 2  # for each paragraph that is wanted: lengths are rounded there, and k1 is another
FEWEST_PROPOSED = 100


class DiskEngine:
    """One state of a collection on disk, see `Engine`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.articles = ArticlesOnDisk(snapshot)
        self.analyzers = {code: analyzer_of(code) for code in self.articles.languages or ("en",)}
        self.lexicon = LexiconOnDisk(snapshot)
        self.titles = TitlesOnDisk(snapshot, self.articles)
        self._waiting = WaitingParagraphs(snapshot)
        self._held: dict[int, AnalysedParagraph] = {}
        self._counted: Mapping[int, Row] = {}  # the analyses that were counted last
        self._room = MOST_HELD_BYTES
        counts = snapshot.counts("total")
        paragraphs, terms = counts.get("paragraphs", 0), counts.get("terms", 0)
        pairs, sentences = counts.get("pairs", 0), counts.get("sentences", 0)
        held = counts.get("sentence terms", 0)
        self.paragraphs = TextStatistics(
            paragraphs, _average(terms, paragraphs), self._holding, PARAGRAPH_K1, PARAGRAPH_B
        )
        self.pairs = TextStatistics(
            paragraphs, _average(pairs, paragraphs), self._holding_pair, PARAGRAPH_K1, PARAGRAPH_B
        )
        self.sentences = TextStatistics(
            sentences, _average(held, sentences), self._sentences_holding, SENTENCE_K1, SENTENCE_B
        )
        self.recency = lru_cache(maxsize=MOST_TERMS)(self._recency)

    def best(
        self, words: Sequence[Alternatives], pairs: Sequence[Alternatives], limit: int
    ) -> Sequence[int]:
        """Twice as many paragraphs as are wanted; those wanted are among them."""
        query = self._snapshot.searcher.query(words, pairs, self.paragraphs)
        if query is None:
            return []
        count = max(FEWEST_PROPOSED, PROPOSED * limit)
        while True:
            stored = self._snapshot.searcher.best(query, count)
            found = self._snapshot.numbers_of(stored)
            # What was just removed, or is about to be added, may take places.
            if len(stored) < count or len(found) == len(stored) or len(found) >= PROPOSED * limit:
                return list(dict.fromkeys([*found, *self._waiting.numbers]))
            count *= 2

    def counts(
        self, numbers: Sequence[int], terms: Sequence[str], pairs: Sequence[Pair]
    ) -> TermCounts:
        """How often the terms, and pairs of those, come in these paragraphs, of at least one.

        What was read for it is remembered until the next time: the best are looked at soon.
        """
        analyses = self._snapshot.analyses(numbers)
        self._counted = dict(zip(numbers, analyses, strict=True))
        return self._snapshot.counts_in(analyses, terms, pairs)

    def analysed(self, number: int) -> AnalysedParagraph:
        """The paragraph of that number with its sentences and terms."""
        found = self._held.get(number)
        return self._read(number) if found is None else found

    def _read(self, number: int) -> AnalysedParagraph:
        """Read a paragraph and hold it; those before are let go of when there is no room."""
        analysis = self._counted.get(number) or self._snapshot.analyses([number])[0]
        found = self._snapshot.analysed(analysis)
        size = BYTES_EACH + BYTES_A_CHARACTER * (found.bounds[-1] if found.bounds else 0)
        if size > self._room:
            self._held, self._room = {}, MOST_HELD_BYTES
        self._held[number] = found
        self._room -= size
        return found

    def position(self, article_id: str, number: int) -> int:
        """The number of the paragraph that has that number, from 1, in its article."""
        return (self.articles.rank(article_id) << PARAGRAPH_BITS) + number - 1

    def article_place(self, number: int) -> int:
        """The place of the article that a paragraph is in, in the order of the collection."""
        return number >> PARAGRAPH_BITS

    def before(self, number: int) -> int | None:
        """The paragraph before that one in the same article; None of the first one."""
        return number - 1 if number & ((1 << PARAGRAPH_BITS) - 1) else None

    def in_turn(self, articles: Sequence[Article]) -> Iterator[int]:
        """The paragraphs of articles: the first of each, then the second ones, and so on."""
        return paragraphs_in_turn(self, articles)

    def numbers(self) -> Iterator[int]:
        """All paragraphs in their order."""
        for rank in range(len(self._snapshot.rows)):
            first = rank << PARAGRAPH_BITS
            yield from range(first, first + len(self.articles.of_rank(rank).paragraphs))

    def embedded(self) -> Iterator[tuple[int, EmbeddedDigests]]:
        """All paragraphs in their order: their numbers, and what is encoded of them."""
        if not self._snapshot.meta(EMBEDDED, 1):
            yield from self._embedded_now()
            return
        stored = self._snapshot.all("SELECT number, sentences, digests FROM embedded")
        numbers = self._snapshot.numbers_of([row[0] for row in stored])
        for number, (_, *fields) in sorted(zip(numbers, stored, strict=True)):
            yield number, EmbeddedDigests(*fields)

    def _embedded_now(self) -> Iterator[tuple[int, EmbeddedDigests]]:
        for number in self.numbers():
            found = self.analysed(number)
            title = self.articles.of_rank(self.article_place(number)).title
            yield number, embedded_digests(found, title)

    @property
    def edition(self) -> str:
        """What stands for all that the paragraphs say, in whatever order."""
        return str(self._snapshot.counts("total").get("edition", 0))

    def digests(self, since: str | None = None) -> Iterator[bytes]:
        """The digests of all paragraphs, or of those that came after that edition."""
        mark = self._snapshot.one("SELECT row FROM editions WHERE edition = ?", (since,))
        if mark is not None:
            new = self._snapshot.all(
                "SELECT DISTINCT digest FROM paragraphs WHERE number >= ?",
                (mark[0] << PARAGRAPH_BITS,),
            )
            yield from (digest for (digest,) in new)
            return
        behind = b""
        while rows := self._snapshot.all(
            "SELECT DISTINCT digest FROM paragraphs WHERE digest > ? ORDER BY digest LIMIT ?",
            (behind, NUMBERS_AT_ONCE),
        ):
            behind = rows[-1][0]
            yield from (digest for (digest,) in rows)

    def with_digests(self, digests: Iterable[bytes]) -> list[int]:
        """The numbers of the paragraphs that have those digests, in their order."""
        found: set[int] = set()
        for digest in digests:
            rows = self._snapshot.all("SELECT number FROM paragraphs WHERE digest = ?", (digest,))
            found.update(self._snapshot.numbers_of([stored for (stored,) in rows]))
        return sorted(found)

    def _recency(self, published: str) -> float:
        """How new that date is among the articles', from 0 to 1 for the newest."""
        dates = self._snapshot.one(
            "SELECT count(*), count(*) FILTER (WHERE key < ?) FROM counts WHERE of = 'date'",
            (published,),
        )
        total, before = dates[:2] if dates else (0, 0)
        return float(before / max(1, total - 1))

    def _holding(self, term: str) -> int:
        return self._snapshot.terms.row(term).paragraphs

    def _sentences_holding(self, term: str) -> int:
        return self._snapshot.terms.row(term).sentences

    def _holding_pair(self, pair: str) -> int:
        count = self._snapshot.searcher.holding_pair(pair)
        waiting = self._waiting.with_pair(pair)
        if self._snapshot.is_clean or not count:
            return count + len(waiting)
        found = self._snapshot.numbers_of(self._snapshot.searcher.with_pair(pair, count))
        return len(waiting.union(found))


def _average(total: int, count: int) -> float:
    return total / count if count else 0.0
