"""Facts about the articles themselves, from their headers: who wrote them, when, how many."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from retrieval.answers.question_types.collection_overview import (
    central_first,
    front_page,
    says_something,
)
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Article, HeaderField, Quote
from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import ArticleQuestion, Fact
from retrieval.questions.query import Query, covered_share
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.discourse import asks

FEWEST_COVERED = 0.99
NEARLY_BEST = 0.5
LEAST_LEANT_ON = 0.5
MOST_LISTED_ARTICLES = 1000
MOST_OPENING_PARAGRAPHS = 3
FEWEST_TOLD = 4  # terms; "Welcome to our guide!" has fewer
MOST_ARTICLES_SHOWN = 8  # each in a line of its own
DATES = (Fact.PUBLISHED, Fact.UPDATED)


class ToldByHeaders(NamedTuple):
    """The articles that are meant: those whose header tells what is asked, and the others.

    Of many only the first are listed; `more_speaking` and `more_silent` count the rest.
    """

    speaking: Sequence[Article]
    silent: Sequence[Article]
    more_speaking: int = 0
    more_silent: int = 0


class ArticleFacts:
    """Finds the articles that a question about articles means, and what their headers say."""

    def __init__(self, index: Index, reader: QuestionReader) -> None:
        self._index = index
        self._reader = reader

    def told(self, asked: ArticleQuestion, before: Iterable[str]) -> ToldByHeaders | None:
        """What the headers of the articles tell that are meant; None where none is.

        `before` are the ids of those spoken of before.
        """
        articles = self._index.articles
        if asked.title:
            meant: Sequence[Article] = self._index.engine.titles.written(asked.title)
            if not meant and asked.fact is Fact.AUTHOR:
                meant = self._called(asked.title)
        elif asked.subject:
            meant = self._about(self._reader.read(asked.subject))
        else:
            meant = [articles[identity] for identity in dict.fromkeys(before)]
            if not meant and len(articles):
                return self._told_by_all(asked.fact)
        if not meant:
            return None
        meant = newest_first(meant, asked.fact)
        return ToldByHeaders(
            [article for article in meant if said(article, asked.fact)],
            [article for article in meant if not said(article, asked.fact)],
        )

    def _told_by_all(self, fact: Fact) -> ToldByHeaders:
        articles = self._index.articles
        if fact is Fact.TOPICS:
            first: Sequence[Article] = central_first(self._index)
        else:
            first = articles.page(0, MOST_LISTED_ARTICLES)
        if fact not in (Fact.AUTHOR, *DATES):
            return ToldByHeaders(first, (), len(articles) - len(first))
        field = HeaderField.PUBLISHED if fact in DATES else HeaderField.AUTHOR
        speaking, count = articles.with_header(field, MOST_LISTED_ARTICLES)
        silent = [article for article in first if not said(article, fact)]
        others = len(articles) - count - len(silent)
        return ToldByHeaders(speaking, silent, count - len(speaking), others)

    def opening(self, article: Article) -> Quote | None:
        """The first sentence of an article, at which it is opened; None of an empty one."""
        if not article.paragraphs:
            return None
        first = article.paragraphs[0]
        sentence = self._index.first_sentence(self._index.position(first))
        return Quote(first, (self._index.span(sentence),))

    def introduction(self) -> Quote | None:
        """The first sentence of the front page that is more than a greeting; None without one."""
        page = front_page(self._index.articles)
        for paragraph in page.paragraphs[:MOST_OPENING_PARAGRAPHS] if page else ():
            if not says_something(paragraph):
                continue
            for sentence in self._index.sentences_of(self._index.position(paragraph)):
                told = len(self._index.sentence_terms(sentence))
                if told >= FEWEST_TOLD and not asks(self._index.text(sentence)):
                    return Quote(paragraph, (self._index.span(sentence),))
        return None

    def is_told(self, query: Query, asked: ArticleQuestion, quote: Quote) -> bool:
        """Whether a quote holds each word of a question, and most of what a pronoun means.

        One that only names the title ("the author of …") does not tell.
        """
        analyzer = self._index.analyzer_of(self._index.position(quote.paragraph))
        terms = frozenset(analyzer.compound_terms(quote.text))
        others = [word for word in query.words if not word.own]
        if others and covered_share(others, terms) < LEAST_LEANT_ON:
            return False
        own = [word for word in query.words if word.own]
        titled = frozenset(analyzer.compound_terms(asked.title))
        if own and all(word.coverage(titled) for word in own):
            return False
        return all(word.coverage(terms) for word in own)

    def _called(self, name: str) -> list[Article]:
        """The articles that a name means: "honey", or "the honey recipe", which tells the kind.

        By the second only those that name their author, as who came up with the theory of
        relativity is no question about the article on theories.
        """
        if titled := self._titled(self._reader.read(name)):
            return titled
        kind_left_out = name.rpartition(" ")[0]
        return [a for a in self._titled(self._reader.read(kind_left_out)) if a.author]

    def _about(self, query: Query) -> list[Article]:
        """The articles on a subject: with it in the title, else in a heading, else in the text."""
        if not query.words:
            return []
        if titled := self._titled(query):
            return titled
        scores = WordScores(self._index, query)
        found = scores.ranked()
        headed = [n for n in found if _covers(query, self._index.heading_terms(n))]
        holding = [n for n in found if _covers(query, self._index.paragraph_terms(n))]
        if not (best := headed or holding):
            return []
        least = NEARLY_BEST * scores.of_paragraph(best[0])
        close = [number for number in best if scores.of_paragraph(number) >= least]
        identities = (self._index.paragraph(number).article for number in close)
        return [self._index.articles[identity] for identity in dict.fromkeys(identities)]

    def _titled(self, query: Query) -> list[Article]:
        """The articles whose title holds the words of a subject."""
        if not query.words:
            return []
        # A title that covers nearly all holds the word that tells most.
        told_most = max(query.words, key=lambda word: word.weight * word.information)
        terms = {term for phrase in told_most.alternatives for term in phrase}
        near = self._index.engine.titles.holding(terms)
        return [a for a in near if _covers(query, self._index.title_terms(a))]


def _covers(query: Query, terms: frozenset[str]) -> bool:
    return covered_share(query.words, terms) >= FEWEST_COVERED


def said(article: Article, fact: Fact) -> str | None:
    """What the article's header says; for a count, its title."""
    match fact:
        case Fact.AUTHOR:
            return article.author
        case Fact.PUBLISHED | Fact.UPDATED:  # one that was never updated tells its first date
            return article.published
        case _:
            return article.title


def newest_first(articles: Sequence[Article], fact: Fact) -> Sequence[Article]:
    """The articles, by their dates if those are asked for."""
    if fact not in DATES:
        return articles
    return sorted(articles, key=lambda article: article.published or "", reverse=True)
