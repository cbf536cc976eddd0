"""The whole way from a question to a worded answer: articles, index, finder, composer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.composing.answer_composer import Answer, AnswerComposer
from bot.composing.current_articles import CurrentArticles
from bot.indexing.meaning_source import meaning_of
from retrieval.answers.finder import Finder
from retrieval.articles import Articles, Paragraph
from retrieval.index.collection_index import Index

if TYPE_CHECKING:
    from bot.composing.briefing_composer import WordedBriefing
    from bot.composing.topic_briefings import TopicBriefings
    from retrieval.briefing.briefing import Length
    from retrieval.index.vectors.collection_vectors import CollectionVectors


@dataclass(slots=True)
class Pipeline:
    """An index of articles with what finds quotes in it, and what words answers and briefings.

    When the articles have changed, `renew` replaces all of them and counts up `edition`. An answer
    that has begun is finished with the old ones.
    """

    index: Index
    finder: Finder
    composer: AnswerComposer
    make_briefings: Callable[[], "TopicBriefings"]
    vectors: "CollectionVectors | None" = None
    edition: int = 0
    _briefings: "TopicBriefings | None" = None

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
        self.composer, self.vectors = other.composer, other.vectors
        self.make_briefings, self._briefings = other.make_briefings, None
        self.edition += 1

    def ask(self, question: str, context: str | None = None, limit: int | None = None) -> Answer:
        """The answer to a question, read together with `context`, the one before it."""
        return self.composer.compose(self.finder.find(question, context, limit))

    @property
    def briefings(self) -> "TopicBriefings":
        """Who writes briefings; made for the first one, as no answer needs it."""
        if self._briefings is None:
            self._briefings = self.make_briefings()
        return self._briefings

    def brief(
        self, topic: str, length: "Length", among: Iterable[Paragraph] | None = None
    ) -> "WordedBriefing":
        """The briefing on a topic, as `TopicBriefings` writes it."""
        return self.briefings.brief(topic, length, among)


def pipeline_of(
    index: Index,
    synonym_groups: Sequence[Sequence[str]],
    vectors_of: Callable[[Index], "CollectionVectors | None"] = lambda _: None,
) -> Pipeline:
    """The pipeline over the articles of an index.

    `synonym_groups` are expressions that mean the same; `vectors_of` gives the vectors of the
    index, where questions are found by meaning, too.
    """
    vectors = vectors_of(index)
    meaning = meaning_of(vectors)
    finder = Finder(index, synonym_groups, meaning)
    composer = AnswerComposer(index.articles)

    def briefings() -> "TopicBriefings":
        from bot.composing.topic_briefings import TopicBriefings
        from retrieval.briefing.briefer import Briefer

        briefer = Briefer(index, finder.reader, synonym_groups, meaning)
        return TopicBriefings(briefer, index.articles, composer)

    return Pipeline(index, finder, composer, briefings, vectors)
