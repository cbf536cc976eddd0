"""What sentences mention, whatever is asked: names, places, and numbers with what they count."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from retrieval.text.analysis import Analyzer, fold, word_texts
from retrieval.text.languages import Language
from retrieval.text.numbers import without_labels

MOST_REMEMBERED_MENTIONS = 5_000
NUMBER_REACH = 4
COUNTED_REACH = 5
PLACE_REACH = 4
NOUN_REACH = 80  # characters in which the noun of a place stands
YEAR = re.compile(r"(1\d{3}|20\d{2})s?")


class Numbers(NamedTuple):
    """The numbers of a sentence.

    `in_digits` are those in digits that are no year, folded; `counted` are the terms close behind
    one of those or a number in words, `counted_by_words` those close behind a number in words or
    what may be a year.
    """

    in_digits: frozenset[str]
    counted: frozenset[str]
    counted_by_words: frozenset[str]


class Places(NamedTuple):
    """Where something is said to be: by common nouns, and by names behind "in".

    `located` are those of the names behind which something is, and not where it comes from or
    belongs. All are folded.
    """

    said: tuple[str, ...]
    names: tuple[str, ...]
    located: tuple[str, ...]


class Mentions:
    """Reads the sentences of an index, and remembers what it read; `read` looks one up."""

    def __init__(self, read: Callable[[int], tuple[str, Analyzer]]) -> None:
        self._read = read
        self.capitalised = lru_cache(maxsize=MOST_REMEMBERED_MENTIONS)(self._capitalised)
        self.places = lru_cache(maxsize=MOST_REMEMBERED_MENTIONS)(self._places)
        self.numbers = lru_cache(maxsize=MOST_REMEMBERED_MENTIONS)(self._numbers)

    def _capitalised(self, sentence: int) -> tuple[str, ...]:
        """The different words in capitals, folded; names are among them, days and months not."""
        text, analyzer = self._read(sentence)
        text = analyzer.language.holds_time.blank(text)
        return tuple(dict.fromkeys(fold(word) for word in word_texts(text) if word[0].isupper()))

    def _places(self, sentence: int) -> Places:
        """The places, where no time is meant; the names are folded words in capitals."""
        text, analyzer = self._read(sentence)
        language = analyzer.language
        text = language.holds_time.blank(text)
        found = word_texts(text)
        names = _capitals_behind(found, language.place_words)
        located = _capitals_behind(found, language.locating_words)
        said = [_noun(text[m.start() :], language) for m in language.holds_place.all(text)]
        return Places(tuple(said), names, located)

    def _numbers(self, sentence: int) -> Numbers:
        """The numbers, without those that only label something, and what they count."""
        text, analyzer = self._read(sentence)
        found = word_texts(without_labels(text))
        in_digits: set[str] = set()
        counted: set[str] = set()
        by_words: set[str] = set()
        for position, word in enumerate(found):
            is_year = YEAR.fullmatch(word) is not None
            is_number = word[0].isdecimal() and not is_year
            number, _, joined = word.partition("-")  # a "ten-horsepower engine"
            is_in_words = number.casefold() in analyzer.language.number_words
            if is_number:
                in_digits.add(fold(word))
            behind = found[position + 1 : position + 1 + COUNTED_REACH]
            behind = [joined, *behind] if joined else behind
            if is_number or is_in_words:
                counted.update(term for other in behind for term in analyzer.word_terms(other))
            if is_year or is_in_words:
                near = behind[:NUMBER_REACH]
                by_words.update(term for other in near for term in analyzer.word_terms(other))
        return Numbers(frozenset(in_digits), frozenset(counted), frozenset(by_words))


def _noun(text: str, language: Language) -> str:
    """The noun of the place that a text begins with, folded: behind its verb and small words."""
    behind = word_texts(text[:NOUN_REACH])[1:]
    small = language.stop_words | language.place_words
    return next((fold(word) for word in behind if word.casefold() not in small), "")


def _capitals_behind(found: Sequence[str], small: frozenset[str]) -> tuple[str, ...]:
    """The different words in capitals close behind one of the small words, folded."""
    names = (
        fold(other)
        for position, word in enumerate(found)
        if word.casefold() in small
        for other in found[position + 1 : position + 1 + PLACE_REACH]
        if other[0].isupper()
    )
    return tuple(dict.fromkeys(names))
