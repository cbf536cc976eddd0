"""The terms of a question: its words without those that only ask, and which of them are names."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from retrieval.index.statistics import Phrase
from retrieval.questions.vocabulary.dates_in_figures import dates_in_figures
from retrieval.text.analysis import Analyzer, Word, fold, word_texts, words
from retrieval.text.languages import Language

CLAUSES = re.compile(r"[,;:.?!]|\b(?:und|oder)\b")


class QuestionTerm(NamedTuple):
    """A term of the question, the word that it comes from, and the word's other readings.

    `joined` is the word with a prefix that ends its clause: the verb that both may be parts of, as
    "anmelde" of "Wie melde ich mich an?".
    """

    word: str
    term: str
    readings: tuple[Phrase, ...]
    is_name: bool
    joined: str = ""


def question_terms(text: str, analyzer: Analyzer) -> Iterator[QuestionTerm]:
    """What the question is about: without stop words and words that only ask."""
    names = names_in(text, analyzer.language)
    text = analyzer.language.frames.blank(text)
    found = list(words(text))
    joined = separable_verbs(text, analyzer.language)
    dates = dates_in_figures(found, analyzer.language.code)
    for number, word in enumerate(found):
        is_name = word.text in names
        if is_name or not analyzer.only_asks(word.text):
            readings = analyzer.other_readings(word.text)
            readings += _with_neighbours(text, found, number, analyzer)
            readings += dates.get(number, ())
            for term in analyzer.word_terms(word.text):
                verb = joined.get(word.text, "")
                yield QuestionTerm(word.text, term, readings, is_name, verb)


def separable_verbs(text: str, language: Language) -> dict[str, str]:
    """The words of each clause that ends in a verb's prefix, with it; not all make a verb."""
    joined: dict[str, str] = {}
    if not language.verbs.prefixes:
        return joined
    for clause in CLAUSES.split(text):
        *before, last = word_texts(clause) or [""]
        if last in language.verbs.prefixes:
            joined |= {word: last + word.casefold() for word in before}
    return joined


def names_in(text: str, language: Language) -> frozenset[str]:
    """The words that are written as names: capitalised, but neither first nor among many such."""
    if language.capital_nouns:
        return frozenset()
    found = word_texts(text)
    capitalised = {word for word in found if word[0].isupper()}
    if not capitalised or 2 * sum(word in capitalised for word in found) > len(found) + 1:
        return frozenset()
    before = ((w.text, text[: w.start].rstrip()) for w in words(text) if w.text in capitalised)
    return frozenset(word for word, start in before if start and start[-1] not in ".?!:")


def _with_neighbours(
    text: str, found: Sequence[Word], number: int, analyzer: Analyzer
) -> tuple[Phrase, ...]:
    """The word and one beside it written as one, as others may write them.

    That is where letters and digits meet (`F 16`), before a particle (`back up`), and between two
    words that tell something (`non profit`).
    """
    pairs = pairwise(found[max(0, number - 1) : number + 2])
    beside = [(a, b) for a, b in pairs if text[a.end : b.start] in {" ", "\u00a0"}]
    return tuple((term,) for a, b in beside if (term := _joined(a.text, b.text, analyzer)))


def _joined(one: str, other: str, analyzer: Analyzer) -> str:
    """The term of two words as one; the empty text if nobody writes them so."""
    if not one.isalpha():
        return ""
    if other.isdecimal():
        return fold(one + other)
    is_particle = other.casefold() in analyzer.language.particles
    told = [word for word in (one, other) if not analyzer.is_stop_word(word)]
    may_join = other.isalpha() and one in told and (is_particle or other in told)
    return analyzer.term_of(one.lower() + other.lower()) if may_join else ""
