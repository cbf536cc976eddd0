"""The port of an engine: what is asked of a collection, however large it is and wherever it lies.

An engine proposes paragraphs and looks things up by key; exact scores are computed from the
statistics that it gives, so answers are the same under every engine.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Protocol

from retrieval.articles import Article, Articles
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.lexicon import Lexicon
from retrieval.index.statistics import Alternatives, TextStatistics
from retrieval.index.term_counts import Pair, TermCounts
from retrieval.index.titles_by_term import TitlesByTerm
from retrieval.index.vectors.embedded_texts import EmbeddedDigests
from retrieval.text.analysis import Analyzer


class Engine(Protocol):
    """A collection, analysed and ready to be searched.

    Paragraphs have numbers from 0 that grow in the order of the collection, with gaps or without;
    they are an engine's own and mean nothing to another one.
    """

    @property
    def articles(self) -> Articles:
        """The articles by key."""

    @property
    def titles(self) -> TitlesByTerm:
        """The articles by the words of their titles."""

    @property
    def lexicon(self) -> Lexicon:
        """The words and terms of the collection by key."""

    @property
    def analyzers(self) -> Mapping[str, Analyzer]:
        """The analyzers of the articles' languages, the most frequent one's first."""

    @property
    def paragraphs(self) -> TextStatistics:
        """The statistics of the terms of paragraphs."""

    @property
    def pairs(self) -> TextStatistics:
        """The statistics of the pairs of neighbouring terms of paragraphs."""

    @property
    def sentences(self) -> TextStatistics:
        """The statistics of the terms of sentences."""

    def best(
        self, words: Sequence[Alternatives], pairs: Sequence[Alternatives], limit: int
    ) -> Sequence[int]:
        """Paragraphs in any order, among which are the best ones for these words and pairs.

        Whatever the engine's own scores, none of the exact best `limit` is missing.
        """

    def counts(
        self, numbers: Sequence[int], terms: Sequence[str], pairs: Sequence[Pair]
    ) -> TermCounts:
        """How often the terms, and pairs of those, come in these paragraphs, of at least one."""

    def analysed(self, number: int) -> AnalysedParagraph:
        """The paragraph of that number with its sentences and terms."""

    def position(self, article_id: str, number: int) -> int:
        """The number of the paragraph that has that number, from 1, in its article."""

    def article_place(self, number: int) -> int:
        """The place of the article that a paragraph is in, in the order of the collection."""

    def before(self, number: int) -> int | None:
        """The paragraph before that one in the same article; None of the first one."""

    def in_turn(self, articles: Sequence[Article]) -> Iterator[int]:
        """The paragraphs of articles: the first of each, then the second ones, and so on."""

    def numbers(self) -> Iterator[int]:
        """All paragraphs in their order."""

    def embedded(self) -> Iterator[tuple[int, EmbeddedDigests]]:
        """All paragraphs in their order: their numbers, and what is encoded of them."""

    @property
    def edition(self) -> str:
        """What stands for all that the paragraphs say, in whatever order."""

    def digests(self, since: str | None = None) -> Iterator[bytes]:
        """The digests of all paragraphs, see `paragraph_digest`; in any order.

        If the collection once had the edition `since`, those that came before may be left out.
        """

    def with_digests(self, digests: Iterable[bytes]) -> list[int]:
        """The numbers of the paragraphs that have those digests, in their order."""

    def recency(self, published: str) -> float:
        """How new that date is among the articles', from 0 to 1 for the newest."""


def paragraphs_in_turn(engine: Engine, articles: Sequence[Article]) -> Iterator[int]:
    """The numbers of the paragraphs of articles: the first of each, then the second ones …"""
    starts = ((engine.position(a.id, 1), len(a.paragraphs)) for a in articles if a.paragraphs)
    for row in zip_longest(*(range(start, start + count) for start, count in starts)):
        yield from (number for number in row if number is not None)
