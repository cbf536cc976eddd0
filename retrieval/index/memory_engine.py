"""An engine in memory, on rank-bm25, for collections that are small."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate

import numpy as np

from retrieval.articles import Article, Collection, edition_part, paragraph_digest
from retrieval.index.analysed_paragraph import AnalysedParagraph, analysed, pairs_of
from retrieval.index.bm25 import BM25
from retrieval.index.collection_index import Index
from retrieval.index.lexicon import WordCounts
from retrieval.index.memory_lexicon import MemoryLexicon
from retrieval.index.search_engine import paragraphs_in_turn
from retrieval.index.statistics import (
    PARAGRAPH_B,
    PARAGRAPH_K1,
    SENTENCE_B,
    SENTENCE_K1,
    Alternatives,
    TextStatistics,
)
from retrieval.index.term_counts import Pair, TermCounts, counts_of
from retrieval.index.titles_by_term import MemoryTitles
from retrieval.index.vectors.embedded_texts import EmbeddedDigests, embedded_digests
from retrieval.text.analysis import analyzer_of


def memory_index(collection: Collection) -> Index:
    """The index of a collection that is held in memory."""
    return Index(MemoryEngine(collection))


class MemoryEngine:
    """A collection in memory, see `Engine`; paragraphs are numbered without gaps.

    `known` are its paragraphs where they are analysed already.
    """

    def __init__(
        self, collection: Collection, known: Sequence[AnalysedParagraph] | None = None
    ) -> None:
        self.articles = collection
        self.analyzers = {code: analyzer_of(code) for code in collection.languages or ("en",)}
        self._analysed = known or [
            analysed(paragraph, article.title, self.analyzers[article.language])
            for article in collection.articles
            for paragraph in article.paragraphs
        ]
        self._first: dict[str, int] = {}
        for number, paragraph in enumerate(collection.paragraphs):
            self._first.setdefault(paragraph.article, number)
        texts = [found.terms for found in self._analysed]
        pairs = [pairs_of(text) for text in texts]
        self._by_terms = BM25(texts, PARAGRAPH_K1, PARAGRAPH_B)
        self._by_pairs = BM25(pairs, PARAGRAPH_K1, PARAGRAPH_B)
        self.paragraphs, self.pairs = self._by_terms.statistics, self._by_pairs.statistics
        self.sentences = self._statistics_of_sentences()

    @cached_property
    def lexicon(self) -> MemoryLexicon:
        """The words and terms of the collection by key."""
        counts = WordCounts()
        for found in self._analysed:
            counts.add(found)
        authors = (article.author or "" for article in self.articles.articles)
        return MemoryLexicon(self._by_terms.terms, counts, self.analyzers, authors)

    @cached_property
    def titles(self) -> MemoryTitles:
        """The articles by the words of their titles."""
        return MemoryTitles(self.articles.articles, self.analyzers)

    def best(
        self, words: Sequence[Alternatives], pairs: Sequence[Alternatives], limit: int
    ) -> Sequence[int]:
        """The best paragraphs for these words and pairs, equal ones in their order."""
        scores = np.add(self._by_terms.scores(words), self._by_pairs.scores(pairs))
        found = np.flatnonzero(scores > 0)
        order = np.argsort(-scores[found], kind="stable")[:limit]
        return [int(number) for number in found[order]]

    def counts(
        self, numbers: Sequence[int], terms: Sequence[str], pairs: Sequence[Pair]
    ) -> TermCounts:
        """How often the terms, and pairs of those, come in these paragraphs."""
        return counts_of([self._analysed[number] for number in numbers], terms, pairs)

    def analysed(self, number: int) -> AnalysedParagraph:
        """The paragraph of that number with its sentences and terms."""
        return self._analysed[number]

    def position(self, article_id: str, number: int) -> int:
        """The number of the paragraph that has that number, from 1, in its article."""
        return self._first[article_id] + number - 1

    def article_place(self, number: int) -> int:
        """The place of the article that a paragraph is in, in the order of the collection."""
        return bisect_right(self._starts, number) - 1

    @cached_property
    def _starts(self) -> list[int]:
        sizes = (len(article.paragraphs) for article in self.articles.articles)
        return list(accumulate(sizes, initial=0))[:-1]

    def before(self, number: int) -> int | None:
        """The paragraph before that one in the same article; None of the first one."""
        return number - 1 if self._analysed[number].paragraph.number > 1 else None

    def in_turn(self, articles: Sequence[Article]) -> Iterator[int]:
        """The paragraphs of articles: the first of each, then the second ones, and so on."""
        return paragraphs_in_turn(self, articles)

    def numbers(self) -> Iterator[int]:
        """All paragraphs in their order."""
        return iter(range(len(self._analysed)))

    def embedded(self) -> Iterator[tuple[int, EmbeddedDigests]]:
        """All paragraphs in their order: their numbers, and what is encoded of them."""
        for number, found in enumerate(self._analysed):
            title = self.articles[found.paragraph.article].title
            yield number, embedded_digests(found, title)

    @property
    def edition(self) -> str:
        """What stands for all that the paragraphs say, in whatever order."""
        return str(sum(map(edition_part, self.digests())))

    def digests(self, since: str | None = None) -> Iterator[bytes]:
        """The digests of all paragraphs, see `paragraph_digest`."""
        del since
        return (paragraph_digest(paragraph) for paragraph in self.articles.paragraphs)

    def with_digests(self, digests: Iterable[bytes]) -> list[int]:
        """The numbers of the paragraphs that have those digests, in their order."""
        wanted = frozenset(digests)
        return [number for number, digest in enumerate(self.digests()) if digest in wanted]

    def recency(self, published: str) -> float:
        """How new that date is among the articles', from 0 to 1 for the newest."""
        return bisect_left(self._dates, published) / max(1, len(self._dates) - 1)

    @cached_property
    def _dates(self) -> list[str]:
        return sorted({article.published or "" for article in self.articles.articles})

    def _statistics_of_sentences(self) -> TextStatistics:
        holding: dict[str, int] = {}
        count = length = 0
        for found in self._analysed:
            count += len(found.sentences)
            length += sum(map(len, found.sentences))
            for terms in found.held:
                for term in terms:
                    holding[term] = holding.get(term, 0) + 1
        average = length / count if count else 0.0
        return TextStatistics(
            count, average, lambda term: holding.get(term, 0), SENTENCE_K1, SENTENCE_B
        )
