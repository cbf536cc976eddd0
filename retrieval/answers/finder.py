"""Finds the quotes that answer a question, or that come closest if none does.

Messages with several questions, small talk, facts about the articles and comparisons are handled
here; other questions are looked up by `answer_search.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.answers.answer_search import AnswerSearch
from retrieval.answers.question_types.article_comparison import compared
from retrieval.answers.question_types.article_facts import ArticleFacts
from retrieval.answers.question_types.both_sides import both_sides
from retrieval.answers.quoting.evidence import Evidence, both, evidence_of
from retrieval.answers.quoting.following import following
from retrieval.answers.quoting.highlights import highlights
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.word_answers import MOST_OPENED_ARTICLES
from retrieval.articles import Paragraph, Quote, Span
from retrieval.index.collection_index import Index
from retrieval.questions.article_questions import ArticleQuestion, Fact
from retrieval.questions.message_parts import MessageParts
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.question_reader import QuestionReader
from retrieval.questions.question_text import is_too_long, question_text
from retrieval.questions.small_talk import LONGEST_TALK, Talk

if TYPE_CHECKING:
    from retrieval.answers.by_meaning.fused_confidence import Signals
    from retrieval.answers.by_meaning.meaning import Meaning

MOST_QUOTES = 3  # of an answer
MOST_LIST_QUOTES = 6
MOST_COMPARISON_QUOTES = 6
MOST_TALK_WORDS = 2  # of the articles, in small talk


class Finder:
    """Answers questions from one collection; `synonym_groups` are expressions that mean the same.

    The same question gives the same evidence, always.
    """

    def __init__(
        self,
        index: Index,
        synonym_groups: Sequence[Sequence[str]] = (),
        meaning: "Meaning | None" = None,
    ) -> None:
        self._index = index
        self.reader = QuestionReader(index, synonym_groups)
        self._quoter = Quoter(index)
        self._facts = ArticleFacts(index, self.reader)
        self._meaning = meaning
        self._search = AnswerSearch(index, self._quoter, meaning)

    @property
    def generation(self) -> int:
        """A number that grows when new vectors may change answers."""
        return self._meaning.generation if self._meaning is not None else 0

    def asks_articles(self, message: str) -> bool:
        """Whether a message that the articles do not answer asks something of them at all."""
        query = self.reader.read(message)
        if query.small_talk or not query.words or self.reader.about_articles(message):
            return False
        return self._talk_label(message, query) is None

    def signals(self, question: str) -> "Signals | None":
        """What confidence weighs for the first passage; None where that may not answer at all."""
        return self._search.signals(self._read(question, None))

    def find(
        self,
        question: str,
        context: str | None = None,
        limit: int | None = None,
        further: int = 0,
        shown: Sequence[Quote] = (),
    ) -> Evidence:
        """The evidence for a question, read together with `context`, the one before it.

        `shown` are the quotes that answered that one; they are not given for another question. At
        most `limit` quotes: three by default, six where several things are asked for; where
        the articles answer, at most `further` of the next best behind them.
        """
        parts = self.reader.parts(question)
        if len(parts.questions) == 1 and (talk := self._talk(question, context)):
            return talk
        is_own = bool(parts.told) and (parts.is_story or context is None)
        told = self._read_behind(parts) if is_own else None
        before, seen = (None, ()) if is_own else (context, shown)
        if told is not None:
            first = self._find(told, limit, further)
        else:
            own = parts if is_own else MessageParts(parts.questions)
            first = self._find_one(own, before, limit, further, seen)
        whole = question_text(question)
        asked_for = replace(first.query, question=whole, is_shortened=is_too_long(question))
        is_part = parts.questions[0] != whole
        if is_part and asked_for.kind is Kind.KEYWORDS:  # the message is not what was looked up
            asked_for = replace(asked_for, kind=Kind.WHAT)
        first = replace(first, query=asked_for)
        if len(parts.questions) == 1:
            return first
        asked = parts.questions[1]
        second = self._find_one(MessageParts((asked,)), parts.questions[0], limit, 0, first.quotes)
        return both(first, second, (parts.questions[0], asked))

    def _find_one(
        self,
        parts: MessageParts,
        context: str | None,
        limit: int | None,
        further: int,
        shown: Sequence[Quote],
    ) -> Evidence:
        """The evidence for the first question of a message and what is told in front of it."""
        question = parts.questions[0]
        if asked := self.reader.about_articles(question):
            told = self._of_articles(asked, question, context, limit)
            if told is not None:
                return told
        query = replace(self._read(question, context), told=" ".join(parts.told))
        if (query.wants_more or query.wants_next) and not shown and query.context:
            shown = self.find(query.context).quotes
        if query.wants_next:
            behind = following(self._index, self._quoter, shown)
            quotes = self._quoter.quotes([behind] if behind else [])
            return Evidence(replace(query, wants_more=behind is None), quotes=quotes)
        if query.kind is not Kind.COMPARISON and (on_both := self._of_sides(question, query)):
            return on_both
        return self._find(query, limit, further, shown)

    def _talk(self, question: str, context: str | None) -> Evidence | None:
        """The answer to small talk that no pattern recognises, but that meaning does."""
        message = question_text(question)
        if self._meaning is None or len(message) > LONGEST_TALK:
            return None
        query = self._read(message, context)
        is_known = query.small_talk or self.reader.about_articles(message)
        if is_known or self.reader.wants_more(message) or self.reader.wants_next(message):
            return None
        label = self._talk_label(message, query)
        if label is None:
            return None
        if label in list(Fact):
            return self._of_articles(ArticleQuestion(Fact(label)), message, None, None)
        code = query.foreign or self.reader.language_of(message)
        talk = Query(message, Kind.SMALL_TALK, small_talk=Talk(label), talk_language=code)
        return Evidence(talk)

    def _talk_label(self, message: str, query: Query) -> str | None:
        known = sum(word.known and word.own for word in query.words)
        if self._meaning is None or known > MOST_TALK_WORDS or len(message) > LONGEST_TALK:
            return None
        return self._meaning.talk_label(message, may_be_asked=bool(known or query.context))

    def _of_sides(self, question: str, query: Query) -> Evidence | None:
        """What the articles say of each of two things, if the question compares two."""
        sides = self.reader.sides(question)
        if sides is None:
            return None
        passages, uncompared = both_sides(
            self._index, self._quoter, self.reader, sides, self._meaning
        )
        if not passages:
            return None
        plain = replace(query, kind=Kind.WHAT, need=Need.NOTHING, context=None)
        evidence = evidence_of(
            self._index, self._quoter, plain, passages, self._index.paragraph_terms
        )
        return replace(evidence, uncompared=uncompared)

    def _read(self, question: str, context: str | None) -> Query:
        return self.reader.read(question, context, across_languages=self._meaning is not None)

    def _read_behind(self, parts: MessageParts) -> Query | None:
        return self.reader.read_behind(parts, across_languages=self._meaning is not None)

    def _find(
        self, query: Query, limit: int | None, further: int, shown: Sequence[Quote] = ()
    ) -> Evidence:
        if query.kind is Kind.COMPARISON and not query.wants_more:
            return self._compare(query, limit)
        usual = MOST_LIST_QUOTES if query.kind is Kind.LIST else MOST_QUOTES
        return self._search.find(query, limit or usual, further, shown)

    def _compare(self, query: Query, limit: int | None) -> Evidence:
        """Quotes of each article in turn, or what comes closest."""
        evidence = compared(self._index, self._quoter, query, limit or MOST_COMPARISON_QUOTES)
        return evidence or self._search.closest(query)

    def is_read_together(self, evidence: Evidence) -> bool:
        """Whether the question before contributed to the answer: a word of it is in the passage.

        False if nothing answers. What was found by meaning may say it in any words.
        """
        if not evidence.quotes or evidence.by_meaning:
            return bool(evidence.quotes)
        query = evidence.query
        inherited = [word for word in query.words if not word.own and word.known]
        if len(inherited) == len(query.words):
            return True
        if not inherited:  # it has a subject of its own, of which the same is asked at most
            return query.need is not Need.NOTHING
        place = self._index.position(evidence.quotes[0].paragraph)
        terms = self._index.paragraph_terms(place)
        return any(word.coverage(terms) for word in inherited)

    def highlights(
        self, question: str, context: str | None, paragraph: Paragraph
    ) -> tuple[Span, ...]:
        """The spans of the paragraph's words that the question asks for."""
        analyzer = self._index.analyzer_of(self._index.position(paragraph))
        return highlights(self.reader.read(question, context), paragraph.text, analyzer)

    def _of_articles(
        self, asked: ArticleQuestion, question: str, context: str | None, limit: int | None
    ) -> Evidence | None:
        """What is known of the articles; None if none is meant, or one of them itself answers."""
        if asked.fact is Fact.COUNT and asked.subject:
            on_subject = self.reader.read(asked.subject)
            query = replace(on_subject, question=question, kind=Kind.COMPARISON, need=Need.NOTHING)
            return self._compare(query, limit)
        quotes: Sequence[Quote] = ()
        if asked.is_vague:
            query = self.reader.read(question, context)
            quotes = self._find(query, None, 0).quotes if asked.title or query.context else ()
            if any(self._facts.is_told(query, asked, quote) for quote in quotes):
                return None
        told = self._of_headers(asked, question, context)
        is_nowhere = told is not None and not told.speaking and asked.fact is Fact.PUBLISHED
        return None if quotes and is_nowhere else told

    def _of_headers(
        self, asked: ArticleQuestion, question: str, context: str | None
    ) -> Evidence | None:
        """What the headers of the articles say that are meant; None if none is."""
        before = self._spoken_of(context) if context and asked.means_those_before else ()
        told = self._facts.told(asked, before)
        if told is None:
            return None
        if not before or told == self._facts.told(asked, ()):
            context = None  # it is about all of them
        openings = list(map(self._facts.opening, told.speaking[:MOST_OPENED_ARTICLES]))
        introduction = self._facts.introduction() if asked.fact is Fact.TOPICS else None
        if introduction and introduction.paragraph.article == told.speaking[0].id:
            openings[0] = introduction
        return Evidence(
            Query(question, Kind.ABOUT_ARTICLES, fact=asked.fact, context=context),
            speaking=tuple(article.id for article in told.speaking),
            silent=tuple(article.id for article in told.silent),
            more_speaking=told.more_speaking,
            more_silent=told.more_silent,
            further=tuple(opening for opening in openings if opening is not None),
            introduction=introduction,
        )

    def _spoken_of(self, context: str) -> tuple[str, ...]:
        """The articles that the question before was about; none if it was about all articles."""
        evidence = self.find(context)
        if evidence.query.fact is Fact.TOPICS:
            return ()
        if evidence.query.fact:
            return evidence.speaking + evidence.silent
        return tuple(quote.paragraph.article for quote in evidence.quotes)
