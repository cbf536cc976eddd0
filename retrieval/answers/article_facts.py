"""Facts about the articles themselves, from their headers: who wrote them, when, how many."""

from collections.abc import Iterable

from retrieval.answers.scoring import paragraph_scores, ranked
from retrieval.articles import Article, Quote, Span
from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import ArticleQuestion, Fact
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.analysis import fold

FEWEST_COVERED = 0.99
NEARLY_BEST = 0.5


class ArticleFacts:
    """Finds the articles that a question about articles means, and what their headers say."""

    def __init__(self, index: Index, reader: QuestionReader) -> None:
        self._index = index
        self._reader = reader

    def meant(self, asked: ArticleQuestion, before: Iterable[str]) -> list[Article]:
        """The articles that are meant, `before` being the ids of those spoken of before.

        None at all where a subject or a title is given that no article has.
        """
        collection = self._index.collection
        if asked.title:
            return [a for a in collection.articles if _same(a.title, asked.title)]
        if asked.subject:
            return self._about(self._reader.read(asked.subject))
        spoken_of = [collection[identity] for identity in dict.fromkeys(before)]
        return spoken_of or list(collection.articles)

    def opening(self, article: Article) -> Quote | None:
        """The first sentence of an article, at which it is opened; None of an empty one."""
        if not article.paragraphs:
            return None
        first = article.paragraphs[0]
        spans = self._index.spans
        numbers = self._index.sentences_of(self._index.position(first))
        return Quote(first, (Span(spans[numbers[0]].start, spans[numbers[0]].end),))

    def _about(self, query: Query) -> list[Article]:
        """The articles on a subject: with it in the title, else in a heading, else in the text."""
        articles = self._index.collection.articles
        titled = [a for a in articles if self._covers(query, self._terms_of_title(a))]
        if titled or not query.words:
            return titled
        scores = paragraph_scores(self._index, query)
        found = ranked(scores)
        headed = [n for n in found if self._covers(query, self._index.heading_terms[n])]
        holding = [n for n in found if self._covers(query, self._index.paragraph_terms[n])]
        best = headed or holding
        near = [number for number in best if scores[number] >= NEARLY_BEST * scores[best[0]]]
        identities = (self._index.collection.paragraphs[number].article for number in near)
        return [self._index.collection[identity] for identity in dict.fromkeys(identities)]

    def _terms_of_title(self, article: Article) -> frozenset[str]:
        analyzer = self._index.analyzers[article.language]
        return frozenset(analyzer.compound_terms(article.title))

    @staticmethod
    def _covers(query: Query, terms: frozenset[str]) -> bool:
        return bool(query.words) and covered_share(query.words, terms) >= FEWEST_COVERED


def said(article: Article, fact: Fact) -> str | None:
    """What the article's header says; for a count, its title."""
    match fact:
        case Fact.AUTHOR:
            return article.author
        case Fact.PUBLISHED:
            return article.published
        case _:
            return article.title


def newest_first(articles: list[Article], fact: Fact) -> list[Article]:
    """The articles, by their dates if those are asked for."""
    if fact is not Fact.PUBLISHED:
        return articles
    return sorted(articles, key=lambda article: article.published or "", reverse=True)


def _same(title: str, other: str) -> bool:
    return " ".join(fold(title).split()) == " ".join(fold(other).split())
