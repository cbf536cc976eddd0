"""The whole way from a question to a worded answer: articles, index, finder, composer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.composing.answer_composer import Answer, AnswerComposer
from bot.composing.briefing_composer import BriefingComposer, WordedBriefing
from bot.composing.briefing_wishes import asks_for_all
from bot.settings.settings import Settings, load_settings
from retrieval.answers.finder import Finder
from retrieval.articles import Collection, Paragraph
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.errors import FolderError
from retrieval.index.collection_index import Index
from retrieval.questions.synonyms import read_synonyms
from retrieval.sources import Loaded, load_folder
from retrieval.text.detection import LanguageDetector

MOST_WARNINGS = 3
FEW_POINTS = 3


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A collection, its index, and who finds and words what it holds."""

    collection: Collection
    index: Index
    finder: Finder
    composer: AnswerComposer
    briefer: Briefer

    def ask(self, question: str, context: str | None = None, limit: int | None = None) -> Answer:
        """The answer to a question, read together with `context`, the one before it."""
        return self.composer.compose(self.finder.find(question, context, limit))

    def brief(
        self, topic: str, length: Length, among: Iterable[Paragraph] | None = None
    ) -> WordedBriefing:
        """The briefing on a topic, or on all if it is empty, from the paragraphs in `among`.

        All that is to be read is within the length, headings included, if not even one point is
        longer than that.
        """
        topic = self.topic_of(topic)
        composer = BriefingComposer(self.collection, self.composer)
        among = None if among is None else tuple(among)
        room = length
        while True:
            worded = composer.compose(
                self.briefer.brief(topic, room, among),
                topic,
                is_news=among is not None,
                is_brief=length.points <= FEW_POINTS and length.sentences is None,
            )
            excess = worded.words - length.words
            if excess <= 0 or len(tuple(worded.points)) <= 1:
                return worded
            room = replace(room, reserved=room.reserved + excess)

    def topic_of(self, words: str) -> str:
        """The topic that the words name; empty if they wish for all ("everything", "tl;dr")."""
        is_all = asks_for_all(words) and not self.briefer.is_title(words)
        return "" if is_all else words


def open_pipeline(folder: Path | None, warn: Callable[[str], None]) -> Pipeline:
    """A desk for the articles in that folder, or in the one that the settings name."""
    settings = load_settings()
    collection = load_collection(folder, warn)
    groups = read_synonyms(settings.synonyms)
    return build_pipeline(collection, groups)


def build_pipeline(collection: Collection, synonym_groups: Sequence[Sequence[str]]) -> Pipeline:
    """The pipeline over these articles; `synonym_groups` are expressions that mean the same."""
    index = Index(collection)
    finder = Finder(index, synonym_groups)
    briefer = Briefer(index, finder.reader, synonym_groups)
    return Pipeline(collection, index, finder, AnswerComposer(collection), briefer)


def load_collection(folder: Path | None, warn: Callable[[str], None]) -> Collection:
    """The usable articles; `warn` hears of the files that are not.

    Raises FolderError if not one is usable.
    """
    loaded = load(folder, load_settings())
    for defect in loaded.defects[:MOST_WARNINGS]:
        warn(str(defect))
    if len(loaded.defects) > MOST_WARNINGS:
        more = len(loaded.defects) - MOST_WARNINGS
        warn(f"{more} more files cannot be used; `footnote articles check` lists them all")
    if not loaded.collection.articles:
        raise FolderError("no article can be used; correct the files named above")
    return loaded.collection


def load(folder: Path | None, settings: Settings) -> Loaded:
    """The articles of that folder, or of the one that the settings name, and the defects."""
    detector = LanguageDetector(settings.data / "languages.json")
    loaded = load_folder(folder or settings.articles, detector)
    detector.remember()
    return loaded
