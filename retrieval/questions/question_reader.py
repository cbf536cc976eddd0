"""Reads a question, alone or together with the question before it, into a query."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from retrieval.index.analysed_paragraph import pairs_of
from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import (
    AROUND,
    ArticleQuestion,
    Fact,
    article_question,
)
from retrieval.questions.entry_questions import asked_entry
from retrieval.questions.follow_ups import (
    last_question,
    leaning_on,
    leans,
    leans_abroad,
    points_back,
)
from retrieval.questions.message_parts import MessageParts, message_parts
from retrieval.questions.query import Query, QueryWord
from retrieval.questions.question_kinds import Kind, Need, WantedAnswer, wanted_answer
from retrieval.questions.question_language import foreign_language
from retrieval.questions.question_measures import asked_hours, counted_terms, without_measure
from retrieval.questions.question_text import is_too_long, question_text
from retrieval.questions.small_talk import Talk, small_talk, without_small_talk
from retrieval.questions.two_sides import TwoSides, two_sides
from retrieval.questions.vocabulary.own_language import OwnLanguage, OwnWords
from retrieval.questions.vocabulary.query_expansion import QueryExpansion
from retrieval.questions.vocabulary.question_correction import QuestionCorrector
from retrieval.questions.vocabulary.question_terms import question_terms
from retrieval.questions.vocabulary.shared_endings import with_endings
from retrieval.questions.vocabulary.short_forms import ShortForms
from retrieval.questions.vocabulary.spelling import Spelling
from retrieval.questions.vocabulary.synonyms import synonyms_in
from retrieval.text.analysis import UNSPACED_RUN, Analyzer, fold, quiet, word_texts
from retrieval.text.frequencies import Frequencies
from retrieval.text.languages import Language, language

MOST_REMEMBERED_QUERIES = 500
MOST_QUESTION_WORDS = 64
UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})
HOURS_WEIGHT = 1.0
NEEDED_WEIGHT = 1.0
MEASURE_WEIGHT = 0.3
LEAST_SUBJECT_WEIGHT = 0.5  # of a word that the next question may be about
LONGEST_CONTINUATION = 80
COMMAS = re.compile(r"[\s,、，]+")


class QuestionReader:
    """Reads questions put to one collection, with groups of expressions that mean the same."""

    def __init__(self, index: Index, synonym_groups: Sequence[Sequence[str]]) -> None:
        codes = tuple(index.analyzers)
        self._codes = codes
        self._analyzers = list(index.analyzers.values())
        self._frequencies = frequencies = {code: Frequencies(code) for code in codes}
        self._lexicon = lexicon = index.lexicon
        stop_words = frozenset[str]().union(*(a.language.stop_words for a in self._analyzers))
        spelling = Spelling(
            lexicon.written,
            lambda word: lexicon.is_author(word) or self._is_word(word),
            stop_words,
        )
        self._own_language = OwnLanguage(
            [a.language for a in self._analyzers], frequencies, OwnWords(lexicon, stop_words)
        )
        synonyms = {a.language.code: synonyms_in(synonym_groups, a) for a in self._analyzers}
        self._languages = [language(code) for code in dict.fromkeys([*codes, "en"])]
        self._names = index.names
        self._vocabulary = QueryExpansion(index, synonyms, frequencies)
        self._corrector = QuestionCorrector(spelling, self._own_language, self._vocabulary.holds)
        self._short_forms = ShortForms(self._analyzers, self._vocabulary.holds)
        self._read_alone = lru_cache(maxsize=MOST_REMEMBERED_QUERIES)(self._understood)
        self._spelt_out = lru_cache(maxsize=MOST_REMEMBERED_QUERIES)(self._in_full)

    def read(
        self, question: str, context: str | None = None, *, across_languages: bool = False
    ) -> Query:
        """The question as it is understood, together with `context` if it leans on that.

        Anything is a question: what holds no word gives a query without words. Questions in a
        language that no article is in are read as such only `across_languages`.
        """
        text, is_shortened = question_text(question), is_too_long(question)
        if talk := small_talk(text, self._codes):
            kind = Kind.SMALL_TALK
            return Query(text, kind, small_talk=talk.talk, talk_language=talk.language)
        if across_languages and (foreign := foreign_language(text, self._codes, self._is_held)):
            query = self._foreign_question(text, foreign, context)
            return replace(query, is_shortened=is_shortened)
        query = self._read_alone(self._spelt_out(without_small_talk(text)))
        if context is not None:
            query = self._read_together(query, question_text(context))
        if query.entry is not None and not query.words:  # "step" is all there is to look for
            query = self._understood(text, with_noun=True)
        return replace(query, question=text, is_shortened=is_shortened)

    def about_articles(self, question: str) -> ArticleQuestion | None:
        """What the question asks of the articles themselves, if it asks only that."""
        text = question_text(question)
        if talk := small_talk(text, self._codes):
            is_overview = talk.talk in (Talk.TOPICS, Talk.SUMMARY)
            return ArticleQuestion(Fact.TOPICS) if is_overview else None
        asked = article_question(text, self._languages)
        if asked is None and (foreign := foreign_language(text, self._codes, self._is_held)):
            return article_question(text, [language(foreign)])
        return asked

    def parts(self, message: str) -> MessageParts:
        """The questions of a message, without the story or the courtesies around them."""
        asked = without_small_talk(question_text(message))
        if small_talk(asked, self._codes):
            return MessageParts((asked,))
        languages = self._languages
        if foreign := foreign_language(asked, self._codes, self._is_held):
            languages = [*languages, language(foreign)]
        return message_parts(self._spelt_out(asked), languages, self.language_of(asked))

    def language_of(self, message: str) -> str:
        """The code of that language of the articles in which the message seems to be."""
        return self._analyzer_for(message).language.code

    def names_subject(self, query: Query) -> bool:
        """Whether the question itself names what the next one may be about: a word, not letters.

        A word that no article has may still be found by meaning.
        """
        own = (word for word in query.words if word.own and word.weight >= LEAST_SUBJECT_WEIGHT)
        return any(word.known or self._is_word(word.text.casefold()) for word in own)

    def points_back(self, question: str) -> bool:
        """Whether a pronoun of it stands for what was spoken of before."""
        return points_back(question_text(question), self._analyzer_for(question).language)

    def sides(self, question: str) -> TwoSides | None:
        """The two things that a question sets side by side, if it does."""
        text = with_endings(question_text(question), self._lexicon.holds)
        return two_sides(text, self._languages)

    def wants_more(self, message: str) -> bool:
        """Whether the message only wants more of what was shown: "an example?", "vice versa?"."""
        text = _bare(message)
        return any(tongue.follow_up.continues.fullmatch(text) for tongue in self._languages)

    def wants_next(self, message: str) -> bool:
        """Whether it only wants what follows what was shown in its article ("and after that?")."""
        text = _bare(message)
        return any(tongue.follow_up.goes_on.fullmatch(text) for tongue in self._languages)

    def _understood(self, text: str, *, with_noun: bool = False) -> Query:
        analyzer = self._analyzer_for(text)
        text = quiet(text)
        core = analyzer.language.follow_up.greeting_first.remove(text) or text
        is_led_up_to = core != text
        if analyzer.language.compounds:
            core = with_endings(core, self._lexicon.holds)
        corrected, corrections = self._corrector.corrected(core, analyzer)
        want = wanted_answer(corrected, analyzer.language)
        if is_led_up_to and want.kind is Kind.KEYWORDS:  # "tell me about …" is no mere name
            want = replace(want, kind=Kind.WHAT)
        entry = asked_entry(corrected, analyzer.language)
        looked_up = corrected
        if entry is not None:
            looked_up = entry.noun if with_noun else entry.rest
        rest = analyzer.language.list_entries.needs.blank(looked_up)
        needs, looked_up = rest != looked_up, rest
        if needs and want.kind is Kind.DEFINITION:  # "what's in the dough?"
            want = replace(want, kind=Kind.WHAT)
        hours = asked_hours(corrected, want, analyzer.language)
        for hour in hours:  # opening hours hold others
            looked_up = looked_up.replace(hour, " ")
        asked = list(islice(question_terms(looked_up, analyzer), MOST_QUESTION_WORDS))
        found = tuple(self._vocabulary.query_words(asked, analyzer))
        found = without_measure(found, want, corrected, analyzer.language)
        found += self._implied(found, want, analyzer, names_hour=bool(hours), needs=needs)
        return Query(
            question=text,
            kind=want.kind,
            need=want.need,
            measure=want.measure,
            words=found,
            pairs=tuple(pairs_of([one.term for one in asked])),
            counted=counted_terms(want, analyzer, found),
            corrections=corrections,
            is_negated=_is_negated(want, corrected, analyzer.language),
            is_foreign=self._own_language.is_foreign(word_texts(text)),
            entry=entry.number if entry else None,
            names_hour=bool(hours),
            asks_steps=needs or analyzer.language.list_entries.steps.search(corrected) is not None,
        )

    def _implied(
        self,
        found: Sequence[QueryWord],
        want: WantedAnswer,
        analyzer: Analyzer,
        *,
        names_hour: bool,
        needs: bool,
    ) -> tuple[QueryWord, ...]:
        """Words that an answer uses, though the question may not.

        "May I swim at 6:30?" asks for opening hours, "How much is a ticket?" for a price, "What do
        I need for the dough?" for ingredients.
        """
        tongue = analyzer.language
        measure = tongue.measures.get(want.measure)
        told, weight = frozenset[str](), MEASURE_WEIGHT
        if names_hour:
            told, weight = tongue.hours_words, HOURS_WEIGHT
        elif needs:
            told, weight = tongue.list_entries.needed, NEEDED_WEIGHT
        elif measure and not any(word.text.casefold() in measure.empty for word in found):
            told = measure.told
        asked = {phrase for word in found for phrase in word.alternatives}
        word = self._vocabulary.any_of(sorted(told), asked, analyzer, weight)
        return (word,) if word else ()

    def _foreign_question(self, text: str, code: str, context: str | None) -> Query:
        """A question in another language: names and numbers that the articles write the same."""
        asked = word_texts(text)[: 2 * MOST_QUESTION_WORDS]
        written = [word for word in asked if self._is_written(word, language(code))]
        terms = question_terms(" ".join(written), self._analyzers[0])
        found = self._vocabulary.query_words(
            list(islice(terms, MOST_QUESTION_WORDS)), self._analyzers[0]
        )
        want = wanted_answer(text, language(code))
        is_unsure = want.need is Need.PLACE and not language(code).place_words
        leans = context is not None and leans_abroad(text, language(code))
        return Query(
            question=text,
            kind=Kind.WHAT if want.kind in (Kind.COMPARISON, Kind.KEYWORDS) else want.kind,
            need=Need.NOTHING if is_unsure else want.need,
            measure=want.measure,
            words=tuple(word for word in found if word.known),
            context=question_text(context) if context and leans else None,
            foreign=code,
        )

    def _in_full(self, text: str) -> str:
        """The text with its short forms spelt out."""
        return self._short_forms.spelt_out(text, self._analyzer_for(text))

    def _is_word(self, word: str) -> bool:
        """Whether a word, in lower case, is in a dictionary of the articles' languages."""
        return any(word in known for known in self._frequencies.values())

    def _is_held(self, word: str) -> bool:
        return any(self._vocabulary.holds(word, analyzer) for analyzer in self._analyzers)

    def _is_written(self, word: str, asked: Language) -> bool:
        """Whether it is a number, or a name that the articles hold as it stands.

        The "I" of a question in English is no numeral of theirs.
        """
        if word.casefold() in asked.stop_words or word.casefold() in asked.asking_words:
            return False
        return word[0].isdecimal() or (word[0].isupper() and fold(word) in self._names)

    def _analyzer_for(self, text: str) -> Analyzer:
        """The one of its script, or whose stop words it holds most of; else the main one."""
        found = word_texts(text)
        if UNSPACED_RUN.search(text):
            unspaced = [a for a in self._analyzers if a.language.code in UNSPACED_LANGUAGES]
            return unspaced[0] if unspaced else self._analyzers[0]
        return max(self._analyzers, key=lambda a: sum(a.is_stop_word(word) for word in found))

    def _read_together(self, query: Query, context: str) -> Query:
        last = self._read_alone(self._spelt_out(last_question(context)))
        before = replace(
            self._read_alone(self._spelt_out(context)),
            kind=last.kind,
            need=last.need,
            measure=last.measure,
            counted=last.counted,
            corrections={},
        )
        analyzer = self._analyzer_for(query.question)
        follow_up = analyzer.language.follow_up
        if not before.words or not word_texts(query.question):
            return query
        inherited = tuple(replace(word, own=False) for word in before.words)
        continued = replace(before, words=inherited, context=context)
        if self.wants_next(query.question):
            return replace(continued, kind=Kind.WHAT, need=Need.NOTHING, wants_next=True)
        if self.wants_more(query.question):
            is_example = follow_up.example.search(query.question) is not None
            return replace(continued, wants_more=True, wants_example=is_example)
        return leaning_on(before, query, context, analyzer) if leans(query, analyzer) else query


def _is_negated(want: WantedAnswer, text: str, language: Language) -> bool:
    """Whether it asks for what is not so; "Isn't it open?" only asks whether it is."""
    if want.kind in (Kind.YES_NO, Kind.KEYWORDS, Kind.WHY):
        return False
    return language.negation.search(text.casefold().replace("’", "'")) is not None


def _bare(message: str) -> str:
    """A short message in lower case without punctuation; empty if it is a longer one."""
    text = question_text(message).casefold().replace("’", "'").strip(AROUND)
    return "" if len(text) > LONGEST_CONTINUATION else COMMAS.sub(" ", text)
