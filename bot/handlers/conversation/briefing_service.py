"""Writes briefings for a chat: their length, and what is kept of them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from cachetools import LRUCache

from bot.composing.briefing_composer import WordedBriefing
from bot.composing.briefing_lengths import FILE_LIMITS, BriefingLength
from bot.composing.briefing_wishes import without_short
from bot.composing.pipeline import Pipeline
from bot.composing.wording import spoken_language
from bot.handlers.conversation.answer_service import cited_texts
from bot.rendering.telegram.briefing_message import briefing_message, fitting_briefing
from bot.rendering.telegram.deep_links import linker
from bot.rendering.telegram.keyboards import Keyboard, briefing_keyboard
from bot.rendering.telegram.markup import MarkedText
from bot.rendering.telegram.quote_codes import QuoteCodes, article_code
from bot.storage.answer_store import AnswerStore
from bot.storage.briefing_store import BriefingStore, StoredBriefing
from bot.storage.paragraph_history import ParagraphHistory
from bot.storage.stored_answer import Asked, CitedText, StoredAnswer, new_id
from retrieval.articles import Paragraph
from retrieval.briefing.briefing import Length
from retrieval.questions.query import Query
from retrieval.text.headings import label

MOST_REMEMBERED_BRIEFINGS = 200
WORDS_OF_A_POINT = 40
SAME_BRIEFING_SECONDS = 600


@dataclass(frozen=True, slots=True)
class BriefingRequest:
    """What is to be briefed on: a topic, all if it is empty; or only what is new of it.

    `length` is that of the briefing as it is first shown.
    """

    topic: str
    is_news: bool = False
    length: BriefingLength = BriefingLength.USUAL


@dataclass(frozen=True, slots=True)
class WrittenBriefing:
    """A briefing for a chat: its words, of one of the lengths, and what is kept of it."""

    worded: WordedBriefing
    length: BriefingLength
    answer: StoredAnswer
    stored: StoredBriefing


class BriefingService:
    """Writes briefings, in the worker's thread, and writes kept ones again in another length."""

    def __init__(
        self,
        pipeline: Pipeline,
        answers: AnswerStore,
        kept: BriefingStore,
        editions: ParagraphHistory,
        clock: Callable[[], float],
    ) -> None:
        self._pipeline = pipeline
        self._answers = answers
        self._kept = kept
        self._editions = editions
        self.clock = clock
        self.places = QuoteCodes(pipeline.articles)
        self._remembered: LRUCache[object, WordedBriefing] = LRUCache(MOST_REMEMBERED_BRIEFINGS)

    def write(
        self, asked: Asked, wanted: BriefingRequest, username: str
    ) -> WrittenBriefing | None:
        """The briefing, not yet kept; None if only what is new is wanted and nothing is."""
        topic, length = self._topic_and_length(wanted)
        since = self._last(asked, topic) if wanted.is_news else None
        among = None if since is None else self._editions.since(since)
        if among == ():
            return None
        worded = self._fitting(topic, length, among, username)
        codes = tuple(self.places.code(citation.quote) for citation in worded.citations)
        answer = StoredAnswer(
            asked=asked,
            question=topic,
            context=None,
            subject=topic or None,
            answered=worded.briefing.found,
            lead=worded.lead,
            notes=worded.notes,
            quotes=codes,
            shown=len(codes),
            id=new_id(),
            cited=self._cited(worded),
        )
        key = _key(worded.briefing.query, since)
        stored = StoredBriefing(answer.id, key, self._editions.edition, since)
        return WrittenBriefing(worded, length, answer, stored)

    def _last(self, asked: Asked, topic: str) -> float:
        """When this place was last told what is new, altogether or on that topic; 0 if never."""
        everything = self._kept.last(asked.chat, asked.thread) or 0.0
        return max(everything, self._kept.last_news(asked.chat, asked.thread, topic) or 0.0)

    def _cited(self, worded: WordedBriefing) -> tuple[CitedText, ...]:
        quotes = (citation.quote for citation in worded.citations)
        return cited_texts(self._pipeline.articles, quotes)

    def _topic_and_length(self, wanted: BriefingRequest) -> tuple[str, BriefingLength]:
        """What is wanted, without words that tell the length; a title is left as it is."""
        words, is_short = without_short(wanted.topic)
        if is_short and not self._pipeline.briefings.briefer.is_title(wanted.topic):
            return self._pipeline.briefings.topic_of(words), BriefingLength.SHORT
        return self._pipeline.briefings.topic_of(wanted.topic), wanted.length

    def stored(self, answer: StoredAnswer) -> BriefingRequest | None:
        """What a kept briefing was on; None if the answer is none."""
        stored = self._kept.get(answer.id)
        if stored is None:
            return None
        return BriefingRequest(answer.question, is_news=stored.since is not None)

    def again(
        self, answer: StoredAnswer, length: BriefingLength, username: str
    ) -> WrittenBriefing | None:
        """A kept briefing in that length; None if it is none, or the articles have changed."""
        stored = self._kept.get(answer.id)
        if stored is None or stored.edition != self._editions.edition:
            return None
        among = self._among(stored)
        worded = self._fitting(answer.question, length, among, username)
        codes = tuple(self.places.code(citation.quote) for citation in worded.citations)
        return WrittenBriefing(
            worded,
            length,
            replace(answer, quotes=codes, shown=len(codes), cited=self._cited(worded)),
            stored,
        )

    def whole(self, answer: StoredAnswer) -> WordedBriefing | None:
        """A kept briefing with all that it may hold; None if the articles have changed."""
        stored = self._kept.get(answer.id)
        if stored is None or stored.edition != self._editions.edition:
            return None
        return self._worded(answer.question, FILE_LIMITS, self._among(stored))

    def keep(self, given: WrittenBriefing, place: tuple[int, int]) -> None:
        """Keep a briefing that was given, and the chat and message that show it.

        That chat is another one where the group has just become a supergroup.
        """
        asked = given.answer.asked
        if place[0] != asked.chat:
            asked = replace(asked, chat=place[0])
        self._answers.keep(replace(given.answer, asked=asked), place)
        if given.answer.answered:
            self._kept.keep(given.stored, self.clock())
            self._note(place[0], given)

    def _note(self, chat: int, given: WrittenBriefing) -> None:
        """Note when the chat was briefed; one on a topic does not count as one on all news."""
        thread = given.answer.asked.thread
        last = self._kept.last(chat, thread)
        if not given.answer.question or last is None or not self._editions.since(last):
            self._kept.note_briefed(chat, thread, self.clock())

    def already_given(self, given: WrittenBriefing) -> tuple[int, int] | None:
        """The message that gave the same here a short while ago, and how many minutes ago."""
        asked, now = given.answer.asked, self.clock()
        if not given.answer.answered:
            return None
        since = now - SAME_BRIEFING_SECONDS
        found = self._kept.given(asked.chat, asked.thread, given.stored, since)
        return None if found is None else (found[0], max(0, int((now - found[1]) // 60)))

    def heading(self, article: str, number: int) -> str | None:
        """The label of that paragraph's heading; None if there is none any more."""
        known = self.places.article(article)
        paragraph = known and self._pipeline.articles.paragraph(known.id, number)
        return (label(paragraph.heading) or None) if paragraph else None

    def message(self, given: WrittenBriefing, username: str) -> MarkedText:
        """The briefing as a message."""
        link = linker(self.places, username, given.answer.id)
        return briefing_message(given.worded, link)

    @staticmethod
    def keyboard(given: WrittenBriefing) -> Keyboard:
        """The buttons under it."""
        near = [
            (heading, article_code(paragraph.article), paragraph.number)
            for heading, paragraph in given.worded.near
        ]
        answer = given.answer if given.answer.answered else None
        points = len(tuple(given.worded.points))
        is_full = _is_full(given.worded, given.length.limits)
        return briefing_keyboard(answer, points, given.length, near, is_full=is_full)

    def _among(self, stored: StoredBriefing) -> tuple[Paragraph, ...] | None:
        return None if stored.since is None else self._editions.since(stored.since)

    def _fitting(
        self,
        topic: str,
        length: BriefingLength,
        among: tuple[Paragraph, ...] | None,
        username: str,
    ) -> WordedBriefing:
        """The briefing of that length, or with as many points as a message holds."""
        link = linker(self.places, username)
        return fitting_briefing(
            lambda wanted: self._worded(topic, wanted, among), length.limits, link
        )

    def _worded(
        self, topic: str, length: Length, among: tuple[Paragraph, ...] | None
    ) -> WordedBriefing:
        """The briefing, which is the same for the same topic, always: buttons ask for it again.

        It is remembered until articles or vectors change, in the language in which it was worded.
        """
        key = (self._pipeline.generation, spoken_language(), topic, length, among)
        if key not in self._remembered:
            self._remembered[key] = self._pipeline.brief(topic, length, among)
        return self._remembered[key]


def _is_full(worded: WordedBriefing, length: Length) -> bool:
    """Whether the length left no room for another point of the usual size."""
    quotes = [point.citation.quote.text for point in worded.points]
    left = length.words - sum(len(text.split()) for text in quotes)
    return len(quotes) >= length.points or left < WORDS_OF_A_POINT


def _key(query: Query | None, since: float | None) -> str:
    """A key that is equal for equal topics, in whatever order and form their words were typed."""
    words = query.words if query else ()
    terms = sorted({" ".join(word.phrase) for word in words})
    return "|".join(terms) + (f"@{since}" if since is not None else "")
