"""Opens what takes articles in for the data folder and the folder of articles in the settings."""

from typing import TYPE_CHECKING

from bot.settings.settings import Settings
from retrieval.errors import RetrievalError
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.added.feed_store import FeedStore
from retrieval.sources.folders.folder import ids_in
from retrieval.sources.worker.ingest_extra import INSTALL, is_ingest_installed
from retrieval.sources.worker.reading_worker import ReadingWorker
from retrieval.text.detection import detected_language

if TYPE_CHECKING:
    from retrieval.sources.added.adding import Adding
    from retrieval.sources.added.feed_following import Following


class IngestMissingError(RetrievalError):
    """The libraries that read documents are not installed; the text says how they come."""


def open_adding(settings: Settings, worker: ReadingWorker | None = None) -> "Adding":
    """What reads sources into the store of added articles; raises IngestMissingError.

    Those who share a `worker` read one after the other.
    """
    if not is_ingest_installed():
        raise IngestMissingError(
            f"adding articles needs the extra footnote-bot[ingest]; run {INSTALL}"
        )
    from retrieval.sources.added.adding import Adding

    return Adding(
        ArticleStore(settings.data),
        worker or ReadingWorker(),
        detected_language,
        lambda: ids_in(settings.articles),
        private=settings.private_addresses,
    )


def open_following(settings: Settings, worker: ReadingWorker | None = None) -> "Following":
    """What follows feeds, too; raises IngestMissingError."""
    adding = open_adding(settings, worker)
    from retrieval.sources.added.feed_following import Following

    return Following(adding, FeedStore(settings.data))
