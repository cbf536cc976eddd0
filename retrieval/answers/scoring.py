"""Scores sentences: the one place where the parts of a score are added up."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.answers.unit_scores import names_code, relevance_of_lines
from retrieval.articles import ParagraphKind
from retrieval.index.bm25 import Alternatives, Scores
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, weighted
from retrieval.questions.question_kinds import Kind, Need
from retrieval.text.analysis import fold, words
from retrieval.text.languages import Language
from retrieval.text.numbers import without_labels

# Tuned on SQuAD 2.0.
PAIR_WEIGHT = 0.4
NEED_BONUS = 2.0
CUE_BONUS = 1.0
LIST_CUE_BONUS = 3.0
LIST_HEADING_BONUS = 8.0
FILLER_PENALTY = 6.0
MOST_PARAGRAPHS = 50
MOST_SENTENCES = 100
MOST_OF_ARTICLE = 5
NUMBER_REACH = 4
PLACE_REACH = 4
YEAR = re.compile(r"(1\d{3}|20\d{2})s?")
DIRECTION_BONUS = 2.0
UNKNOWN_WORD_WEIGHT = 0.75


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    `relevance` is BM25 of its paragraph and of itself; `score` adds how well it fits the kind of
    question; `fits` is whether it holds what the question needs (a number, a date, a name).
    """

    sentence: int
    paragraph: int
    relevance: float
    score: float
    fits: bool


def paragraph_scores(index: Index, query: Query) -> Scores:
    """BM25 of each paragraph: its words, and pairs of neighbouring words; shape (paragraphs,)."""
    pairs: list[Alternatives] = [{(pair,): PAIR_WEIGHT} for pair in dict.fromkeys(query.pairs)]
    of_words = index.paragraphs.scores(weighted(query.words))
    return np.add(of_words, index.pairs.scores(pairs))


def ranked(scores: Scores) -> list[int]:
    """The numbers with a score above 0, highest first; equal ones in their order."""
    order = np.argsort(-scores, kind="stable")
    return [int(number) for number in order if scores[number] > 0]


def told_share(index: Index, query: Query, terms: frozenset[str]) -> float:
    """The share of the idf of the question's words that these terms hold, from 0 to 1."""
    held = possible = 0.0
    for word in query.words:
        idf = word.weight * index.sentences.idf(next(iter(word.alternatives)))
        possible += idf
        held += idf * word.coverage(terms)
    return held / possible if possible else 0.0


def candidates(index: Index, query: Query) -> list[Candidate]:
    """The sentences of the best paragraphs, best first.

    A sentence's relevance is BM25 of its paragraph + BM25 of the sentence itself.
    """
    of_paragraphs = paragraph_scores(index, query)
    of_sentences = index.sentences.scores(weighted(query.words))
    best = ranked(of_paragraphs)[:MOST_PARAGRAPHS]
    return _candidates(index, query, best, of_paragraphs, of_sentences)


class WordScores:
    """The BM25 scores of one query for all paragraphs and sentences, computed once.

    `possible` is what the words of the question weigh in this collection.
    """

    def __init__(self, index: Index, query: Query) -> None:
        self._index = index
        self._query = query
        self.of_paragraphs = paragraph_scores(index, query)
        self.of_sentences = index.sentences.scores(weighted(query.words))
        self.possible = possible_score(index, query)
        self.paragraphs = ranked(self.of_paragraphs)[:MOST_PARAGRAPHS]

    def best(self, limit: int) -> list[Candidate]:
        """The best sentences of the best `paragraphs` by words alone, best first."""
        best, scores = self.paragraphs, (self.of_paragraphs, self.of_sentences)
        found = _candidates(self._index, self._query, best, *scores)
        return found[:limit]

    def candidate(self, sentence: int) -> Candidate:
        """Any sentence as a candidate, also one that holds no word of the question."""
        paragraph = self._index.paragraph_of[sentence]
        relevance = float(self.of_paragraphs[paragraph] + self.of_sentences[sentence])
        return _candidate(self._index, self._query, sentence, relevance)


def possible_score(index: Index, query: Query) -> float:
    """What BM25 of a sentence and its paragraph comes to if they hold all words of the query.

    The sum of their idf; a word that no article holds counts less, unless it is a name.
    """
    possible = 0.0
    for word in query.words:
        phrase = next(iter(word.alternatives))
        idf = index.paragraphs.idf(phrase) + index.sentences.idf(phrase)
        known = 1.0 if word.known or word.is_name else UNKNOWN_WORD_WEIGHT
        possible += word.weight * idf * known
    return possible


def candidates_by_article(index: Index, query: Query) -> dict[str, list[Candidate]]:
    """The sentences of each article's best paragraphs; the article of the best one first."""
    of_paragraphs = paragraph_scores(index, query)
    of_sentences = index.sentences.scores(weighted(query.words))
    grouped: dict[str, list[int]] = {}
    for paragraph in ranked(of_paragraphs):
        article = index.collection.paragraphs[paragraph].article
        grouped.setdefault(article, []).append(paragraph)
    found = {
        article: _candidates(index, query, best[:MOST_OF_ARTICLE], of_paragraphs, of_sentences)
        for article, best in grouped.items()
    }
    return dict(sorted(found.items(), key=lambda entry: -entry[1][0].score))


def _candidates(
    index: Index,
    query: Query,
    paragraphs: Sequence[int],
    of_paragraphs: Scores,
    of_sentences: Scores,
) -> list[Candidate]:
    relevance: dict[int, float] = {}
    for paragraph in paragraphs:
        of_paragraph = float(of_paragraphs[paragraph])
        for sentence, own in _scores_within(index, query, paragraph, of_sentences):
            relevance[sentence] = of_paragraph + own
    best = sorted(relevance, key=lambda sentence: (-relevance[sentence], sentence))
    found = [_candidate(index, query, n, relevance[n]) for n in best[:MOST_SENTENCES]]
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.sentence))


