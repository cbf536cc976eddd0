"""Reads a question, alone or together with the question before it, into a query."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import (
    AROUND,
    ArticleQuestion,
    Fact,
    article_question,
)
from retrieval.questions.follow_ups import (
    last_question,
    leaning_on,
    leans,
    leans_abroad,
    points_back,
)
from retrieval.questions.message_parts import MessageParts, message_parts
from retrieval.questions.query import Query
from retrieval.questions.query_builder import QueryBuilder
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_language import foreign_language
from retrieval.questions.question_text import is_too_long, question_text
from retrieval.questions.small_talk import Talk, small_talk, without_small_talk
from retrieval.questions.two_sides import TwoSides, two_sides
from retrieval.text.analysis import analyzer_of, plain_lower, word_texts
from retrieval.text.languages import language

MOST_REMEMBERED_QUERIES = 500
LEAST_SUBJECT_WEIGHT = 0.5  # of a word that the next question may be about
LONGEST_CONTINUATION = 80
COMMAS = re.compile(r"[\s,、，]+")


class QuestionReader:
    """Reads questions put to one collection, with groups of expressions that mean the same."""

    def __init__(self, index: Index, synonym_groups: Sequence[Sequence[str]]) -> None:
        self._builder = builder = QueryBuilder(index, synonym_groups)
        self._holds = index.lexicon.holds
        self._codes = codes = tuple(index.analyzers)
        self._languages = [language(code) for code in dict.fromkeys([*codes, "en"])]
        self._read_alone = lru_cache(maxsize=MOST_REMEMBERED_QUERIES)(builder.query)
        self._spelt_out = lru_cache(maxsize=MOST_REMEMBERED_QUERIES)(builder.spelt_out)
        self._foreign = lru_cache(maxsize=MOST_REMEMBERED_QUERIES)(self._foreign_language)

    def read(
        self, question: str, context: str | None = None, *, across_languages: bool = False
    ) -> Query:
        """The question as it is understood, together with `context` if it leans on that.

        Anything is a question: what holds no word gives a query without words. Questions in a
        language that no article is in are read as such only `across_languages`.
        """
        text = question_text(question)
        if talk := small_talk(text, self._codes):
            kind = Kind.SMALL_TALK
            return Query(text, kind, small_talk=talk.talk, talk_language=talk.language)
        return self.read_topic(question, context, across_languages=across_languages)

    def read_topic(
        self, question: str, context: str | None = None, *, across_languages: bool = False
    ) -> Query:
        """The same for what cannot be small talk: "legal" is a topic here, "great" elsewhere."""
        text, is_shortened = question_text(question), is_too_long(question)
        foreign = self._foreign(text)
        if across_languages and foreign:
            query = self._builder.foreign_query(text, foreign)
            if context is not None and leans_abroad(text, language(foreign)):
                query = replace(query, context=question_text(context) or None)
            return replace(query, is_shortened=is_shortened)
        spelt = self._spelt_out(without_small_talk(text))
        query = self._read_alone(spelt)
        if context is not None:
            query = self._read_together(query, question_text(context))
        if query.entry is not None and not query.words:  # "step" is all there is to look for
            query = self._builder.query(text, with_noun=True)
        is_foreign = foreign is not None
        query = replace(query, question=text, spelt=spelt)
        return replace(query, is_shortened=is_shortened, is_foreign=is_foreign)

    def read_behind(self, parts: MessageParts, *, across_languages: bool = False) -> Query | None:
        """The first question of a message, with what that tells in front of it as one question.

        None if the question does not lean on that.
        """
        question, told = question_text(parts.questions[0]), " ".join(parts.told)
        query = self.read(question, told, across_languages=across_languages)
        if query.context is None or query.wants_more or query.wants_next:
            return None
        content = " ".join(word.text for word in self.read(told).words) or told
        return replace(query, question=f"{content} {question}", context=None, told=told)

    def about_articles(self, question: str) -> ArticleQuestion | None:
        """What the question asks of the articles themselves, if it asks only that."""
        text = question_text(question)
        if talk := small_talk(text, self._codes):
            is_overview = talk.talk in (Talk.TOPICS, Talk.SUMMARY)
            return ArticleQuestion(Fact.TOPICS) if is_overview else None
        asked = article_question(self._spelt_out(text), self._languages)
        if asked is None and (foreign := self._foreign(text)):
            return article_question(text, [language(foreign)])
        return asked

    def parts(self, message: str) -> MessageParts:
        """The questions of a message, without the story or the courtesies around them."""
        asked = without_small_talk(question_text(message))
        if small_talk(asked, self._codes):
            return MessageParts((asked,))
        languages = self._languages
        if foreign := self._foreign(asked):
            languages = [*languages, language(foreign)]
        return message_parts(self._spelt_out(asked), languages, self.language_of(asked))

    def language_of(self, message: str) -> str:
        """The code of that language of the articles in which the message seems to be."""
        return self._builder.analyzer_for(message).language.code

    def only_points(self, message: str) -> bool:
        """Whether the message has function words alone, as “What is this about?” has."""
        code = self._foreign(message) or self.language_of(message)
        return all(map(analyzer_of(code).is_stop_word, word_texts(message)))

    def names_subject(self, query: Query) -> bool:
        """Whether the question itself names what the next one may be about: a word, not letters.

        A word that no article has may still be found by meaning.
        """
        own = (word for word in query.words if word.own and word.weight >= LEAST_SUBJECT_WEIGHT)
        return any(word.known or self._builder.is_word(word.text.casefold()) for word in own)

    def points_back(self, question: str) -> bool:
        """Whether a pronoun of it stands for what was spoken of before."""
        return points_back(question_text(question), self._builder.analyzer_for(question).language)

    def sides(self, question: str) -> TwoSides | None:
        """The two things that a question sets side by side, if it does."""
        return two_sides(question_text(question), self._languages)

    def wants_more(self, message: str) -> bool:
        """Whether the message only wants more of what was shown: "an example?", "vice versa?"."""
        text = _bare(message)
        return any(tongue.follow_up.continues.fullmatch(text) for tongue in self._languages)

    def wants_next(self, message: str) -> bool:
        """Whether it only wants what follows what was shown in its article ("and after that?")."""
        text = _bare(message)
        return any(tongue.follow_up.goes_on.fullmatch(text) for tongue in self._languages)

    def _foreign_language(self, text: str) -> str | None:
        """The code of the language of the text, if no article is in that one."""
        return foreign_language(text, self._codes, self._builder.holds)

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
        analyzer = self._builder.analyzer_for(query.question)
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


def _bare(message: str) -> str:
    """A short message in lower case without punctuation; empty if it is a longer one."""
    text = plain_lower(question_text(message)).strip(AROUND)
    return "" if len(text) > LONGEST_CONTINUATION else COMMAS.sub(" ", text)
