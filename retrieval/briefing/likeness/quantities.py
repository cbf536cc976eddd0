"""Quantities: the numbers of sentences with their units, and which of them contradict others."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.articles import Span
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.text.analysis import Analyzer, Word, words
from retrieval.text.languages import Language

NUMBER = re.compile(r"\d[\d,.]*")
REACH = 7  # words on each side of a number that tell what it is of
FEWEST_AROUND = 3
FEWEST_SUBJECTS_SHARED = 2
FIRST_YEAR, LAST_YEAR = 1000, 2100
ALL_PERCENT = 100.0
PERCENT = ("percent", "prozent", "pourcent")
MOST_REMEMBERED_QUANTITIES = 20_000


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, or a range of them, of a unit, and the concepts around it.

    `unit` are the concepts of the words behind it: one of `percent`, two of `metres long`, joined
    by a space in `kilowatt-hours`, which are no kilowatts; `subject` is what the sentence, with
    the one before it, speaks of; `words` is where the number stands in the sentence.
    """

    low: float
    high: float
    unit: tuple[str, ...]
    around: frozenset[str]
    subject: frozenset[str]
    words: Span

    def differs(self, other: "Quantity") -> bool:
        """Whether the two are of one unit and of one thing, and apart.

        Two are of one thing if their unit has two words, or if the same concepts stand around
        them. 85 and 15 percent don't contradict each other: they may be the two parts of a whole.
        """
        apart = self.high < other.low or other.high < self.low
        if not apart or self.unit[0] != other.unit[0]:
            return False
        if self.unit[0] in PERCENT and self.low + other.low == ALL_PERCENT:
            return False
        if self.unit[1:] and self.unit == other.unit:
            return True
        return len((self.around & other.around) - self.measure) >= FEWEST_AROUND

    @property
    def measure(self) -> frozenset[str]:
        """The concepts of the unit, each by itself."""
        return frozenset(concept for word in self.unit for concept in word.split())


class Quantities:
    """Reads the quantities of the sentences of one collection."""

    def __init__(self, index: Index, concepts: Concepts) -> None:
        self._index = index
        self._concepts = concepts
        self._of = lru_cache(maxsize=MOST_REMEMBERED_QUANTITIES)(self._read)

    def differ(self, one: int, other: int) -> bool:
        """Whether two sentences give different numbers for one thing, and none is in both."""
        ours, theirs = self._of(one), self._of(other)
        if any(a.unit[0] == b.unit[0] and a.low == b.low for a in ours for b in theirs):
            return False
        return bool(self.contradicted(one, other))

    def contradicted(self, one: int, other: int) -> list[Span]:
        """Where the first sentence has numbers that the other one contradicts."""
        return [a.words for a in self._of(one) if any(_contradict(a, b) for b in self._of(other))]

    def _read(self, sentence: int) -> list[Quantity]:
        """The numbers of a sentence; of `10 to 15 years` both are one range."""
        analyzer = self._index.analyzer_of(self._index.paragraph_of(sentence))
        found = list(words(self._index.text(sentence)))
        numbers = [_number(word, analyzer.language) for word in found]
        quantities: list[Quantity] = []
        for place, number in enumerate(numbers):
            if number is None:
                continue
            unit, factor = self._unit(found, numbers, place, analyzer)
            if unit:
                before = [n for n in numbers[max(0, place - 2) : place] if n is not None]
                low, high = sorted([before[-1] if before else number, number])
                near = range(max(0, place - REACH), min(place + REACH + 1, len(found)))
                around = self._concepts.of_words(
                    [found[n] for n in near if numbers[n] is None],
                    analyzer,
                )
                quantities.append(
                    Quantity(
                        low * factor,
                        high * factor,
                        unit,
                        around,
                        self._subject(sentence),
                        Span(found[place].start, found[place].end),
                    )
                )
        return quantities

    def _unit(
        self, found: Sequence[Word], numbers: Sequence[float | None], place: int, a: Analyzer
    ) -> tuple[tuple[str, ...], float]:
        """The concepts of the two words behind the number, up to one without meaning.

        Behind `million` they begin after that, and it is the factor.
        """
        unit: list[str] = []
        magnitudes = a.language.briefing.magnitudes
        behind = place + 1
        magnitude = magnitudes.get(found[behind].text.casefold(), 0) if behind < len(found) else 0
        first = behind + bool(magnitude)
        for position in range(first, min(first + 2, len(found))):
            terms = a.word_terms(found[position].text)
            if numbers[position] is not None or not terms:
                break
            unit.append(" ".join(map(self._concepts.concept, terms)))
        return tuple(unit), 1000.0**magnitude

    def _subject(self, sentence: int) -> frozenset[str]:
        """What the sentence and the one that it may lean on speak of."""
        before = sentence - 1
        if before not in self._index.sentences_of(self._index.paragraph_of(sentence)):
            return self._concepts.concrete(sentence)
        return self._concepts.concrete(sentence) | self._concepts.concrete(before)


def _contradict(one: Quantity, other: Quantity) -> bool:
    """Whether two quantities differ, and what they are of has concepts in common."""
    shared = one.subject & other.subject - one.measure
    return one.differs(other) and len(shared) >= FEWEST_SUBJECTS_SHARED


def _number(word: Word, language: Language) -> float | None:
    """The number that a word is; what may be a year is none."""
    if not NUMBER.fullmatch(word.text):
        return language.briefing.numerals.get(word.text.casefold())
    point, separator = (",", ".") if language.decimal_comma else (".", ",")
    try:
        value = float(word.text.replace(separator, "").replace(point, "."))
    except ValueError:
        return None
    may_be_year = word.text.isdecimal() and FIRST_YEAR < value < LAST_YEAR
    return None if may_be_year else value
