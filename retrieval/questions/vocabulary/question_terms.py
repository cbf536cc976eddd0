"""The terms of a question: its words without those that only ask, and which of them are names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from retrieval.index.statistics import Phrase
from retrieval.text.analysis import Analyzer, Word, fold, word_texts, words
from retrieval.text.languages import Language


@dataclass(frozen=True, slots=True)
class QuestionTerm:
    """A term of the question, the word that it comes from, and the word's other readings."""

    word: str
    term: str
    readings: tuple[Phrase, ...]
    is_name: bool


def question_terms(text: str, analyzer: Analyzer) -> Iterator[QuestionTerm]:
    """What the question is about: without stop words and words that only ask."""
    names = names_in(text, analyzer.language)
    asking = {fold(word) for word in analyzer.language.asking_words}
    text = analyzer.language.frames.blank(text)
    found = list(words(text))
    for number, word in enumerate(found):
        is_name = word.text in names
        if is_name or fold(word.text) not in asking:
            readings = analyzer.readings(word.text) + _with_neighbours(text, found, number)
            for term in analyzer.word_terms(word.text):
                yield QuestionTerm(word.text, term, readings, is_name)


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


def _with_neighbours(text: str, found: Sequence[Word], number: int) -> tuple[Phrase, ...]:
    """The word and the one beside it written as one, where letters and digits meet: `F 16`."""
    pairs = pairwise(found[max(0, number - 1) : number + 2])
    return tuple(
        (fold(one.text + other.text),)
        for one, other in pairs
        if one.text.isalpha()
        and other.text.isdecimal()
        and text[one.end : other.start] in {" ", "\u00a0"}
    )
