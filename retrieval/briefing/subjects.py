"""Subjects: what a topic names, an article by its title or one thing or several."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.ranking.candidates import idf_share
from retrieval.articles import Article
from retrieval.briefing.briefing import Length
from retrieval.briefing.topics.closeness import ALL_TOLD
from retrieval.briefing.topics.topic import Topic, TopicReader
from retrieval.index.collection_index import Index
from retrieval.index.titles_by_term import title_key
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.questions.question_reader import QuestionReader
from retrieval.text.headings import label

MOST_JOINED_SUBJECTS = 4
OFTEN_TOGETHER = 0.6
MOSTLY = 0.8  # of the sentences that name a topic are in an article of its own
FEW_SENTENCES = 12  # of an article: about as many as a briefing holds
MOST_TITLED_PARAGRAPHS = 2000


class Subjects:
    """Reads topics put to one collection as subjects, each a topic by itself."""

    def __init__(self, index: Index, reader: QuestionReader, topics: TopicReader) -> None:
        self._index = index
        self._reader = reader
        self._topics = topics

    def is_title(self, query: Query) -> bool:
        """Whether the topic is the title of an article."""
        return bool(self._titled_articles(query))

    def of(self, query: Query, paragraphs: Sequence[int] | None) -> list[Topic]:
        """The subjects of a topic that are found in those paragraphs or in all, in its order.

        They are several if the topic joins them ("bees and trams") and the sentences that speak of
        one of them rarely speak of the others, or each has a heading of its own and not all have
        one together, or if it is the title of a short article and others say more on it.
        """
        titled = self._titled(query, paragraphs)
        if titled and len(titled.relevance) > FEW_SENTENCES:
            return [titled]
        whole = self._topics.of(query, paragraphs)
        if titled:
            said_elsewhere = len(whole.direct - titled.relevance.keys())
            return [titled, whole] if said_elsewhere > len(titled.relevance) else [titled]
        if own := self._article_of_its_own(query, whole, paragraphs):
            return [own]
        parts = [self._reader.read_topic(part) for part in self._parts(query)]
        if len(parts) < 2 or self._is_heading(query, whole):
            return [whole] if whole.relevance else []
        found = [self._alone(part, paragraphs) for part in parts]
        found = [subject for subject in found if subject.relevance]
        is_one = len(found) < len(parts) or (
            _are_together(found) and not all(map(self._is_heading, parts, found))
        )
        return [whole] if whole.relevance and is_one else found

    def _alone(self, query: Query, paragraphs: Sequence[int] | None) -> Topic:
        """A subject as it would be read by itself: an article if it names one."""
        if titled := self._titled(query, paragraphs):
            return titled
        found = self._topics.of(query, paragraphs)
        return self._article_of_its_own(query, found, paragraphs) or found

    def _article_of_its_own(
        self, query: Query, whole: Topic, paragraphs: Sequence[int] | None
    ) -> Topic | None:
        """The article with the topic for most of its title, if nearly all on it is said there."""
        asked = frozenset(term for word in query.words for term in word.phrase)
        titles = self._index.engine.titles
        named = [a for a in titles.holding(sorted(asked)[:1]) if self._is_most_of(a, asked)]
        if query.kind is not Kind.KEYWORDS or len(named) != 1:
            return None
        found = self._whole(query, [named[0].id], paragraphs)
        terms = self._index.sentence_terms
        naming = {s for s in whole.direct if idf_share(self._index, query, terms(s)) > ALL_TOLD}
        if found and len(naming & found.relevance.keys()) >= MOSTLY * len(naming):
            return found
        return None

    def _is_most_of(self, article: Article, asked: frozenset[str]) -> bool:
        """Whether at least half of an article's title, subtitle aside, is the topic.

        One that joins it with something else ("Bees and honey") is not on it alone.
        """
        analyzer, title = self._index.analyzers[article.language], label(article.title)
        terms = frozenset(analyzer.compound_terms(title))
        is_joined = analyzer.language.briefing.joining.search(title) is not None
        return asked <= terms and len(terms) <= 2 * len(asked) and not is_joined

    def _is_heading(self, query: Query, topic: Topic) -> bool:
        """Whether a heading over what speaks of the topic holds all its words."""
        paragraphs = {self._index.paragraph_of(sentence) for sentence in topic.relevance}
        heads = map(self._index.heading_terms, paragraphs)
        return any(idf_share(self._index, query, terms) > ALL_TOLD for terms in heads)

    def _titled(self, query: Query, paragraphs: Sequence[int] | None) -> Topic | None:
        """The articles that the topic is the title of."""
        titled = self._titled_articles(query)
        return self._whole(query, titled, paragraphs) if titled else None

    def _whole(
        self, query: Query, articles: Sequence[str], paragraphs: Sequence[int] | None
    ) -> Topic | None:
        """All that those articles say, if the paragraphs have some of it."""
        of_article = self._paragraphs_of(articles)
        if paragraphs is not None:
            among = frozenset(of_article)
            of_article = [number for number in paragraphs if number in among]
        return self._topics.articles(query, of_article) if of_article else None

    def _titled_articles(self, query: Query) -> Sequence[str]:
        """The ids of the articles of which the topic is the title; none for most topics.

        Two texts are the same title if they hold the same terms, in whatever order and form, and
        one that holds only stop words if it is written the same. What stands behind a colon or a
        dash in a title may be left out.
        """
        text = query.corrected
        keys = [title_key(text, a.compound_terms(text)) for a in self._index.analyzers.values()]
        asked = [term for word in query.words for term in word.phrase]
        keys += [title_key("", asked)] if asked else []
        found = (self._index.engine.titles.keyed(key) for key in keys)
        return next(filter(None, found), ())

    def _paragraphs_of(self, articles: Sequence[str]) -> list[int]:
        """Their paragraphs in order; of very many the first ones."""
        found: list[int] = []
        for article in articles:
            found += self._index.paragraphs_of(self._index.articles[article])
            if len(found) >= MOST_TITLED_PARAGRAPHS:
                break
        return sorted(found[:MOST_TITLED_PARAGRAPHS])

    def _parts(self, query: Query) -> list[str]:
        """What the topic joins, without its own words for joining; one part for most topics."""
        for analyzer in self._index.analyzers.values():
            found = analyzer.language.briefing.joining.split(query.corrected)
            parts = [part.strip() for part in found if part.strip()]
            if 1 < len(parts) <= MOST_JOINED_SUBJECTS:
                return parts
        return []


def _are_together(subjects: Sequence[Topic]) -> bool:
    """Whether the sentences that speak of one of the subjects often speak of all of them."""
    together = set.intersection(*(set(subject.relevance) for subject in subjects))
    fewest = min(len(subject.relevance) for subject in subjects)
    return len(together) > OFTEN_TOGETHER * fewest


def joined(query: Query, subjects: Sequence[Topic]) -> Topic:
    """One topic of all the subjects: a sentence is as close as to the subject closest to it."""
    if len(subjects) == 1:
        return replace(subjects[0], query=query)
    relevance: dict[int, float] = {}
    for subject in subjects:
        for sentence, close in subject.relevance.items():
            relevance[sentence] = max(close, relevance.get(sentence, 0.0))
    return Topic(
        query=query,
        relevance=dict(sorted(relevance.items())),
        direct=frozenset[int]().union(*(subject.direct for subject in subjects)),
        named=frozenset[str]().union(*(subject.named for subject in subjects)),
        speaking=frozenset[str]().union(*(subject.speaking for subject in subjects)),
        is_close=bool(subjects) and all(subject.is_close for subject in subjects),
    )


def share_of(length: Length, subjects: int, total: int) -> Length:
    """The room of `subjects` of the `total` subjects that share a briefing."""
    return replace(
        length,
        words=(length.words - length.reserved) * subjects // total + length.reserved,
        points=max(subjects, length.points * subjects // total),
        sentences=length.sentences and max(subjects, length.sentences * subjects // total),
    )
