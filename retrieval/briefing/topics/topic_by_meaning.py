"""Topics by meaning: the sentences that come nearest to a topic in their vectors.

A topic that no words find is looked for by meaning. One that is a clause ("what China gains") is
found by both: it may be said in any words. A name is mostly called by its name; what comes near it
in other words ("family leave" for "parental leave") fills what the words leave of a briefing.
"""

from collections.abc import Mapping, Sequence

from retrieval.answers.by_meaning.background_distance import collection_size, height_correction
from retrieval.answers.by_meaning.meaning import Likeness, Meaning
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query

LEAST_MEANT_SHARE = 0.4
UNMEANT, LEAST_MEANT = 1.5, 1.0  # of the weighted z-scores of meaning
MEANT_SHARE = 0.9
MEANING_OF_CLAUSE = 0.4  # what meaning counts for beside words
MOST_MEANT = 40
NEAR_SHARE = 0.5  # of what the nearest sentence scores
LEAST_HEIGHT, HEIGHT_BY_SIZE = 0.104, 0.012  # of the nearest sentence above unrelated text


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
        return [
            s for s in self._likeness.nearest(MOST_MEANT) if self.share(s) >= LEAST_MEANT_SHARE
        ]


class TopicMeaning:
    """Tells the share of a topic that sentences hold by meaning; nothing without vectors."""

    def __init__(self, index: Index, meaning: Meaning | None) -> None:
        self._index = index
        self._meaning = meaning

    def shares(
        self, query: Query, told: Mapping[int, float], paragraphs: Sequence[int] | None
    ) -> dict[int, float]:
        """The shares of `told`, or those by meaning where these are higher.

        Empty without vectors, or where no sentence comes near enough.
        """
        if self._meaning is None or not (query.words or query.foreign):
            return {}
        likeness = self._meaning.likeness(query.question)
        if likeness is None or not self._stands_out(query, likeness):
            return {}
        meant = _Meant(likeness, UNMEANT)
        sentences = self._speaking_by(meant, told, paragraphs)
        return {s: max(told.get(s, 0.0), MEANT_SHARE * meant.share(s)) for s in sentences}

    def mixed_shares(
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

    def near(self, query: Query, paragraphs: Sequence[int] | None) -> list[int]:
        """The sentences that come at least half as near to a topic as the nearest of all.

        For a topic that words find; none without vectors.
        """
        likeness = self._meaning.likeness(query.question) if self._meaning is not None else None
        if likeness is None:
            return []
        nearest = likeness.nearest(MOST_MEANT)
        least = NEAR_SHARE * likeness.evenly_of(nearest[0])
        among = None if paragraphs is None else frozenset(paragraphs)
        return [
            s
            for s in nearest
            if likeness.evenly_of(s) >= least
            and (among is None or self._index.paragraph_of(s) in among)
        ]

    def _stands_out(self, query: Query, likeness: Likeness) -> bool:
        """Whether the nearest sentence stands far enough above unrelated text."""
        if likeness.height is None:
            return False
        size = collection_size(self._index.sentences.count)
        nearest = self._index.paragraph_of(likeness.nearest(1)[0])
        language = self._index.analyzer_of(nearest).language.code
        correction = height_correction(query.foreign or language, language)
        return likeness.height + correction >= LEAST_HEIGHT + HEIGHT_BY_SIZE * size

    def nearest_paragraphs(self, query: Query) -> set[int]:
        """The paragraphs whose sentences come nearest by meaning; none without vectors."""
        likeness = self._meaning.likeness(query.question) if self._meaning is not None else None
        if likeness is None:
            return set()
        nearest = _Meant(likeness, UNMEANT).nearest()
        return {self._index.paragraph_of(sentence) for sentence in nearest}

    def _speaking_by(
        self, meant: _Meant, told: Mapping[int, float], paragraphs: Sequence[int] | None
    ) -> list[int]:
        """The sentences of the paragraphs that come nearest by meaning, and of those by words."""
        near = {self._index.paragraph_of(sentence) for sentence in meant.nearest()}
        near = near if paragraphs is None else near & set(paragraphs)
        chosen = sorted(near | {self._index.paragraph_of(sentence) for sentence in told})
        return [s for number in chosen for s in self._index.sentences_of(number)]
