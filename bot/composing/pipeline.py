"""The whole way from a question to a worded answer: articles, index, finder, composer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.composing.answer_composer import Answer, AnswerComposer
from bot.composing.briefing_composer import BriefingComposer, WordedBriefing
from bot.composing.briefing_wishes import asks_for_all
from bot.composing.current_articles import CurrentArticles
from bot.indexing.meaning_source import meaning_of
from retrieval.answers.finder import Finder
from retrieval.articles import Articles, Paragraph
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.index.collection_index import Index
from retrieval.index.vectors.collection_vectors import CollectionVectors

FEW_POINTS = 3
LEAST_STEP = 8  # words that less room is given by, where a little less changed nothing


@dataclass(slots=True)
class Pipeline:
    """An index of articles with what finds quotes in it, and what words answers and briefings.

    When the articles have changed, `renew` replaces all of them and counts up `edition`. An answer
    that has begun is finished with the old ones.
    """

    index: Index
    finder: Finder
    composer: AnswerComposer
    briefer: Briefer
    vectors: CollectionVectors | None = None
    edition: int = 0

    @property
    def articles(self) -> Articles:
        """The articles by key; always those of the current index."""
        return CurrentArticles(lambda: self.index.articles)

    @property
    def generation(self) -> tuple[int, int]:
        """A key that changes whenever answers may: with the articles and with their vectors."""
        return self.edition, self.finder.generation

    def renew(self, other: "Pipeline") -> None:
        """Take over the index and everything else from another pipeline."""
        self.index, self.finder = other.index, other.finder
        self.composer, self.briefer = other.composer, other.briefer
        self.vectors = other.vectors
        self.edition += 1

    def ask(self, question: str, context: str | None = None, limit: int | None = None) -> Answer:
        """The answer to a question, read together with `context`, the one before it."""
        return self.composer.compose(self.finder.find(question, context, limit))

    def brief(
        self, topic: str, length: Length, among: Iterable[Paragraph] | None = None
    ) -> WordedBriefing:
        """The briefing on a topic, or on everything if it is empty, from the paragraphs `among`.

        The whole text, headings included, is within the length, unless its only point is longer.
        """
        topic = self.topic_of(topic)
        composer = BriefingComposer(self.articles, self.composer)
        read = self.briefer.read(topic, among)
        room, words, step = length, 0, 0
        while True:
            worded = composer.compose(
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


def pipeline_of(
    index: Index,
    synonym_groups: Sequence[Sequence[str]],
    vectors_of: Callable[[Index], CollectionVectors | None] = lambda _: None,
) -> Pipeline:
    """The pipeline over the articles of an index.

    `synonym_groups` are expressions that mean the same; `vectors_of` gives the vectors of the
    index, where questions are found by meaning, too.
    """
    vectors = vectors_of(index)
    meaning = meaning_of(vectors)
    finder = Finder(index, synonym_groups, meaning)
    briefer = Briefer(index, finder.reader, synonym_groups, meaning)
    composer = AnswerComposer(index.articles)
    return Pipeline(index, finder, composer, briefer, vectors)
