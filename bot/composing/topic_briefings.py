"""The whole way from a topic to a worded briefing: briefer, composer, and their lengths."""

from collections.abc import Iterable
from dataclasses import replace

from bot.composing.answer_composer import AnswerComposer
from bot.composing.briefing_composer import BriefingComposer, WordedBriefing
from bot.composing.briefing_wishes import asks_for_all
from retrieval.articles import Articles, Paragraph
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length

FEW_POINTS = 3
LEAST_STEP = 8  # words that less room is given by, where a little less changed nothing


class TopicBriefings:
    """Writes and words briefings on the articles of one index."""

    def __init__(self, briefer: Briefer, articles: Articles, composer: AnswerComposer) -> None:
        self.briefer = briefer
        self._composer = BriefingComposer(articles, composer)

    def brief(
        self, topic: str, length: Length, among: Iterable[Paragraph] | None = None
    ) -> WordedBriefing:
        """The briefing on a topic, or on everything if it is empty, from the paragraphs `among`.

        The whole text, headings included, is within the length, unless its only point is longer.
        """
        topic = self.topic_of(topic)
        read = self.briefer.read(topic, among)
        room, words, step = length, 0, 0
        while True:
            worded = self._composer.compose(
                self.briefer.write(read, room),
                topic,
                is_news=among is not None,
                is_brief=length.points <= FEW_POINTS and length.sentences is None,
            )
            excess = worded.words - length.words
            if excess <= 0 or len(tuple(worded.points)) <= 1:
                return worded
            # Room for a few words more is often taken by the same sentences.
            step = max(LEAST_STEP, 2 * step) if worded.words == words else excess
            words = worded.words
            room = replace(room, reserved=room.reserved + step)

    def topic_of(self, words: str) -> str:
        """The topic that the words name; empty if they wish for all ("everything", "tl;dr")."""
        is_all = asks_for_all(words) and not self.briefer.is_title(words)
        return "" if is_all else words
