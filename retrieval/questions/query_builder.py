"""Builds a query from the words of a question that is read alone."""

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from retrieval.index.analysed_paragraph import pairs_of
from retrieval.index.collection_index import Index
from retrieval.questions.entry_questions import AskedEntry, asked_entry
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind, Need, WantedAnswer, wanted_answer
from retrieval.questions.question_language import is_small_word
from retrieval.questions.question_measures import asked_hours, counted_terms, without_measure
from retrieval.questions.vocabulary.own_language import OwnLanguage
from retrieval.questions.vocabulary.query_expansion import QueryExpansion
from retrieval.questions.vocabulary.question_correction import QuestionCorrector
from retrieval.questions.vocabulary.question_terms import QuestionTerm, question_terms
from retrieval.questions.vocabulary.short_forms import ShortForms, spelt_out_abroad
from retrieval.questions.vocabulary.spelling import Spelling
from retrieval.questions.vocabulary.synonyms import synonyms_in
from retrieval.text.analysis import (
    UNSPACED_LANGUAGES,
    UNSPACED_RUN,
    Analyzer,
    fold,
    plain_lower,
    quiet,
    word_texts,
)
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import Language, language

MOST_QUESTION_WORDS = 64
HOURS_WEIGHT = 1.0
NEEDED_WEIGHT = 1.0
MEASURE_WEIGHT = 0.3


class _Sought(NamedTuple):
    """What a question asks for, and the part of its text that is looked up.

    `needs` tells that it asks what is needed for something, `names_hour` that it names a time of
    day, at which something may be open.
    """

    want: WantedAnswer
    looked_up: str
    entry: AskedEntry | None
    needs: bool
    names_hour: bool


def _sought(text: str, analyzer: Analyzer, *, is_led_up_to: bool, with_noun: bool) -> _Sought:
    """Read off a question's own words; `is_led_up_to` by others before it ("tell me about …")."""
    tongue = analyzer.language
    want = wanted_answer(text, tongue)
    entry = asked_entry(text, tongue)
    looked_up = text
    if entry is not None:
        looked_up = entry.noun if with_noun else entry.rest
    rest = tongue.list_entries.needs.blank(looked_up)
    needs = rest != looked_up
    if any(question_terms(rest, analyzer)):  # "what should I bring?" holds nothing else
        looked_up = rest
    is_phrase = is_led_up_to and want.kind is Kind.KEYWORDS  # no mere name
    is_content = needs and want.kind is Kind.DEFINITION  # "what's in the dough?"
    if is_phrase or is_content:
        want = want._replace(kind=Kind.WHAT)
    hours = asked_hours(text, want, tongue)
    for hour in hours:  # opening hours hold others
        looked_up = looked_up.replace(hour, " ")
    return _Sought(want, looked_up, entry, needs, bool(hours))


