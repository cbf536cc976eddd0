"""The whole way from a question to a worded answer: articles, index, finder, composer."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.composing.answer_composer import Answer, AnswerComposer
from bot.composing.briefing_composer import BriefingComposer, WordedBriefing
from bot.composing.briefing_wishes import asks_for_all
from bot.indexing.meaning_source import meaning_of, open_vectors
from bot.settings.settings import Settings, load_settings
from retrieval.answers.finder import Finder
from retrieval.articles import Articles, Collection, Paragraph
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.errors import FolderError
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.questions.synonyms import read_synonyms
from retrieval.sources import Loaded, load_folder
from retrieval.sources.added.added_article import AddedArticle, with_id
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.worker.document_cache import document_reader
from retrieval.text.detection import LanguageDetector

FEW_POINTS = 3


@dataclass(frozen=True, slots=True)
class Pipeline:
    """An index of articles, and who finds and words what they hold."""

    index: Index
    finder: Finder
    composer: AnswerComposer
    briefer: Briefer
    vectors: CollectionVectors | None = None

    @property
    def articles(self) -> Articles:
        """The articles by key."""
        return self.index.articles

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
        composer = BriefingComposer(self.articles, self.composer)
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
    """The pipeline for the articles in that folder, or in the one that the settings name."""
    settings = load_settings()
    collection = load_collection(folder, warn)
    groups = read_synonyms(settings.synonyms)
    return build_pipeline(collection, groups, lambda index: open_vectors(index, settings))


def build_pipeline(
    collection: Collection,
    synonym_groups: Sequence[Sequence[str]],
    vectors_of: Callable[[Index], CollectionVectors | None] = lambda _: None,
) -> Pipeline:
    """The pipeline over these articles; `synonym_groups` are expressions that mean the same.

    `vectors_of` gives the vectors of its index, where questions are found by meaning, too.
    """
    index = memory_index(collection)
    vectors = vectors_of(index)
    meaning = meaning_of(vectors)
    finder = Finder(index, synonym_groups, meaning)
    briefer = Briefer(index, finder.reader, synonym_groups, meaning)
    composer = AnswerComposer(collection)
    return Pipeline(index, finder, composer, briefer, vectors)


def load_collection(folder: Path | None, warn: Callable[[str], None]) -> Collection:
    """The usable articles; `warn` hears in one line of the files that cannot be used.

    Raises FolderError if not one is usable.
    """
    settings = load_settings()
    added = ArticleStore(settings.data).all()
    try:
        loaded = load(folder, settings)
    except FolderError:
        if not added:
            raise
        loaded = Loaded(Collection(()), ())
    if unusable := _unusable(loaded):
        warn(unusable)
    collection = _with_added(loaded.collection, added)
    if not collection.articles:
        raise FolderError("no article can be used; correct the files named above")
    return collection


def _with_added(collection: Collection, added: Sequence[AddedArticle]) -> Collection:
    """The articles of the folder and those that were added; an id that both have is the folder's.

    The added one is called by it and `-added` then.
    """
    if not added:
        return collection
    articles = [*collection.articles]
    taken = {article.id for article in articles}
    for one in added:
        identity = one.article.id
        while identity in taken:
            identity += "-added"
        taken.add(identity)
        articles.append(with_id(one.article, identity))
    return Collection(articles)


def _unusable(loaded: Loaded) -> str | None:
    """How many files cannot be used; None if all can. Pictures and programs are not counted."""
    documents = [kind for kind in loaded.unread if kind.is_document]
    if len(loaded.defects) == 1 and not documents:
        return str(loaded.defects[0])
    parts = [f"{loaded.broken:,} with defects"] if loaded.broken else []
    parts += [f"{kind.count:,} with the ending {kind.ending}" for kind in documents]
    partly = len({defect.path for defect in loaded.defects}) - loaded.broken
    count = loaded.broken + sum(kind.count for kind in documents)
    said = [f"{_files(count)} cannot be used ({', '.join(parts)})"] if count else []
    said += [f"{_files(partly)} can be used only in part"] if partly > 0 else []
    return f"{' and '.join(said)}; `footnote articles check` names them" if said else None


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def load(folder: Path | None, settings: Settings, *, check: bool = False) -> Loaded:
    """The articles of that folder, or of the one that the settings name, and the defects.

    `check` also looks for markup that is left in the texts.
    """
    detector = LanguageDetector(settings.data / "languages.json")
    loaded = load_folder(
        folder or settings.articles, detector, document_reader(settings.data), check=check
    )
    detector.remember()
    return loaded
