"""Loads the articles of a folder into memory, with those that were added and what is wrong."""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.indexing.collection_source import NONE_USABLE, unusable_files
from bot.settings.settings import Settings, load_settings
from retrieval.articles import Collection
from retrieval.errors import FolderError
from retrieval.sources.added.added_article import AddedArticle, with_id
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.folders.folder import Loaded, load_folder
from retrieval.sources.folders.folder_scan import check_folder
from retrieval.sources.worker.document_cache import document_reader
from retrieval.text.detection import LanguageDetector


def load_collection(folder: Path | None, warn: Callable[[str], None]) -> Collection:
    """The usable articles; `warn` hears in one line of the files that cannot be used.

    Raises FolderError if there is no such folder or not one is usable.
    """
    settings = load_settings()
    check_folder(folder or settings.articles)
    added = ArticleStore(settings.data).all()
    try:
        loaded = load_articles(folder, settings)
    except FolderError:
        if not added:
            raise
        loaded = Loaded(Collection(()), ())
    if unusable := unusable_files(loaded.defects, loaded.broken, loaded.unread):
        warn(unusable)
    collection = _with_added(loaded.collection, added)
    if not collection.articles:
        raise FolderError(NONE_USABLE)
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


def load_articles(folder: Path | None, settings: Settings, *, check: bool = False) -> Loaded:
    """The articles of that folder, or of the one that the settings name, and the defects.

    `check` also looks for markup that is left in the texts.
    """
    detector = LanguageDetector(settings.data / "languages.json")
    loaded = load_folder(
        folder or settings.articles, detector, document_reader(settings.data), check=check
    )
    detector.remember()
    return loaded