class QueryBuilder:
    """Looks the words of questions up among those of one collection and its languages."""

    def __init__(self, index: Index, synonym_groups: Sequence[Sequence[str]]) -> None:
        self._analyzers = analyzers = list(index.analyzers.values())
        self._lexicon = lexicon = index.lexicon
        self._names = index.names
        stop_words = frozenset[str]().union(*(a.language.stop_words for a in analyzers))
        spelling = Spelling(
            lexicon.written,
            lambda word: lexicon.is_author(word) or self.is_word(word),
            stop_words,
        )
        self._own_language = OwnLanguage([a.language for a in analyzers])
        synonyms = {a.language.code: synonyms_in(synonym_groups, a) for a in analyzers}
        self._vocabulary = QueryExpansion(index, synonyms)
        self._corrector = QuestionCorrector(
            spelling,
            self._own_language,
            self._vocabulary.holds,
            lambda one, other, a: any(
                pair in index.pairs for pair in pairs_of([a.term_of(one), a.term_of(other)])
            ),
        )
        self._short_forms = ShortForms(analyzers, self._vocabulary.holds)

    def query(self, text: str, *, with_noun: bool = False) -> Query:
        """The question as it is understood.

        `with_noun` looks up the noun of "the third step", too, otherwise only the rest.
        """
        analyzer = self.analyzer_for(text)
        text = quiet(text)
        core = analyzer.language.follow_up.greeting_first.remove(text) or text
        is_led_up_to = core != text
        corrected, corrections = self._corrector.corrected(core, analyzer)
        sought = _sought(corrected, analyzer, is_led_up_to=is_led_up_to, with_noun=with_noun)
        words, terms = self._words(sought, corrected, analyzer)
        want, entry = sought.want, sought.entry
        return Query(
            question=text,
            kind=want.kind,
            need=want.need,
            measure=want.measure,
            words=words,
            pairs=tuple(pairs_of(terms)),
            counted=counted_terms(want, analyzer, words),
            corrections=corrections,
            is_negated=_is_negated(want, corrected, analyzer.language),
            entry=entry.number if entry else None,
            names_hour=sought.names_hour,
            asks_steps=sought.needs
            or analyzer.language.list_entries.steps.search(corrected) is not None,
        )

    def _words(
        self, sought: _Sought, corrected: str, analyzer: Analyzer
    ) -> tuple[tuple[QueryWord, ...], list[str]]:
        """The words that are looked up, and the terms of those that the question itself has."""
        want = sought.want
        terms = islice(question_terms(sought.looked_up, analyzer), MOST_QUESTION_WORDS)
        asked = [one for one in terms if not self._only_joins_abroad(one)]
        is_person = want.kind is Kind.WHO
        found = tuple(self._vocabulary.query_words(asked, analyzer, wants_person=is_person))
        found = without_measure(found, want, corrected, analyzer.language)
        return found + self._implied(found, sought, analyzer), [one.term for one in asked]

    def foreign_query(self, text: str, code: str) -> Query:
        """The query of a question in a language that no article is in.

        Its words are the names and numbers that the articles write the same.
        """
        asked = word_texts(text)[: 2 * MOST_QUESTION_WORDS]
        written = [word for word in asked if self._is_written(word, language(code))]
        terms = question_terms(" ".join(written), self._analyzers[0])
        found = self._vocabulary.query_words(
            list(islice(terms, MOST_QUESTION_WORDS)), self._analyzers[0]
        )
        spelt = spelt_out_abroad(text, language(code))
        want = wanted_answer(spelt, language(code))
        is_unsure = want.need is Need.PLACE and not language(code).place_words
        return Query(
            question=text,
            spelt=spelt,
            kind=Kind.WHAT if want.kind in (Kind.COMPARISON, Kind.KEYWORDS) else want.kind,
            need=Need.NOTHING if is_unsure else want.need,
            measure=want.measure,
            words=tuple(word for word in found if word.known),
            foreign=code,
        )

    def spelt_out(self, text: str) -> str:
        """The text with its short forms spelt out."""
        return self._short_forms.spelt_out(text, self.analyzer_for(text))

    def analyzer_for(self, text: str) -> Analyzer:
        """The analyzer of the text by its script or its stop words; the first if none fits."""
        if len(self._analyzers) == 1:
            return self._analyzers[0]
        if UNSPACED_RUN.search(text):
            unspaced = [a for a in self._analyzers if a.language.code in UNSPACED_LANGUAGES]
            return unspaced[0] if unspaced else self._analyzers[0]
        found = word_texts(text)
        return max(self._analyzers, key=lambda a: sum(a.is_stop_word(word) for word in found))

    def is_word(self, word: str) -> bool:
        """Whether a word, in lower case, is in a dictionary of the articles' languages."""
        return any(word in frequencies_of(a.language.code) for a in self._analyzers)

    def holds(self, word: str) -> bool:
        """Whether an article holds the word, in any of its forms."""
        return any(self._vocabulary.holds(word, analyzer) for analyzer in self._analyzers)

    def _implied(
        self,
        found: Sequence[QueryWord],
        sought: _Sought,
        analyzer: Analyzer,
    ) -> tuple[QueryWord, ...]:
        """Words that an answer uses, though the question may not.

        "May I swim at 6:30?" asks for opening hours, "How much is a ticket?" for a price, "What do
        I need for the dough?" for ingredients.
        """
        tongue = analyzer.language
        measure = tongue.measures.get(sought.want.measure)
        told, weight = frozenset[str](), MEASURE_WEIGHT
        if sought.names_hour:
            told, weight = tongue.hours_words, HOURS_WEIGHT
        elif sought.needs:
            told, weight = tongue.list_entries.needed, NEEDED_WEIGHT
        elif measure and not any(word.text.casefold() in measure.empty for word in found):
            told = measure.told
        asked = {phrase for word in found for phrase in word.alternatives}
        word = self._vocabulary.any_of(sorted(told), asked, analyzer, weight)
        return (word,) if word else ()

    def _only_joins_abroad(self, one: QuestionTerm) -> bool:
        """Whether it is a small word of another language, such as "und" before a name."""
        word = one.word.casefold()
        is_abroad = not one.is_name and is_small_word(word) and not self.is_word(word)
        return is_abroad and not self.holds(word)

    def _is_written(self, word: str, asked: Language) -> bool:
        """Whether it is a number, or a name that the articles hold as it stands.

        The "I" of a question in English is no numeral of theirs.
        """
        if word.casefold() in asked.stop_words or word.casefold() in asked.asking_words:
            return False
        return word[0].isdecimal() or (word[0].isupper() and fold(word) in self._names)


def _is_negated(want: WantedAnswer, text: str, language: Language) -> bool:
    """Whether it asks for what is not so; "Isn't it open?" only asks whether it is."""
    if want.kind in (Kind.YES_NO, Kind.KEYWORDS, Kind.WHY):
        return False
    return language.negation.search(plain_lower(text)) is not None