def may_be_quoted(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence may be quoted; a line of code only if words of the question are in it."""
    is_code = index.kind_of(sentence) is ParagraphKind.CODE
    return not is_code or names_code(query, index.text(sentence))


def _scores_within(
    index: Index, query: Query, paragraph: int, of_sentences: Scores
) -> Iterable[tuple[int, float]]:
    """The sentences of a paragraph that may be quoted, each with its own score."""
    match index.collection.paragraphs[paragraph].kind:
        case ParagraphKind.LIST | ParagraphKind.TABLE:
            return relevance_of_lines(index, query, paragraph, of_sentences).items()
        case ParagraphKind.CODE:
            numbers = index.sentences_of(paragraph)
            named = (number for number in numbers if may_be_quoted(index, query, number))
            return ((number, float(of_sentences[number])) for number in named)
        case _:
            numbers = index.sentences_of(paragraph)
            return ((number, float(of_sentences[number])) for number in numbers)


def _candidate(index: Index, query: Query, sentence: int, relevance: float) -> Candidate:
    paragraph = index.paragraph_of[sentence]
    language = index.analyzer_of(paragraph).language
    fits = fits_need(index, query, sentence)
    cue = language.cues.get(query.kind)
    score = relevance
    score += NEED_BONUS if fits and query.need is not Need.NOTHING else 0
    bonus = _list_bonus(index, query, paragraph)
    if cue is not None and index.finds(cue, sentence):
        bonus = max(bonus, LIST_CUE_BONUS if query.kind is Kind.LIST else CUE_BONUS)
    score += bonus
    if query.kind is Kind.LIST:
        score += LIST_HEADING_BONUS * told_share(index, query, index.heading_terms[paragraph])
    if query.direction is not None and _runs(index, query.direction, sentence):
        score += DIRECTION_BONUS
    score -= FILLER_PENALTY if index.is_filler[sentence] else 0
    return Candidate(sentence, paragraph, relevance, score, fits)


def _list_bonus(index: Index, query: Query, paragraph: int) -> float:
    """What lists gain where several things, steps or an entry by its number are asked for."""
    unit = index.units.get(paragraph)
    if unit is None:
        return 0.0
    if query.entry is not None:
        if unit.numbered(query.entry) is None:
            return 0.0
        return LIST_CUE_BONUS if unit.is_numbered else CUE_BONUS
    is_how = query.kind is Kind.HOW and unit.is_numbered
    is_wanted = is_how or query.kind is Kind.LIST or query.asks_steps
    return LIST_CUE_BONUS if is_wanted else 0.0


def _runs(index: Index, direction: tuple[frozenset[str], frozenset[str]], sentence: int) -> bool:
    """Whether the first is named in the sentence, and before the second."""
    analyzer = index.analyzer_of(index.paragraph_of[sentence])
    terms = analyzer.terms(index.text(sentence))
    first, second = (
        next((place for place, term in enumerate(terms) if term in side), len(terms))
        for side in direction
    )
    return first < second


def fits_need(index: Index, query: Query, sentence: int) -> bool:
    """Whether a sentence holds what the question needs."""
    language = index.analyzer_of(index.paragraph_of[sentence]).language
    text = index.text(sentence)
    match query.need:
        case Need.NUMBER | Need.AGE:
            is_dated = query.need is Need.AGE and index.finds(language.holds_year, sentence)
            return bool(is_dated) or _has_number(index, query, sentence, language)
        case Need.YEAR:
            return index.finds(language.holds_year, sentence) or not language.holds_year.text
        case Need.TIME:
            patterns = (language.holds_time, language.holds_clock)
            return any(index.finds(pattern, sentence) for pattern in patterns)
        case Need.PLACE:
            return _has_place(index, query, text, language)
        case Need.NAME:
            named = _has_name(index, query, text) or index.finds(language.holds_people, sentence)
            return bool(named) or language.capital_nouns
        case _:
            return True


def _has_number(index: Index, query: Query, sentence: int, language: Language) -> bool:
    """Whether it holds a number in digits, an amount, or a number in words before what is counted.

    What may be a year has to stand before what is counted, too.
    """
    if index.finds(language.holds_amount, sentence):
        return True
    found = [word.text for word in words(without_labels(index.text(sentence)))]
    if any(word[0].isdecimal() and not YEAR.fullmatch(word) for word in found):
        return True
    analyzer = index.analyzer_of(index.paragraph_of[sentence])
    for position, word in enumerate(found):
        if word.casefold() in language.number_words or YEAR.fullmatch(word):
            behind = found[position + 1 : position + 1 + NUMBER_REACH]
            terms = {term for other in behind for term in analyzer.word_terms(other)}
            if terms & query.counted:
                return True
    return False


def _has_name(index: Index, query: Query, text: str) -> bool:
    """Whether it names something that the question does not."""
    asked = {fold(word.text) for word in words(query.question)}
    names = (fold(word.text) for word in words(text) if word.text[0].isupper())
    return any(name in index.names and name not in asked for name in names)


def _has_place(index: Index, query: Query, text: str, language: Language) -> bool:
    """Whether a name that the question does not hold comes close behind a word such as "in"."""
    asked = {fold(word.text) for word in words(query.question)}
    found = [word.text for word in words(text)]
    for position, word in enumerate(found):
        if word.casefold() in language.place_words:
            behind = found[position + 1 : position + 1 + PLACE_REACH]
            names = {fold(other) for other in behind if other[0].isupper()} - asked
            if names & index.names:
                return True
    return False
