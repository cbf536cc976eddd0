"""What is known of an article before it is stored; of many articles found by several processes."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from retrieval.articles import Article, Paragraph
from retrieval.index.analysed_paragraph import (
    AnalysedParagraph,
    ParagraphInMemory,
    TermsInMemory,
    analysed,
)
from retrieval.index.lexicon import WordCounts
from retrieval.store.writing.word_changes import words_of
from retrieval.text.analysis import analyzer_of

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

MOST_PROCESSES = 4
FEWEST_PARAGRAPHS = 1000  # that other processes are started for
ARTICLES_AT_ONCE = 8
LONGEST_PIECE = 1_000_000  # characters; what is known of them takes a hundred times the room

_Fields: TypeAlias = tuple[Any, ...]
_Sent: TypeAlias = tuple[list[_Fields], WordCounts]


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """The analysed paragraphs of an article, and their words."""

    paragraphs: Sequence[AnalysedParagraph]
    words: WordCounts


def text_size(article: Article) -> int:
    """How many characters of text an article has."""
    return sum(len(paragraph.text) for paragraph in article.paragraphs)


def pieces_of(article: Article) -> list[Article]:
    """The article, or pieces of a long one, each of limited length if no paragraph is longer."""
    if text_size(article) <= LONGEST_PIECE:
        return [article]
    pieces: list[list[Paragraph]] = [[]]
    size = 0
    for paragraph in article.paragraphs:
        size += len(paragraph.text)
        if size > LONGEST_PIECE and pieces[-1]:
            pieces.append([])
            size = len(paragraph.text)
        pieces[-1].append(paragraph)
    return [replace(article, paragraphs=tuple(piece)) for piece in pieces]


def analysis_of(article: Article) -> ArticleAnalysis:
    """The analysis of an article."""
    analyzer = analyzer_of(article.language)
    found = [analysed(paragraph, article.title, analyzer) for paragraph in article.paragraphs]
    return ArticleAnalysis(found, words_of(found))


class ArticleAnalysts:
    """Analyses articles, many of them in as many processes as there are processors.

    Of less than so many paragraphs at once, this process analyses all by itself; a long article,
    too, each piece of it when it is asked for, so that no more than one is held.
    """

    def __init__(
        self, processes: int | None = None, fewest_paragraphs: int = FEWEST_PARAGRAPHS
    ) -> None:
        self._fewest = fewest_paragraphs
        available = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
        self._processes = min(available, MOST_PROCESSES) if processes is None else processes
        self._pool: ProcessPoolExecutor | None = None

    def analyses(self, articles: Sequence[Article]) -> Iterator[ArticleAnalysis]:
        """The analyses of the pieces of articles, in their order; other processes begin at once.

        Where those cannot be had, or come to an end, this one does the rest when it is asked for.
        """
        sent: Iterator[_Sent] = iter(())
        pieces = list(chain.from_iterable(map(pieces_of, articles)))
        are_many = sum(len(article.paragraphs) for article in articles) >= self._fewest
        if self._processes > 1 and are_many and len(pieces) == len(articles):
            with suppress(OSError, BrokenExecutor):
                sent = self._asked(pieces)
        return self._received(pieces, sent)

    def close(self) -> None:
        """End the other processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _asked(self, articles: Sequence[Article]) -> Iterator[_Sent]:
        from concurrent.futures import ProcessPoolExecutor  # few start it
        from multiprocessing import get_context

        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes, get_context("spawn"), initializer=_begin
            )
        return self._pool.map(_fields_of, articles, chunksize=ARTICLES_AT_ONCE)

    def _received(
        self, articles: Sequence[Article], sent: Iterator[_Sent]
    ) -> Iterator[ArticleAnalysis]:
        done = 0
        try:
            for article, (paragraphs, words) in zip(articles, sent, strict=False):
                found = map(_paragraph_of, paragraphs, article.paragraphs)
                yield ArticleAnalysis(list(found), words)
                done += 1
        except (OSError, BrokenExecutor):
            self.close()
            self._processes = 1
        for article in articles[done:]:
            yield analysis_of(article)


def _begin() -> None:
    """End with the process that asks, however that ends, and leave Ctrl-C to it."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if (parent := parent_process()) is not None:
        Thread(target=_end_with, args=(parent.join,), daemon=True).start()


def _end_with(wait: Callable[[], None]) -> None:
    with suppress(OSError):
        wait()
    os._exit(1)


def _fields_of(article: Article) -> _Sent:
    """An analysis as it is sent: without the texts, which are known where it is received."""
    found = analysis_of(article)
    return [_sent(one) for one in found.paragraphs], found.words


def _sent(one: AnalysedParagraph) -> _Fields:
    terms = (one.above, one.heading, one.sentences)
    return (one.language, one.bounds, one.filler, one.denials, one.structure, terms)


def _paragraph_of(fields: _Fields, paragraph: Paragraph) -> AnalysedParagraph:
    language, bounds, filler, denials, structure, parts = fields
    terms = TermsInMemory(*parts)
    return AnalysedParagraph(
        *(paragraph.kind, language, bounds, filler, denials, structure),
        source=ParagraphInMemory(paragraph, terms),
    )
