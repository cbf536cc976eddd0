"""Writes a briefing: what the articles say on a topic, in a minute."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import NamedTuple

from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.question_types.collection_overview import central_first
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Paragraph, Quote
from retrieval.briefing.briefing import Briefing, Length, Point, Section, SectionRole
from retrieval.briefing.differences import Differences
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.likeness.restatements import Restatements
from retrieval.briefing.outline import outline
from retrieval.briefing.point_passages import Choice, PointPassages
from retrieval.briefing.sections import Placed, SectionBuilder, own_heading
from retrieval.briefing.selection import Selector
from retrieval.briefing.subjects import Subjects, joined, share_of
from retrieval.briefing.topics.topic import Topic, TopicReader
from retrieval.index.collection_index import Index
from retrieval.questions.question_reader import QuestionReader

DIFFERS_RELEVANCE = 0.45
MOST_COMPARED_FOR_DIFFERENCES = 60
MOST_PARAGRAPHS_FOR_HEADINGS = 2000
MOST_FURTHER_FOOTNOTES = 3
MOST_CLOSEST_POINTS = 3  # where nothing is on the topic itself
DIFFERENCE_SHARE = 0.5


class TopicReading(NamedTuple):
    """What speaks of a topic, and of each of the subjects that it joins, if any.

    `among` are the paragraphs that were looked at, None for all.
    """

    topic: Topic
    subjects: tuple[Topic, ...]
    among: Sequence[int] | None


class Briefer:
    """Writes briefings on one collection; the same topic gives the same briefing, always."""

    def __init__(
        self,
        index: Index,
        reader: QuestionReader,
        synonym_groups: Sequence[Sequence[str]] = (),
        meaning: Meaning | None = None,
    ) -> None:
        self._index = index
        self._reader = reader
        self._is_across_languages = meaning is not None
        self._concepts = concepts = Concepts(index, synonym_groups)
        self._topics = TopicReader(index, concepts, meaning)
        self._subjects = Subjects(index, reader, self._topics)
        self._points = PointPassages(index, Quoter(index), concepts)
        self._restatements = Restatements(index)
        self._selector = Selector(index, self._points, concepts, self._restatements)
        self._aspects = SectionBuilder(index, concepts)
        self._differences = Differences(index, concepts)

    def brief(
        self, topic: str, length: Length, among: Iterable[Paragraph] | None = None
    ) -> Briefing:
        """What the articles say on a topic, or altogether if that is empty.

        Only the paragraphs in `among` are looked at, if it is given.
        """
        return self.write(self.read(topic, among), length)

    def read(self, topic: str, among: Iterable[Paragraph] | None = None) -> TopicReading:
        """What speaks of a topic, or of all if it is empty, among these paragraphs."""
        paragraphs = None
        if among is not None:
            paragraphs = [self._index.position(paragraph) for paragraph in among]
        if not topic.strip():
            return TopicReading(self._topics.everything(paragraphs), (), paragraphs)
        query = self._reader.read_topic(topic, across_languages=self._is_across_languages)
        subjects = self._subjects.of(query, paragraphs)
        return TopicReading(joined(query, subjects), tuple(subjects), paragraphs)

    def write(self, reading: TopicReading, length: Length) -> Briefing:
        """The briefing on it, which may be written in several lengths."""
        topic = reading.topic
        if topic.is_close:
            length = replace(length, points=min(length.points, MOST_CLOSEST_POINTS))
        pair = [] if topic.is_close else self._difference(topic, length)
        chosen = self._chosen(topic, length, pair, reading.subjects)
        shown = frozenset(s for choice in (*pair, *chosen) for s in choice.passage.sentences)
        placed = [self._placed(choice, topic, shown) for choice in chosen]
        shared = self._shared_headings(topic)
        if topic.is_whole:
            opening = topic.direct if topic.query is None else frozenset[int]()
            sections = outline(self._index, placed, opening)
        else:
            sections = self._aspects.sections(placed, topic.named, shared)
        if pair:
            difference = Section("", SectionRole.DIFFERENCE, self._opposed(*pair))
            before = [section for section in sections if section.role is not SectionRole.OUTLOOK]
            sections = [*before, difference, *sections[len(before) :]]
        near = self._near(reading, sections, shared, length.near)
        is_title = topic.query is not None and topic.is_whole
        speaking = self._speaking(topic, sections)
        is_close = topic.is_close and bool(sections)
        return Briefing(topic.query, tuple(sections), speaking, near, is_title, is_close)

    def is_title(self, topic: str) -> bool:
        """Whether the topic is the title of an article."""
        return self._subjects.is_title(self._reader.read_topic(topic))

    def _opposed(self, one: Choice, other: Choice) -> tuple[Point, ...]:
        """The two points of a difference, the words that differ marked."""
        return tuple(
            Point(
                self._points.quote(ours),
                marked=self._differences.marks(ours.sentence, theirs.sentence),
            )
            for ours, theirs in ((one, other), (other, one))
        )

    def _chosen(
        self, topic: Topic, length: Length, pair: Sequence[Choice], subjects: Sequence[Topic]
    ) -> list[Choice]:
        """The points beside the pair; each subject gets its share, and then what others left."""
        if len(subjects) < 2:
            return self._selector.select(topic, length, pair)
        given = list(pair)
        for number, subject in enumerate([*subjects, *subjects], start=1):
            room = share_of(length, min(number, len(subjects)), len(subjects))
            given += self._selector.select(subject, room, given)
        return given[len(pair) :]

    def _speaking(self, topic: Topic, sections: Sequence[Section]) -> tuple[str, ...]:
        """The articles that speak of the topic or are cited, in their order."""
        quotes = [q for section in sections for p in section.points for q in (p.quote, *p.also)]
        cited = {quote.paragraph.article for quote in quotes}
        speaking = cited | topic.speaking if sections else set()
        return tuple(sorted(speaking, key=lambda article: self._index.engine.position(article, 1)))

    def _difference(self, topic: Topic, length: Length) -> list[Choice]:
        """The two passages of the closest disagreement between articles, if they leave room."""
        close = [
            sentence
            for sentence, relevance in topic.relevance.items()
            if relevance >= DIFFERS_RELEVANCE and self._points.tells(sentence)
        ]
        closest = sorted(close, key=lambda s: (-topic.relevance[s], s))[
            :MOST_COMPARED_FOR_DIFFERENCES
        ]
        found = sorted(
            self._differences.among(closest), key=lambda p: -self._concepts.likeness(*p)
        )
        for one, other in found:
            pair = [self._points.choice(one), self._points.choice(other)]
            if self._restatements.says_all(*map(self._points.quote, pair)):
                continue
            sentences = sum(len(choice.passage.sentences) for choice in pair)
            fits = len(pair) < length.points
            if (
                fits
                and sum(c.words for c in pair) <= DIFFERENCE_SHARE * length.words
                and (length.sentences is None or sentences <= DIFFERENCE_SHARE * length.sentences)
            ):
                return pair
        return []

    def _placed(self, choice: Choice, topic: Topic, shown: frozenset[int]) -> Placed:
        point = Point(self._points.quote(choice), tuple(self._also(choice, topic, shown)))
        sentences = tuple(choice.passage.sentences)
        return Placed(point, sentences, topic.relevance.get(choice.sentence, 0.0))

    def _also(self, choice: Choice, topic: Topic, shown: frozenset[int]) -> Iterable[Quote]:
        """The passages of other articles that say all of what a point says, one of each.

        Without those that hold a sentence shown as a point or part of one.
        """
        if not self._points.stands_alone(choice.passage):
            return
        said = self._points.quote(choice)
        cited = {said.paragraph.article}
        for other in self._alike(choice.sentence, topic):
            if len(cited) > MOST_FURTHER_FOOTNOTES:
                return
            if self._article(other) in cited or not self._points.says_enough(other):
                continue
            passage = self._points.choice(other)
            quote = self._points.quote(passage)
            if shown.isdisjoint(passage.passage.sentences) and self._restatements.says_all(
                said, quote
            ):
                cited.add(quote.paragraph.article)
                yield quote

    def _alike(self, sentence: int, topic: Topic) -> Iterable[int]:
        """The sentences that share half of the concepts or more, those with most of them first."""
        concepts = self._concepts.of(sentence)
        shared = {s: len(concepts & self._concepts.of(s)) for s in topic.relevance}
        alike = [s for s, count in shared.items() if 2 * count >= len(concepts)]
        return sorted(alike, key=lambda s: (-shared[s], s))

    def _shared_headings(self, topic: Topic) -> frozenset[str]:
        """The labels of headings that several articles have: a part of each, and no subject."""
        articles: dict[str, set[str]] = {}
        for number in {self._index.paragraph_of(sentence) for sentence in topic.relevance}:
            paragraph = self._index.paragraph(number)
            heading = own_heading(self._index, paragraph)
            articles.setdefault(heading, set()).add(paragraph.article)
        return frozenset(h for h, found in articles.items() if h and len(found) > 1)

    def _near(
        self,
        reading: TopicReading,
        sections: Sequence[Section],
        shared: frozenset[str],
        most: int,
    ) -> tuple[Paragraph, ...]:
        """Paragraphs under other headings than those shown or shared, the nearest first.

        One of each article where nothing is found or asked for, and there are many. Where only
        some paragraphs were looked at, they are of these.
        """
        topic, among = reading.topic, reading.among
        shown = {heading.casefold() for heading in (*shared, *(s.heading for s in sections))}
        if topic.query:
            shown.add(topic.query.corrected.casefold())
        is_spread = len(self._index.articles) > most and not (topic.query and sections)
        found: dict[str, Paragraph] = {}
        nearest = self._nearest(topic, sections) if among is None else among
        for number in islice(nearest, MOST_PARAGRAPHS_FOR_HEADINGS):
            if len(found) == most:
                break
            paragraph = self._index.paragraph(number)
            heading = own_heading(self._index, paragraph)
            if not heading or heading in found or heading.casefold() in shown:
                continue
            if is_spread and paragraph.article in {p.article for p in found.values()}:
                continue
            if self._makes_points(number):
                found[heading] = paragraph
        return tuple(found.values())

    def _makes_points(self, number: int) -> bool:
        """Whether a paragraph says something by itself, not only cells, code or steps."""
        return any(map(self._points.says_enough, self._index.sentences_of(number)))

    def _nearest(self, topic: Topic, sections: Sequence[Section]) -> Iterator[int]:
        """The numbers of paragraphs by their score on the topic, then of the articles cited.

        These come first under a briefing on one of them; of all articles, the central ones first,
        where nothing is found or asked for.
        """
        query = topic.query
        scored = WordScores(self._index, query).ranked() if query else []
        if query and sections:
            points = (point for section in sections for point in section.points)
            cited = sorted({point.quote.paragraph.article for point in points})
            articles = [self._index.articles[article] for article in cited]
        else:
            articles = central_first(self._index)
        others = chain.from_iterable(map(self._index.paragraphs_of, articles))
        return chain(others, scored) if topic.is_whole else chain(scored, others)

    def _article(self, sentence: int) -> str:
        paragraph = self._index.paragraph_of(sentence)
        return self._index.paragraph(paragraph).article
