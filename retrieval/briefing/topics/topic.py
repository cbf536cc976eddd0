"""The sentences that speak of a topic, and how closely.

Half of a sentence's relevance is how closely it speaks of the topic itself (`closeness`), the
other half is passed between sentences that are alike (`biased_lexrank`), so that the most central
ones of those which speak of it are found. What words don't find is looked for by meaning
(`topic_by_meaning`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.question_types.collection_overview import front_page
from retrieval.answers.ranking.candidates import idf_share
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.scoring import WordScores
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.topics.biased_lexrank import BiasedLexRank
from retrieval.briefing.topics.closeness import ALL_TOLD, DIRECT, Closeness
from retrieval.briefing.topics.prominence import Prominence
from retrieval.briefing.topics.topic_by_meaning import TopicMeaning
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.text.analysis import HYPHEN, word_texts

NAMED = 0.8
LEAST_TOPIC_SHARE = 0.5
LEAST_HELD, FEWEST_HELD = 0.6, 2
JOINT = r"[-‐‑\s]?"  # of the parts of a hyphenated word, however it is written
NEAR_RELEVANCE = 0.3  # of what comes near by meaning alone, beside the closest sentence
MANY_NAMING_SENTENCES = 30  # more than a briefing can hold
MOST_TOPIC_PARAGRAPHS = 60
MOST_OPENING_PARAGRAPHS = 4  # of a front page


@dataclass(frozen=True, slots=True)
class Topic:
    """The sentences that speak of a topic, in their order, each with how closely, from 0 to 1.

    `direct` are those that do so by their own words, or on everything those that open its front
    page; `named` are the concepts that the topic itself names; `speaking` are the ids of all
    articles that speak of it; `query` is None for everything. `is_whole` is whether the topic is
    all that the paragraphs say, as with an article that is named by its title: no paragraph may
    fill the briefing then. `is_close` is whether no paragraph holds the topic, because articles
    know some of its words only.
    """

    query: Query | None
    relevance: Mapping[int, float]
    direct: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    is_whole: bool = False
    is_close: bool = False


class TopicReader:
    """Finds the sentences of one collection that speak of a topic."""

    def __init__(self, index: Index, concepts: Concepts, meaning: Meaning | None = None) -> None:
        self._index = index
        self._concepts = concepts
        self._meaning = TopicMeaning(index, meaning)
        self._closeness = Closeness(index, concepts)
        self._prominence = Prominence(index)
        self._lexrank = BiasedLexRank(concepts, meaning)

    def everything(self, paragraphs: Sequence[int] | None) -> Topic:
        """What those paragraphs say, or all there are, the more central the closer.

        Of very many, the first ones of each article in turn. A front page, if there is one, says
        what all of it is about.
        """
        relevance = self._lexrank.relevance(self._prominence.of(paragraphs))
        page = front_page(self._index.articles) if paragraphs is None else None
        if page is None:
            return Topic(None, relevance, is_whole=True)
        opening = self._index.paragraphs_of(page)[:MOST_OPENING_PARAGRAPHS]
        direct = frozenset(s for number in opening for s in self._index.sentences_of(number))
        return Topic(
            None,
            _with_near(relevance, direct),
            direct=direct,
            named=frozenset(map(self._concepts.concept, self._index.title_terms(page))),
            is_whole=True,
        )

    def articles(self, query: Query, paragraphs: Sequence[int]) -> Topic:
        """What those paragraphs say, the ones of the articles that a topic is the title of."""
        shares = self._shares(query, paragraphs)
        return replace(
            self.everything(paragraphs),
            query=query,
            direct=frozenset(s for s, share in shares.items() if share >= NAMED),
            named=self._named(query),
            speaking=frozenset(self._article(number) for number in paragraphs),
        )

    def of(self, query: Query, paragraphs: Sequence[int] | None) -> Topic:
        """What those paragraphs, or all, say on a query's topic; nothing if that is too little."""
        scores = WordScores(self._index, query)
        best = scores.ranked() if paragraphs is None else scores.ranked_among(paragraphs)
        if (phrase := self._phrase(query)) is not None:
            best = [number for number in best if phrase.search(self._over_and_in(number))]
        shares = self._shares(query, sorted(best[:MOST_TOPIC_PARAGRAPHS]))
        most = max(LEAST_TOPIC_SHARE, max(shares.values(), default=0.0))
        told = {s: share / most for s, share in shares.items()}
        suffices = self._suffices(query, told, scores)
        is_close = False
        if not suffices or not self._is_held(query, best):
            meant = self._meaning.shares(query, told, paragraphs)
            is_close = suffices and not meant and bool(query.unmatched)
            told = told if is_close else meant
        elif query.kind is not Kind.KEYWORDS:
            told = self._meaning.mixed_shares(query, told, paragraphs)
        if not told:
            return Topic(query, {})
        direct = frozenset(s for s, share in told.items() if share >= NAMED)
        left_out = self._left_out(query, told)
        relevance = self._lexrank.relevance(self._close(query, told, direct, left_out))
        if direct and not is_close:
            near = self._beside(query, told, direct)
            if not self._has_name(query):
                near += self._meaning.near(query, paragraphs)
            relevance = _with_near(relevance, near)
        return Topic(
            query,
            relevance,
            direct,
            self._named(query),
            self._speaking(query, (n for n in best if n not in left_out), NAMED * most),
            is_close=is_close,
        )

    def _has_name(self, query: Query) -> bool:
        """Whether a word of the topic is a name: what does not hold it does not speak of that."""
        is_of_name = self._index.lexicon.is_of_name
        return any(all(map(is_of_name, word.phrase)) for word in query.words)

    def _beside(
        self, query: Query, told: Mapping[int, float], direct: frozenset[int]
    ) -> list[int]:
        """The sentences that hold a word of the topic where one holds it all.

        In its paragraph, under a heading with a word of the topic ("Family leave").
        """
        index = self._index
        numbers = sorted({index.paragraph_of(sentence) for sentence in direct})
        headed = (n for n in numbers if idf_share(index, query, index.heading_terms(n)) > 0)
        return [s for n in headed for s in index.sentences_of(n) if told.get(s, 0.0) > 0]

    def _close(
        self,
        query: Query,
        told: Mapping[int, float],
        direct: frozenset[int],
        left_out: set[int],
    ) -> dict[int, float]:
        """How closely each sentence of the paragraphs speaks of the topic."""
        close: dict[int, float] = {}
        numbers = {self._index.paragraph_of(sentence) for sentence in told}
        for paragraph in sorted(numbers - left_out):
            close |= self._closeness.of(query, paragraph, told)
        if len(direct) <= MANY_NAMING_SENTENCES:
            return close
        return {s: self._closeness.share_about(query, s, direct) * c for s, c in close.items()}

    def _phrase(self, query: Query) -> re.Pattern[str] | None:
        """What finds a topic of one word and a stop word that belongs to it.

        Without that, "on-call" would be any call, and "time off" any time.
        """
        texts = {word.text for word in query.words}
        if len(texts) != 1:
            return None
        parts = HYPHEN.split(text := texts.pop())
        said = word_texts(query.question)
        if query.kind is Kind.KEYWORDS and text in said[:-1]:
            parts += said[said.index(text) + 1 :]
        if len(parts) <= sum(len(word.phrase) for word in query.words):
            return None
        return re.compile(r"\b" + JOINT.join(map(re.escape, parts)), re.IGNORECASE)

    def _over_and_in(self, number: int) -> str:
        """A paragraph with its headings and the title of its article."""
        paragraph = self._index.paragraph(number)
        title = self._index.articles[paragraph.article].title
        return "\n".join((title, *paragraph.ancestors, paragraph.heading, paragraph.text))

    def _is_held(self, query: Query, paragraphs: Iterable[int]) -> bool:
        """Whether one of the best paragraphs holds, with all that stands over it, most of a name.

        One word of two is not enough: what is said of computers is not about quantum computing.
        """
        if query.kind is not Kind.KEYWORDS or len(query.words) < FEWEST_HELD:
            return True
        index = self._index
        return any(
            idf_share(
                index,
                query,
                index.paragraph_terms(number)
                | index.heading_terms(number)
                | index.title_terms(index.article_of(number)),
            )
            >= LEAST_HELD
            for number in islice(paragraphs, MOST_TOPIC_PARAGRAPHS)
        )

    def _shares(self, query: Query, paragraphs: Iterable[int]) -> dict[int, float]:
        """The share of the topic that each sentence of those paragraphs tells."""
        index = self._index
        return {
            s: idf_share(index, query, index.sentence_terms(s))
            for paragraph in paragraphs
            for s in index.sentences_of(paragraph)
        }

    def _speaking(self, query: Query, paragraphs: Iterable[int], least: float) -> frozenset[str]:
        """The articles in which a sentence tells so much of the topic, however many they are.

        A paragraph tells at most what its sentences and its headings tell together, so most of
        them need no closer look.
        """
        index = self._index
        found: set[str] = set()
        for number in paragraphs:
            article = self._article(number)
            if article in found or idf_share(index, query, index.paragraph_terms(number)) < least:
                continue
            titled = idf_share(index, query, index.title_terms(index.article_of(number)))
            most = max(self._shares(query, [number]).values(), default=0.0)
            if titled > ALL_TOLD or most >= least:
                found.add(article)
        return frozenset(found)

    def _article(self, paragraph: int) -> str:
        return self._index.paragraph(paragraph).article

    def _suffices(self, query: Query, told: Mapping[int, float], scores: WordScores) -> bool:
        """Whether a heading is the topic, or a sentence on it as sure as an answer has to be."""
        index = self._index
        paragraphs = {index.paragraph_of(sentence) for sentence in told}
        if any(idf_share(index, query, index.heading_terms(p)) > ALL_TOLD for p in paragraphs):
            return True
        confidence = Confidence(index, query, scores)
        return any(
            told.get(candidate.sentence, 0.0) >= DIRECT
            and not index.is_filler(candidate.sentence)
            and confidence.suffices(candidate)
            for candidate in scores.candidates()
        )

    def _left_out(self, query: Query, told: Mapping[int, float]) -> set[int]:
        """The paragraphs of those sentences that hold little of a topic that is named.

        Only where another one holds all of it, with its headings, and none that comes near by
        meaning: what leaves a company is not about parental leave.
        """
        numbers = {self._index.paragraph_of(sentence) for sentence in told}
        held = {number: self._held_share(query, number) for number in numbers}
        if query.kind is not Kind.KEYWORDS or max(held.values(), default=0.0) < ALL_TOLD:
            return set()
        little = {number for number in numbers if held[number] < LEAST_HELD}
        return little - self._meaning.nearest_paragraphs(query) if little else little

    def _held_share(self, query: Query, paragraph: int) -> float:
        """The share of a topic's words that a paragraph and what stands over it hold.

        By their idf or by their number, whichever is less; a word counts in whatever form it is
        there.
        """
        index = self._index
        terms = index.paragraph_terms(paragraph) | index.heading_terms(paragraph)
        terms |= index.title_terms(index.article_of(paragraph))
        idf = [index.sentences.idf(word.phrase) for word in query.words]
        held = [i for i, w in zip(idf, query.words, strict=True) if w.coverage(terms)]
        return min(sum(held) / sum(idf), len(held) / len(idf)) if any(idf) else 0.0

    def _named(self, query: Query) -> frozenset[str]:
        """The concepts of the topic's words, without the other ways in which they are written."""
        terms = (term for word in query.words for term in word.phrase)
        return frozenset(map(self._concepts.concept, terms))


def _with_near(relevance: dict[int, float], near: Iterable[int]) -> dict[int, float]:
    """The relevance with that of what only comes near: it fills what is left of a briefing."""
    least = NEAR_RELEVANCE * max(relevance.values(), default=0.0)
    return dict(sorted((dict.fromkeys(near, least) | relevance).items()))
