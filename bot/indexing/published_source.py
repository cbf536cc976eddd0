"""Opens the collection that is published to OpenSearch, and looks whether there is a newer one."""

import shutil
from collections.abc import Callable
from pathlib import Path

from bot.settings.settings import Settings
from retrieval.errors import RetrievalError, SearchOutageError, where
from retrieval.index.collection_index import Index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.opensearch.file_transfer import fetch_lexicon, fetch_vectors
from retrieval.opensearch.lexicon_file import LexiconError, check_lexicon
from retrieval.opensearch.published_paragraphs import PublishedParagraphs
from retrieval.opensearch.published_snapshot import PublishedEngine, PublishedSnapshot
from retrieval.opensearch.published_version import (
    PublishedVersion,
    current_index,
    is_version_of,
    version_of,
)
from retrieval.opensearch.search_server import SearchServer, ServerAccess
from retrieval.store.tables.schema import FILE, make_folder

FOLDER = "published"
LOOK_AT_CLUSTER_SECONDS = 5.0


def open_server(settings: Settings) -> SearchServer:
    """The connection to the cluster that the settings name; raises SearchOutageError."""
    return SearchServer(
        ServerAccess(
            settings.opensearch_url,
            settings.opensearch_user,
            settings.opensearch_password,
            settings.opensearch_api_key,
            settings.opensearch_ca,
        )
    )


class PublishedSource:
    """The collection that an alias stands for, whose lexicon is copied into the data folder.

    `warn` hears in one line why a newer version cannot be used, once for as long as that lasts.
    """

    pause = LOOK_AT_CLUSTER_SECONDS

    def __init__(self, settings: Settings, warn: Callable[[str], None]) -> None:
        self._alias = settings.opensearch_alias
        self._folder = settings.data / FOLDER
        self._warn = warn
        self._named = ""
        self._index = ""
        self._version: PublishedVersion | None = None
        self._server = open_server(settings)

    def close(self) -> None:
        """Close the connections; indices that are open cannot be searched any more."""
        self._server.close()

    @property
    def trouble(self) -> str:
        """Why the collection cannot be searched; empty if it can."""
        return self._server.trouble

    @property
    def seconds(self) -> float:
        """How long the cluster took to answer the last time."""
        return self._server.seconds

    def open(self) -> Index:
        """The index of the newest version. Raises SearchOutageError or another RetrievalError.

        While the cluster is away, it is that of the version that was read last.
        """
        try:
            return self._open(self._newest())
        except SearchOutageError as error:
            last = self._last()
            if last is None:
                self.close()
                raise
            self._name(str(error))
            return self._over(last)

    def renewed(self) -> Index | None:
        """The index of the newest version if that is another one; None if it is not.

        It may be called from any thread, by one at a time. A version that cannot be had, or used,
        is named; the one before goes on.
        """
        try:
            index = current_index(self._server, self._alias)
            if index == self._index:
                self._named = ""
                return None
            return self._open(self._newest())
        except RetrievalError as error:
            self._name(str(error))
            return None

    def fetch_vectors(self, vectors: CollectionVectors) -> None:
        """Take over what was published of the vectors of the version that was opened last.

        Why that cannot be is named; they are made here, then.
        """
        if self._version is None:
            return
        folder = self._folder / self._version.index
        try:
            fetch_vectors(self._server, self._version, vectors, folder)
        except (RetrievalError, OSError) as error:
            self._warn(f"the published vectors cannot be had ({error}); they are made here")

    def _newest(self) -> PublishedVersion:
        index = current_index(self._server, self._alias)
        if index is None:
            raise SearchOutageError(
                f"{self._server.name}: no articles are published there as {self._alias}; run "
                "`footnote articles publish`"
            )
        return version_of(self._server, index)

    def _open(self, version: PublishedVersion) -> Index:
        folder = self._folder / version.index
        try:
            make_folder(folder)
            if not _is_there(folder / FILE):
                fetch_lexicon(self._server, version, folder)
        except OSError as error:
            raise RetrievalError(
                f"{where(folder)}: the lexicon of the articles cannot be kept ({error}); make room"
            ) from error
        found = self._over(version.index)
        self._named, self._version = "", version
        self._remove_others(version.index)
        return found

    def _over(self, index: str) -> Index:
        paragraphs = PublishedParagraphs(self._server, index)
        found = Index(PublishedEngine(PublishedSnapshot(self._folder / index, paragraphs)))
        self._index = index
        return found

    def _last(self) -> str | None:
        """The newest version whose lexicon is here and can be used."""
        names = sorted(self._copies(), reverse=True)
        return next((name for name in names if _is_there(self._folder / name / FILE)), None)

    def _copies(self) -> list[str]:
        found = self._folder.iterdir() if self._folder.is_dir() else ()
        return [path.name for path in found if is_version_of(self._alias, path.name)]

    def _remove_others(self, index: str) -> None:
        """Remove the copies of other versions; those that are read now stay until that ends."""
        for name in self._copies():
            if name != index:
                shutil.rmtree(self._folder / name, ignore_errors=True)

    def _name(self, problem: str) -> None:
        if problem != self._named:
            self._warn(problem)
        self._named = problem


def _is_there(file: Path) -> bool:
    """Whether a copy is there, and undamaged."""
    try:
        check_lexicon(file)
    except LexiconError:
        return False
    return True
