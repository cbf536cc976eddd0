"""Opens the pipeline over a folder of articles, and renews it when these have changed."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from bot.composing.pipeline import Pipeline, pipeline_of
from bot.indexing.collection_source import CollectionSource
from bot.indexing.meaning_source import open_vectors
from bot.settings.settings import load_settings
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.questions.vocabulary.synonyms import read_synonyms
from retrieval.store.collection_store import StoreError

if TYPE_CHECKING:
    from retrieval.index.vectors.collection_vectors import CollectionVectors

Made_co = TypeVar("Made_co", covariant=True)


class Renewable(Protocol[Made_co]):
    """Where an index or a pipeline comes from, and whether there is a newer one."""

    @property
    def pause(self) -> float:
        """For how many seconds not to look again."""

    @property
    def trouble(self) -> str:
        """Why the articles cannot be searched now; empty if they can."""

    @property
    def seconds(self) -> float:
        """How long it took to ask for them the last time; 0 of what is on this machine."""

    def renewed(self) -> Made_co | None:
        """The one of the articles as they are, from any thread; None if nothing has changed."""


class PipelineSource:
    """Makes pipelines over one folder, or over the one that the settings name.

    The collection is kept in the data folder; where that cannot be, it is made in memory and stays
    as it is. With FOOTNOTE_OPENSEARCH_URL it is what is published there, unless a folder is named.
    `warn` hears in one line of what cannot be used.
    """

    def __init__(self, folder: Path | None, warn: Callable[[str], None]) -> None:
        self._folder = folder
        self._warn = warn
        self._settings = load_settings()
        self._groups = read_synonyms(self._settings.synonyms)
        self._collection: Renewable[Index] | None = None
        self._fetch_vectors: Callable[[CollectionVectors], None] | None = None
        self._looked = 0.0

    def index(self) -> Index:
        """The index of the articles.

        Raises FolderError if none is usable, SearchOutageError if what is published cannot be had.
        """
        if self._settings.opensearch_url and self._folder is None:
            return self._published()
        collection = CollectionSource(self._folder, self._settings, self._warn)
        try:
            index = collection.open()
        except StoreError as error:
            from bot.indexing.article_loading import load_collection

            self._warn(f"{error}; until then it is made anew at each start")
            return memory_index(load_collection(self._folder, self._warn))
        self._collection = collection
        return index

    def _published(self) -> Index:
        from bot.indexing.published_source import PublishedSource

        source = PublishedSource(self._settings, self._warn)
        index = source.open()
        self._collection = source
        self._fetch_vectors = source.fetch_vectors
        return index

    def vectors_of(self, index: Index) -> "CollectionVectors | None":
        """The vectors of an index from here, those that are published among them.

        None without an encoder, or if switched off. Nothing is encoded by it.
        """
        vectors = open_vectors(index, self._settings)
        if vectors is not None and self._fetch_vectors is not None:
            self._fetch_vectors(vectors)
        return vectors

    def open(self) -> Pipeline:
        """The pipeline over the articles; raises as `index` does."""
        return self._over(self.index())

    @property
    def trouble(self) -> str:
        """Why the articles cannot be searched now; empty if they can."""
        return self._collection.trouble if self._collection else ""

    @property
    def seconds(self) -> float:
        """How long it took to ask for them the last time; 0 of what is on this machine."""
        return self._collection.seconds if self._collection else 0.0

    @property
    def pause(self) -> float:
        """For how many seconds not to look again."""
        return self._collection.pause if self._collection else float("inf")

    def renewed(self) -> Pipeline | None:
        """A pipeline over what there is now, if anything has changed; from any thread."""
        now = time.monotonic()
        if self._collection is None or now - self._looked < self.pause:
            return None
        self._looked = now
        index = self._collection.renewed()
        return None if index is None else self._over(index)

    def _over(self, index: Index) -> Pipeline:
        return pipeline_of(index, self._groups, self.vectors_of)


def open_pipeline(folder: Path | None, warn: Callable[[str], None]) -> Pipeline:
    """The pipeline for the articles in that folder, or in the one that the settings name."""
    return PipelineSource(folder, warn).open()
