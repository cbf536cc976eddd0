"""How closely each sentence of a paragraph speaks of a topic.

It does so by its own words, by its headings or its article's title, or because it carries on from
a sentence that does, or leads up to one.
"""

from collections.abc import Mapping
from itertools import chain

from retrieval.answers.ranking.candidates import idf_share
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.text.discourse import leans, moves_on

HEADED = 0.5
TITLED, TITLED_OPENING = 0.5, 0.8
DIRECT = 0.4
ALL_TOLD = 0.99
CARRIED_ON = 0.85
CHAIN = 3  # sentences back to which a word ties one
LED_UP_TO = 0.45
MENTIONED = 0.4  # what a sentence loses if its paragraph only mentions the topic


class Closeness:
    """Tells it for the sentences of one collection."""

    def __init__(self, index: Index, concepts: Concepts) -> None:
        self._index = index
        self._concepts = concepts

    def of(self, query: Query, paragraph: int, told: Mapping[int, float]) -> dict[int, float]:
        """How closely the sentences of a paragraph speak of the topic, each for itself."""
        heading = idf_share(self._index, query, self._index.heading_terms(paragraph))
        here = {sentence: told[sentence] for sentence in self._index.sentences_of(paragraph)}
        headed = heading if heading >= HEADED else 0.0
        title = self._index.title_terms(self._index.article_of(paragraph))
        if idf_share(self._index, query, title) > ALL_TOLD:
            opens = self._index.paragraph(paragraph).number == 1
            headed = max(headed, TITLED_OPENING if opens else TITLED)
        carried = self._carried(here)
        led = self._led_up_to(here)
        return {s: max(share, headed, carried[s], led[s]) for s, share in here.items()}

    def share_about(self, query: Query, sentence: int, direct: frozenset[int]) -> float:
        """What a sentence counts for whose paragraph is about the topic, or only mentions it.

        It is about it by its headings, by the title or by how many of its sentences name it.
        """
        number = self._index.paragraph_of(sentence)
        title = self._index.title_terms(self._index.article_of(number))
        heads = self._index.heading_terms(number) | title
        here = self._index.sentences_of(number)
        naming = sum(other in direct for other in here) / len(here)
        return 1 - MENTIONED * (1 - max(naming, idf_share(self._index, query, heads)))

    def _carried(self, told: Mapping[int, float]) -> dict[int, float]:
        """What each sentence has from those before it, until one opens another point."""
        carried, found = 0.0, {}
        for sentence, share in told.items():
            if self._moves_on(sentence) or not self._goes_on(sentence):
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

    def _goes_on(self, sentence: int) -> bool:
        """Whether a sentence leans on the one before it or takes up a word of the last few.

        Words that come again tie sentences on one thing together (Morris and Hirst 1991, Lexical
        Cohesion Computed by Thesaural Relations).
        """
        first = self._index.sentences_of(self._index.paragraph_of(sentence))[0]
        before = map(self._concepts.concrete, range(max(first, sentence - CHAIN), sentence))
        if not self._concepts.concrete(sentence).isdisjoint(chain.from_iterable(before)):
            return True
        return leans(self._index.text(sentence), self._index.language_of(sentence))

    def _moves_on(self, sentence: int) -> bool:
        return moves_on(self._index.text(sentence), self._index.language_of(sentence))
