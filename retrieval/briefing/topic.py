"""The sentences that speak of a topic, and how closely.

A sentence speaks of it directly by its own words or its heading's, or because it carries on from
one that does. Half of its relevance is that, the other half is passed between sentences that are
alike: Biased LexRank (Otterbacher, Erkan and Radev 2009), so that those which say it in other
words are found as well. A topic that no words find is looked for by meaning.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from retrieval.answers.confidence import Confidence
from retrieval.answers.meaning import Meaning
from retrieval.answers.scoring import candidates, paragraph_scores, ranked, told_share
from retrieval.briefing.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query

HEADED = 0.5
DIRECT = 0.4
NAMED = 0.8
ALL = 0.99
LEAST_TOLD = 0.5
UNMEANT, LEAST_MEANT = 1.5, 1.0  # of the weighted z-scores of meaning
MEANT_SHARE = 0.9
MOST_MEANT = 40
LEAST_HEIGHT, HEIGHT_BY_SIZE = 0.104, 0.012  # of the nearest sentence above unrelated text
CARRIED_ON = 0.75
LED_UP_TO = 0.45
LEAST_LIKENESS = 0.2
PASSED_ON = 0.5
ROUNDS = 15
LEAST_RELEVANCE = 0.05
MOST_PARAGRAPHS = 60
MOST_SENTENCES = 900


@dataclass(frozen=True, slots=True)
class Topic:
    """The sentences that speak of a topic, in their order, each with how closely, from 0 to 1.

    `direct` are those that do so by their own words or their heading's; `named` are the concepts
    that the topic itself names; `query` is None for everything.
    """

    query: Query | None
    relevance: Mapping[int, float]
    direct: frozenset[int] = frozenset()
    named: frozenset[str] = frozenset()


class TopicReader:
    """Finds the sentences of one collection that speak of a topic."""

    def __init__(self, index: Index, concepts: Concepts, meaning: Meaning | None = None) -> None:
        self._index = index
        self._concepts = concepts
        self._meaning = meaning

    def everything(self, paragraphs: Sequence[int]) -> Topic:
        """What those paragraphs say, the more central the closer.

        Of very many, the first ones of each article in turn.
        """
        chosen: list[int] = []
        for paragraph in self._in_turn(paragraphs):
            sentences = self._index.sentences_of(paragraph)
            if chosen and len(chosen) + len(sentences) > MOST_SENTENCES:
                break
            chosen.extend(sentences)
        return Topic(None, self._spread(dict.fromkeys(sorted(chosen), 1.0)))

    def _in_turn(self, paragraphs: Sequence[int]) -> Iterator[int]:
        """The paragraphs: the first one of each article, then the second ones, and so on."""
        of_articles: dict[str, list[int]] = {}
        for number in paragraphs:
            article = self._index.collection.paragraphs[number].article
            of_articles.setdefault(article, []).append(number)
        for row in zip_longest(*of_articles.values()):
            yield from (number for number in row if number is not None)

    def of(self, query: Query, paragraphs: Collection[int]) -> Topic:
        """What those paragraphs say on the topic of a query; nothing if that is too little."""
        best = [p for p in ranked(paragraph_scores(self._index, query)) if p in paragraphs]
        told = self._told(query, sorted(best[:MOST_PARAGRAPHS]))
        if not self._suffices(query, told):
            told = self._meant(query, told, paragraphs)
        if not told:
            return Topic(query, {})
        close: dict[int, float] = {}
        for paragraph in sorted({self._index.paragraph_of[sentence] for sentence in told}):
            close |= self._close(query, paragraph, told)
        direct = frozenset(s for s, share in told.items() if share >= NAMED)
        return Topic(query, self._spread(close), direct, self._named(query))

    def _meant(
        self, query: Query, told: Mapping[int, float], paragraphs: Collection[int]
    ) -> dict[int, float]:
        """The shares of `told`, or those by meaning where these are higher.

        Empty without vectors, or where no sentence comes near enough.
        """
        if self._meaning is None or not (query.words or query.foreign):
            return {}
        likeness = self._meaning.likeness(query.question)
        size = math.log(max(1, len(self._index.spans)) / 1000)
        enough = LEAST_HEIGHT + HEIGHT_BY_SIZE * size
        if likeness is None or likeness.height is None or likeness.height < enough:
            return {}
        above = np.maximum(likeness.scores - UNMEANT, 0.0)
        shares = above / max(float(above.max()), LEAST_MEANT) * MEANT_SHARE
        order = np.argsort(-shares, kind="stable")[:MOST_MEANT]
        near = {self._index.paragraph_of[s] for s in order.tolist() if shares[s] >= DIRECT}
        chosen = sorted((near & set(paragraphs)) | {self._index.paragraph_of[s] for s in told})
        return {
            s: max(told.get(s, 0.0), float(shares[s]))
            for paragraph in chosen
            for s in self._index.sentences_of(paragraph)
        }

    def _told(self, query: Query, paragraphs: Iterable[int]) -> dict[int, float]:
        """The share of the topic that each sentence tells, of what any of them tells at most."""
        index = self._index
        told = {
            s: told_share(index, query, index.sentence_terms[s])
            for paragraph in paragraphs
            for s in index.sentences_of(paragraph)
        }
        most = max(told.values(), default=0.0)
        return {s: share / max(most, LEAST_TOLD) for s, share in told.items()}

    def _suffices(self, query: Query, told: Mapping[int, float]) -> bool:
        """Whether a heading is the topic, or a sentence on it as sure as an answer has to be."""
        index = self._index
        paragraphs = {index.paragraph_of[sentence] for sentence in told}
        if any(told_share(index, query, index.heading_terms[p]) > ALL for p in paragraphs):
            return True
        confidence = Confidence(index, query)
        return any(
            told.get(candidate.sentence, 0.0) >= DIRECT
            and not index.is_filler[candidate.sentence]
            and confidence.suffices(candidate)
            for candidate in candidates(index, query)
        )

    def _close(self, query: Query, paragraph: int, told: Mapping[int, float]) -> dict[int, float]:
        """How closely the sentences of a paragraph speak of the topic, each for itself."""
        heading = told_share(self._index, query, self._index.heading_terms[paragraph])
        here = {sentence: told[sentence] for sentence in self._index.sentences_of(paragraph)}
        headed = heading if heading >= HEADED else 0.0
        carried = self._carried(here)
        led = self._led_up_to(here)
        return {s: max(share, headed, carried[s], led[s]) for s, share in here.items()}

    def _carried(self, told: Mapping[int, float]) -> dict[int, float]:
        """What each sentence has from those before it, until one opens another point."""
        carried, found = 0.0, {}
        for sentence, share in told.items():
            if self._moves_on(sentence):
                carried = 0.0
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

    def _moves_on(self, sentence: int) -> bool:
        language = self._index.analyzer_of(self._index.paragraph_of[sentence]).language
        return language.briefing.moving_on.match(self._index.text(sentence)) is not None

    def _spread(self, direct: Mapping[int, float]) -> dict[int, float]:
        """Biased LexRank: `x = (1 - d) * v + d * W @ x`, the mean of it and of what is direct."""
        sentences = sorted(direct)
        own = np.array([direct[sentence] for sentence in sentences])
        if not own.any():
            return {}
        alike = self._concepts.likenesses(sentences)
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
            if value >= LEAST_RELEVANCE
        }

    def _named(self, query: Query) -> frozenset[str]:
        terms = (term for word in query.words for phrase in word.alternatives for term in phrase)
        return frozenset(map(self._concepts.concept, terms))
