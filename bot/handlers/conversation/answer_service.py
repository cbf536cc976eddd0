"""Answers questions of a chat: their context, their quotes, and what is kept of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from cachetools import LRUCache

from bot.composing.answer_composer import Answer, Citation
from bot.composing.pipeline import Pipeline
from bot.composing.wording import phrase, spoken_language
from bot.rendering.telegram.deep_links import linker
from bot.rendering.telegram.markup import MarkedText, answer_message, fitting
from bot.rendering.telegram.quote_codes import QuoteCodes
from bot.storage.answer_store import AnswerStore
from bot.storage.stored_answer import Asked, CitedText, StoredAnswer, new_id
from retrieval.answers.quoting.evidence import Evidence
from retrieval.articles import Articles, Quote
from retrieval.questions.article_questions import Fact
from retrieval.questions.follow_ups import chained
from retrieval.questions.query import Query

MOST_FURTHER_QUOTES = 6
MORE_QUOTES_AT_ONCE = 3  # of those that are left, at a press of More quotes
MOST_REMEMBERED_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class Question:
    """A question in a chat, and what it may be read together with.

    `passage` is the text that it is about, `replied` the message of the bot that it replies to. If
    it is `brief`, passages that are only close are not shown at once.
    """

    asked: Asked
    text: str
    passage: str | None
    replied: int | None
    brief: bool


def cited_texts(articles: Articles, quotes: Iterable[Quote]) -> tuple[CitedText, ...]:
    """What the quotes say now, to be kept."""
    return tuple(
        CitedText(articles[quote.paragraph.article].title, quote.paragraph.heading, quote.text)
        for quote in quotes
    )


class AnswerService:
    """Answers questions, in the worker's thread, and reads kept answers back.

    `on_answer` is called with each answer, in that thread.
    """

    def __init__(
        self, pipeline: Pipeline, answers: AnswerStore, on_answer: Callable[[StoredAnswer], None]
    ) -> None:
        self._pipeline = pipeline
        self._on_answer = on_answer
        self._answers = answers
        self.places = QuoteCodes(pipeline.articles)
        self._remembered: LRUCache[object, Answer] = LRUCache(MOST_REMEMBERED_ANSWERS)

    def answer(self, question: Question) -> StoredAnswer:
        """The answer, not yet kept."""
        before = None
        if not question.passage:
            before = self._answers.before(question.asked, question.replied)
        if before is not None and (rest := self._rest(question, before)):
            self._on_answer(rest)
            return rest
        return self._answered(question, before)

    def _answered(self, question: Question, before: StoredAnswer | None) -> StoredAnswer:
        context = question.passage or (before.subject if before else None)
        shown = before.quotes[: before.openable] if before else ()
        found = self._worded(question.text, context, shown, brief=question.brief)
        if question.passage and self._means_passage(question.text, found.evidence.query):
            found = self._worded(question.passage, None, (), brief=question.brief)
        quotes = [*(citation.quote for citation in found.shown), *found.evidence.further]
        answer = StoredAnswer(
            asked=question.asked,
            question=question.text,
            context=found.evidence.query.context,
            subject=self._subject(found, question.text),
            answered=found.evidence.answered,
            lead=found.lead,
            notes=found.notes,
            quotes=tuple(map(self.places.code, quotes)),
            shown=_shown(found, brief=question.brief),
            id=new_id(),
            cited=cited_texts(self._pipeline.articles, quotes),
        )
        self._on_answer(answer)
        return answer

    def _means_passage(self, text: str, query: Query) -> bool:
        """Whether nothing is asked but what the passage is, as with “what is this?” or “wow”."""
        if query.fact is Fact.TOPICS:
            return self._pipeline.finder.reader.only_points(text)
        return not (query.words or query.fact)

    def alone(self, answer: StoredAnswer) -> StoredAnswer:
        """The answer to the same question without the one before it, not yet kept."""
        question = Question(answer.asked, answer.question, None, None, brief=False)
        return self._answered(question, None)

    def is_gap(self, answer: StoredAnswer) -> bool:
        """Whether something was asked that the articles do not answer."""
        return not answer.answered and self._pipeline.finder.asks_articles(answer.question)

    def is_whole(self, answer: StoredAnswer) -> bool:
        """Whether the question of an answer has known words of its own to be looked up alone."""
        if answer.context is None:
            return False
        words = self._pipeline.finder.reader.read(answer.question).words
        return any(word.known for word in words)

    def citations(self, answer: StoredAnswer, numbers: range) -> tuple[Citation, ...] | None:
        """The quotes of those numbers, from 1; None if an article has changed since."""
        quotes = [self.places.quote(code) for code in answer.quotes[: numbers.stop - 1]]
        known = [quote for quote in quotes if quote is not None]
        if len(known) < len(quotes):
            return None
        return self._pipeline.composer.cited(known)[numbers.start - 1 :]

    def quote(self, answer: StoredAnswer, number: int) -> Quote | None:
        """The quote of that number, from 1; None if there is none, or the article has changed."""
        if not 1 <= number <= len(answer.quotes):
            return None
        return self.places.quote(answer.quotes[number - 1])

    def message(self, answer: StoredAnswer, username: str) -> MarkedText | None:
        """The answer as a message; None if an article has changed since."""
        citations = self.citations(answer, range(1, answer.shown + 1))
        if citations is None:
            return None
        link = linker(self.places, username, answer.id)
        return answer_message(answer.lead, citations, answer.notes, link)

    def _worded(
        self, text: str, context: str | None, shown: tuple[str, ...], *, brief: bool
    ) -> Answer:
        """The answer; `shown` are the codes of the quotes that answered the question before.

        The same question always has the same answer, and in a group many ask the same. So answers
        are remembered until articles or vectors change, for each language of the wording.
        """
        state = self._pipeline.generation, spoken_language()
        key = (state, text, context, shown, brief)
        if key not in self._remembered:
            self._remembered[key] = self._word(text, context, shown, brief=brief)
        return self._remembered[key]

    def _word(
        self, text: str, context: str | None, shown: tuple[str, ...], *, brief: bool
    ) -> Answer:
        find = self._pipeline.finder.find
        seen = [quote for code in shown if (quote := self.places.quote(code)) is not None]
        evidence = find(text, context, further=MOST_FURTHER_QUOTES, shown=seen)
        if _may_stand_alone(evidence) and not self._pipeline.finder.is_read_together(evidence):
            alone = find(text, further=MOST_FURTHER_QUOTES)
            evidence = alone if alone.answered else evidence
        if not brief or evidence.answered:
            return self._pipeline.composer.compose(evidence)
        one_line = self._pipeline.composer.compose(replace(evidence, related=()))
        return replace(one_line, related=self._pipeline.composer.cited(evidence.related))

    def _rest(self, question: Question, before: StoredAnswer) -> StoredAnswer | None:
        """The next quotes of the answer before, if the question only wants more of them."""
        rest = before.quotes[before.openable :]
        if not rest or not self._pipeline.finder.reader.wants_more(question.text):
            return None
        return replace(
            before,
            asked=question.asked,
            question=question.text,
            context=before.subject,
            answered=True,
            lead=phrase("more_lead"),
            notes=(),
            quotes=rest,
            shown=min(MORE_QUOTES_AT_ONCE, len(rest)),
            id=new_id(),
        )

    def _subject(self, answer: Answer, question: str) -> str | None:
        """What the next question may lean on: this one, or what this one leans on entirely.

        Both, where a pronoun of this one stands for what that names. None where there is nothing
        to lean on, as after small talk.
        """
        query, reader = answer.evidence.query, self._pipeline.finder.reader
        if query.foreign or reader.names_subject(query):
            if query.context and reader.points_back(question):
                return chained(query.context, question)
            return question
        return question if query.fact and not query.context else query.context


def _shown(answer: Answer, *, brief: bool) -> int:
    """How many of its quotes the message shows."""
    if not answer.shown or (brief and not answer.evidence.answered):
        return 0
    return fitting(answer.lead, answer.shown, answer.notes, lambda _: "https://t.me")


def _may_stand_alone(evidence: Evidence) -> bool:
    """Whether a question that was read as a follow-up may owe nothing to the one before.

    Alone, "who can see them?" asks nothing.
    """
    query = evidence.query
    if not query.context or query.fact or query.wants_more or query.wants_next or query.foreign:
        return False
    told = sum(word.own and word.known for word in query.words)
    return not query.points_back or told > 1 or bool(evidence.quotes)
