"""The sentences that speak of a topic, and how closely.

A sentence speaks of it directly by its own words or its heading's, or because it carries on from
one that does. Half of its relevance is that, the other half is passed between sentences that are
alike: Biased LexRank (Otterbacher, Erkan and Radev 2009), so that of those which speak of it the
most central are found. What is only like them, and does not speak of it, is left out. How much two
sentences are alike is told by their words and, where there are vectors, by meaning as well.

A topic that no words find is looked for by meaning. One that is a clause ("what China gains") is
found by both: it may be said in any words, while a name is mostly called by its name.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest

import numpy as np

from retrieval.answers.by_meaning.background_distance import height_correction
from retrieval.answers.by_meaning.meaning import Likeness, Meaning
from retrieval.answers.ranking.candidates import told_share
from retrieval.answers.ranking.confidence import Confidence
from retrieval.answers.ranking.scoring import WordScores
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.index.vectors.quantization import Cosines
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind
from retrieval.text.discourse import leans

HEADED = 0.5
TITLED, TITLED_OPENING = 0.5, 0.8
DIRECT = 0.4
NAMED = 0.8
APART = 0.4
ALL = 0.99
LEAST_TOLD = 0.5
LEAST_HELD, FEWEST_HELD = 0.6, 2
UNMEANT, LEAST_MEANT = 1.5, 1.0  # of the weighted z-scores of meaning
MEANT_SHARE = 0.9
MEANING_OF_CLAUSE = 0.4  # what meaning counts for beside words
MEANING_OF_LIKENESS = 0.5
MOST_MEANT = 40
LEAST_HEIGHT, HEIGHT_BY_SIZE = 0.104, 0.012  # of the nearest sentence above unrelated text
CARRIED_ON = 0.75
LED_UP_TO = 0.45
LEAST_LIKENESS = 0.2
PASSED_ON = 0.5
ROUNDS = 15
LEAST_RELEVANCE = 0.05
LEAST_CLOSE = 0.36
# What opens a paragraph and an article counts for; more if each can have one point at most.
OPENS, OPENS_OF_ALL, OPENS_OF_MANY = 0.15, 0.22, 0.35
MANY_ARTICLES = 8
MANY = 30  # sentences that name a topic, more than a briefing can hold
MENTIONED = 0.4  # what it takes from a sentence that its paragraph only mentions the topic
SECTION = 0.5  # what opens a section, beside what opens an article
NEW = 0.1
MOST_PARAGRAPHS = 60
MOST_SENTENCES = 900
MOST_SPREAD = 1500


@dataclass(frozen=True, slots=True)
class Topic:
    """The sentences that speak of a topic, in their order, each with how closely, from 0 to 1.

    `direct` are those that do so by their own words; `named` are the concepts that the topic
    itself names; `speaking` are the ids of all articles that speak of it; `query` is None for
    everything. `is_whole` is whether the topic is all that the paragraphs say, as with an article
    that is named by its title: no paragraph may fill the briefing then. `is_close` is whether no
    paragraph holds the topic, because articles know some of its words only.
    """

    query: Query | None
    relevance: Mapping[int, float]
    direct: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()
    speaking: frozenset[str] = frozenset()
    is_whole: bool = False
    is_close: bool = False


class _Meant:
    """How near sentences are by meaning: 0 for `least` z-scores, 1 for the nearest of all."""

    def __init__(self, likeness: Likeness, least: float) -> None:
        self._likeness = likeness
        self._least = least
        self._most = max(float(likeness.scores.max()) - least, LEAST_MEANT)

    def share(self, sentence: int) -> float:
        """From 0 to 1."""
        return max(self._likeness.of(sentence) - self._least, 0.0) / self._most

    def nearest(self) -> list[int]:
        """The nearest sentences that may be said to speak of the topic."""
        return [s for s in self._likeness.nearest(MOST_MEANT) if self.share(s) >= DIRECT]


class TopicReader:
    """Finds the sentences of one collection that speak of a topic."""

    def __init__(self, index: Index, concepts: Concepts, meaning: Meaning | None = None) -> None:
        self._index = index
        self._concepts = concepts
        self._meaning = meaning

    def everything(self, paragraphs: Sequence[int] | None) -> Topic:
        """What those paragraphs say, or all there are, the more central the closer.

        Of very many, the first ones of each article in turn.
        """
        chosen: list[int] = []
        for paragraph in self._in_turn(paragraphs):
            sentences = self._index.sentences_of(paragraph)
            if chosen and len(chosen) + len(sentences) > MOST_SENTENCES:
                break
            chosen.extend(sentences[:MOST_SENTENCES])
        opens = OPENS_OF_ALL if paragraphs is None and len(self._index.articles) > 1 else OPENS
        if paragraphs is None and len(self._index.articles) > MANY_ARTICLES:
            opens = OPENS_OF_MANY
        prominence = {s: self._prominence(s, opens) for s in sorted(chosen)}
        return Topic(None, self._spread(prominence), is_whole=True)

    def articles(self, query: Query, paragraphs: Sequence[int]) -> Topic:
        """What those paragraphs say, the ones of the articles that a topic is the title of."""
        return replace(
            self.everything(paragraphs),
            query=query,
            named=self._named(query),
            speaking=frozenset(self._article(number) for number in paragraphs),
        )

    def _prominence(self, sentence: int, opens: float) -> float:
        """How prominently a sentence stands in its article, and how new that is; at most 1.

        An article says first what it is about, and so does each of its paragraphs.
        """
        number = self._index.paragraph_of(sentence)
        paragraph = self._index.paragraph(number)
        opens_article = 1.0 if paragraph.number == 1 else SECTION * self._opens_section(number)
        opens_paragraph = sentence == self._index.first_sentence(number)
        published = self._index.articles[paragraph.article].published or ""
        recency = self._index.engine.recency(published)
        return 1.0 - opens * (2 - opens_article - opens_paragraph) - NEW * (1 - recency)

    def _opens_section(self, number: int) -> bool:
        """Whether a paragraph is the first one under its heading."""
        paragraph = self._index.paragraph(number)
        before = self._index.paragraph(number - 1) if paragraph.number > 1 else None
        return before is None or before.heading != paragraph.heading

    def _in_turn(self, paragraphs: Sequence[int] | None) -> Iterator[int]:
        """The paragraphs: the first one of each article, then the second ones, and so on."""
        if paragraphs is None:
            yield from self._index.engine.in_turn()
            return
        of_articles: dict[str, list[int]] = {}
        for number in paragraphs:
            of_articles.setdefault(self._article(number), []).append(number)
        for row in zip_longest(*of_articles.values()):
            yield from (number for number in row if number is not None)

    def of(self, query: Query, paragraphs: Sequence[int] | None) -> Topic:
        """What those paragraphs, or all, say on a query's topic; nothing if that is too little."""
        scores = WordScores(self._index, query)
        best = scores.ranked() if paragraphs is None else scores.ranked_among(paragraphs)
        shares = self._shares(query, sorted(best[:MOST_PARAGRAPHS]))
        most = max(LEAST_TOLD, max(shares.values(), default=0.0))
        told = {s: share / most for s, share in shares.items()}
        suffices = self._suffices(query, told, scores)
        is_close = False
        if not suffices or not self._is_held(query, best):
            meant = self._meant(query, told, paragraphs)
            is_close = suffices and not meant and bool(query.unmatched)
            told = told if is_close else meant
        elif query.kind is not Kind.KEYWORDS:
            told = self._meant_as_well(query, told, paragraphs)
        if not told:
            return Topic(query, {})
        close: dict[int, float] = {}
        left_out = self._left_out(query, told)
        for paragraph in sorted({self._index.paragraph_of(sentence) for sentence in told}):
            if paragraph in left_out:
                continue
            close |= self._close(query, paragraph, told)
        direct = frozenset(s for s, share in told.items() if share >= NAMED)
        if len(direct) > MANY:
            close = {s: self._about(query, s, direct) * share for s, share in close.items()}
        close = _closest(close)
        speaking = self._speaking(query, (n for n in best if n not in left_out), NAMED * most)
        relevance = self._spread(close)
        named = self._named(query)
        return Topic(query, relevance, direct, named, speaking, is_close=is_close)

    def _is_held(self, query: Query, paragraphs: Iterable[int]) -> bool:
        """Whether one of the best paragraphs holds, with all that stands over it, most of a name.

        One word of two is not enough: what is said of computers is not about quantum computing.
        """
        if query.kind is not Kind.KEYWORDS or len(query.words) < FEWEST_HELD:
            return True
        index = self._index
        return any(
            told_share(
                index,
                query,
                index.paragraph_terms(number)
                | index.heading_terms(number)
                | self._title_terms(self._article(number)),
            )
            >= LEAST_HELD
            for number in islice(paragraphs, MOST_PARAGRAPHS)
        )

    def _meant(
        self, query: Query, told: Mapping[int, float], paragraphs: Sequence[int] | None
    ) -> dict[int, float]:
        """The shares of `told`, or those by meaning where these are higher.

        Empty without vectors, or where no sentence comes near enough.
        """
        if self._meaning is None or not (query.words or query.foreign):
            return {}
        likeness = self._meaning.likeness(query.question)
        size = math.log(max(1, self._index.sentences.count) / 1000)
        enough = LEAST_HEIGHT + HEIGHT_BY_SIZE * size
        if likeness is None or likeness.height is None:
            return {}
        nearest = self._index.paragraph_of(likeness.nearest(1)[0])
        language = self._index.analyzer_of(nearest).language.code
        correction = height_correction(query.foreign or language, language)
        if likeness.height + correction < enough:
            return {}
        meant = _Meant(likeness, UNMEANT)
        sentences = self._speaking_by(meant, told, paragraphs)
        return {s: max(told.get(s, 0.0), MEANT_SHARE * meant.share(s)) for s in sentences}

    def _meant_as_well(
        self, query: Query, told: dict[int, float], paragraphs: Sequence[int] | None
    ) -> dict[int, float]:
        """The shares of `told` and those by meaning together; as they are without vectors."""
        likeness = self._meaning.likeness(query.question) if self._meaning is not None else None
        if likeness is None:
            return told
        meant = _Meant(likeness, 0.0)
        own, theirs = 1 - MEANING_OF_CLAUSE, MEANING_OF_CLAUSE
        sentences = self._speaking_by(meant, told, paragraphs)
        return {s: own * told.get(s, 0.0) + theirs * meant.share(s) for s in sentences}

    def _speaking_by(
        self, meant: _Meant, told: Mapping[int, float], paragraphs: Sequence[int] | None
    ) -> list[int]:
        """The sentences of the paragraphs that come nearest by meaning, and of those by words."""
        near = {self._index.paragraph_of(sentence) for sentence in meant.nearest()}
        near = near if paragraphs is None else near & set(paragraphs)
        chosen = sorted(near | {self._index.paragraph_of(sentence) for sentence in told})
        return [s for number in chosen for s in self._index.sentences_of(number)]

    def _shares(self, query: Query, paragraphs: Iterable[int]) -> dict[int, float]:
        """The share of the topic that each sentence of those paragraphs tells."""
        index = self._index
        return {
            s: told_share(index, query, index.sentence_terms(s))
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
            if article in found or told_share(index, query, index.paragraph_terms(number)) < least:
                continue
            titled = told_share(index, query, self._title_terms(article))
            most = max(self._shares(query, [number]).values(), default=0.0)
            if titled > ALL or most >= least:
                found.add(article)
        return frozenset(found)

    def _title_terms(self, article: str) -> frozenset[str]:
        found = self._index.articles[article]
        return frozenset(self._index.analyzers[found.language].compound_terms(found.title))

    def _article(self, paragraph: int) -> str:
        return self._index.paragraph(paragraph).article

    def _suffices(self, query: Query, told: Mapping[int, float], scores: WordScores) -> bool:
        """Whether a heading is the topic, or a sentence on it as sure as an answer has to be."""
        index = self._index
        paragraphs = {index.paragraph_of(sentence) for sentence in told}
        if any(told_share(index, query, index.heading_terms(p)) > ALL for p in paragraphs):
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
        if query.kind is not Kind.KEYWORDS or max(held.values(), default=0.0) < ALL:
            return set()
        little = {number for number in numbers if held[number] < LEAST_HELD}
        return little - self._near_by_meaning(query) if little else little

    def _near_by_meaning(self, query: Query) -> set[int]:
        """The paragraphs whose sentences come nearest by meaning; none without vectors."""
        likeness = self._meaning.likeness(query.question) if self._meaning is not None else None
        if likeness is None:
            return set()
        nearest = _Meant(likeness, UNMEANT).nearest()
        return {self._index.paragraph_of(sentence) for sentence in nearest}

    def _held_share(self, query: Query, paragraph: int) -> float:
        """The share of the idf of a topic's words that a paragraph and its headings hold.

        A word counts in whatever form it is there.
        """
        index = self._index
        terms = index.paragraph_terms(paragraph) | index.heading_terms(paragraph)
        idf = [index.sentences.idf(next(iter(w.alternatives))) for w in query.words]
        held = sum(i for i, word in zip(idf, query.words, strict=True) if word.coverage(terms))
        return held / sum(idf) if any(idf) else 0.0

    def _close(self, query: Query, paragraph: int, told: Mapping[int, float]) -> dict[int, float]:
        """How closely the sentences of a paragraph speak of the topic, each for itself."""
        heading = told_share(self._index, query, self._index.heading_terms(paragraph))
        here = {sentence: told[sentence] for sentence in self._index.sentences_of(paragraph)}
        headed = heading if heading >= HEADED else 0.0
        if told_share(self._index, query, self._title_terms(self._article(paragraph))) > ALL:
            opens = self._index.paragraph(paragraph).number == 1
            headed = max(headed, TITLED_OPENING if opens else TITLED)
        carried = self._carried(here)
        led = self._led_up_to(here)
        return {s: max(share, headed, carried[s], led[s]) for s, share in here.items()}

    def _about(self, query: Query, sentence: int, direct: frozenset[int]) -> float:
        """What a sentence counts for whose paragraph is about the topic, or only mentions it.

        It is about it by its headings, by the title or by how many of its sentences name it.
        """
        number = self._index.paragraph_of(sentence)
        heads = self._index.heading_terms(number) | self._title_terms(self._article(number))
        here = self._index.sentences_of(number)
        naming = sum(other in direct for other in here) / len(here)
        return 1 - MENTIONED * (1 - max(naming, told_share(self._index, query, heads)))

    def _carried(self, told: Mapping[int, float]) -> dict[int, float]:
        """What each sentence has from those before it, until one opens another point."""
        carried, found = 0.0, {}
        for sentence, share in told.items():
            if self._moves_on(sentence):
                carried = 0.0
            if carried and not self._goes_on(sentence):
                carried *= APART
            found[sentence] = carried
            carried = CARRIED_ON * max(carried, share if share >= DIRECT else 0.0)
        return found

    def _led_up_to(self, told: Mapping[int, float]) -> dict[int, float]:
        """What each sentence has from those behind it that carry it on."""
        led, found = 0.0, {}
        for sentence, share in reversed(list(told.items())):
            found[sentence] = led
            led = LED_UP_TO * max(led, share if share >= DIRECT else 0.0)
            if self._moves_on(sentence):
                led = 0.0
        return found

    def _goes_on(self, sentence: int) -> bool:
        """Whether a sentence leans on the one before it or shares a concept with that."""
        shared = self._concepts.concrete(sentence) & self._concepts.concrete(sentence - 1)
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        return bool(shared) or leans(self._index.text(sentence), language)

    def _moves_on(self, sentence: int) -> bool:
        language = self._index.analyzer_of(self._index.paragraph_of(sentence)).language
        return language.briefing.moving_on.match(self._index.text(sentence)) is not None

    def _spread(self, direct: Mapping[int, float]) -> dict[int, float]:
        """Biased LexRank: `x = (1 - d) * v + d * W @ x`, the mean of it and of what is direct."""
        sentences = sorted(direct)
        own = np.array([direct[sentence] for sentence in sentences])
        if not own.any():
            return {}
        alike = self._alike(sentences)
        np.fill_diagonal(alike, 0.0)
        alike[alike < LEAST_LIKENESS] = 0.0
        alike /= np.maximum(alike.sum(axis=0), 1e-9)
        start = own / own.sum()
        rank = start
        for _ in range(ROUNDS):
            rank = (1 - PASSED_ON) * start + PASSED_ON * (alike @ rank)
        relevance = (own + rank / rank.max()) / 2
        return {
            sentence: float(value)
            for sentence, value in zip(sentences, relevance, strict=True)
            if value >= LEAST_RELEVANCE and direct[sentence] >= LEAST_CLOSE
        }

    def _alike(self, sentences: Sequence[int]) -> Cosines:
        """How much each sentence is like each, by words and, where it can, by meaning."""
        by_words = self._concepts.likenesses(sentences)
        meant = self._meaning.likenesses(sentences) if self._meaning is not None else None
        if meant is None:
            return by_words
        return (1 - MEANING_OF_LIKENESS) * by_words + MEANING_OF_LIKENESS * meant

    def _named(self, query: Query) -> frozenset[str]:
        terms = (term for word in query.words for phrase in word.alternatives for term in phrase)
        return frozenset(map(self._concepts.concept, terms))


def _closest(close: dict[int, float]) -> dict[int, float]:
    """Those that are closest, in their order: as many as can be compared with one another."""
    if len(close) <= MOST_SPREAD:
        return close
    chosen = sorted(close, key=lambda sentence: (-close[sentence], sentence))[:MOST_SPREAD]
    return {sentence: close[sentence] for sentence in sorted(chosen)}
