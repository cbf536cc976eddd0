"""Opens the collection that is kept of a folder of articles, and looks what has changed there."""

import time
from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from bot.indexing.folder_watch import FolderWatch
from bot.indexing.meaning_source import COLLECTIONS, MEANING_OFF
from bot.settings.settings import Settings
from retrieval.errors import ArticleError, FolderError, RetrievalError
from retrieval.index.collection_index import Index
from retrieval.sources.added.article_store import ArticleStore
from retrieval.sources.file_kinds import DOCUMENT_SUFFIXES, SUFFIXES, FileKind
from retrieval.sources.folders.folder_scan import Scan
from retrieval.sources.worker.ingest_extra import is_ingest_installed
from retrieval.store.collection_store import CollectionStore
from retrieval.store.folder_sync import FolderSync, OnProgress, SourceFolder, SyncedFiles
from retrieval.store.reading.stored_engines import EngineChoice, engine_of
from retrieval.store.tables.schema import FILE
from retrieval.text.detection import LanguageDetector

if TYPE_CHECKING:
    from retrieval.sources.article_file import ReadDocument, ReadFile

SETTLED_NANOSECONDS = 500_000_000  # a file that is younger may not be complete
OTHER_PROCESS_SECONDS = 2  # to wait for another process that updates the collection
PROGRESS_FILES = 50
PROGRESS_SECONDS = 3
NONE_USABLE = "no article can be used; correct the files named above"


class CollectionSource:
    """The collection of one folder, kept in the data folder and like its files.

    `warn` hears in one line of the files that cannot be used, each of them once.
    """

    def __init__(
        self, folder: Path | None, settings: Settings, warn: Callable[[str], None]
    ) -> None:
        self._detector = LanguageDetector(settings.data / "languages.json")
        self._choice = EngineChoice(settings.index)
        self._warn = warn
        self._data = settings.data
        added = SourceFolder(
            ArticleStore(settings.data).folder,
            frozenset({".json"}),
            read=_read_added,
            names_articles=False,
            is_needed=False,
        )
        self.folders = [self._of_files(folder or settings.articles), added]
        # A bot that answers from what is published may compare meanings though this one does not.
        embeds = settings.meaning != MEANING_OFF or bool(settings.opensearch_url)
        kept = settings.data / COLLECTIONS / _name(self.folders)
        self.store = CollectionStore(kept, embeds=embeds)
        self._sync = FolderSync(self.store, self.folders)
        self._named: set[str] = set()
        self._version = 0
        self._seen: Scan | None = None
        self._settled = b""
        self._watch = FolderWatch([source.folder for source in self.folders])
        self.trouble, self.seconds = "", 0.0  # what lies on this machine's disk is at hand

    @property
    def pause(self) -> float:
        """For how many seconds not to look again."""
        return self._watch.pause

    def open(self) -> Index:
        """The index of the articles as they are now. Raises FolderError or StoreError."""
        found = self._sync.scan()
        synced = self._update(found)
        if synced is not None:
            if unusable := unusable_files(synced.defects, synced.broken, synced.unread):
                self._warn(unusable)
            self._named = set(map(str, synced.defects))
            self._settled = found.digest
        self._seen = found
        return self._index()

    def kept(self) -> Index | None:
        """The index as it is kept, if it is that of the files as they are; nothing is changed."""
        found = self._sync.scan()
        if not self._is_there():
            return None
        snapshot = self.store.snapshot()
        is_current = snapshot.meta("files") == found.digest
        return Index(engine_of(snapshot, self._choice)) if is_current else None

    def defects(self) -> Sequence[ArticleError] | None:
        """What is wrong with the files, if the collection that is kept is like them."""
        synced = self._sync.known(self._sync.scan()) if self._is_there() else None
        return None if synced is None else synced.defects

    def _is_there(self) -> bool:
        return (self.store.folder / FILE).is_file() and self.store.version() > 0

    def renewed(self) -> Index | None:
        """The index of the articles if anything has changed since; None if nothing has.

        It may be called from any thread, by one at a time. What may be half written waits for the
        next look. A folder that cannot be looked into now is named, and counts as unchanged.
        """
        try:
            self._look()
            return None if self.store.version() == self._version else self._index()
        except RetrievalError as error:
            self._name([str(error)])
            return None

    def _look(self) -> None:
        """Look at what may have changed, and take in what has."""
        told, began = self._watch.told(self._seen), time.monotonic()
        is_settled = self._seen is not None and self._seen.digest == self._settled
        if is_settled and told is not None and not told:
            return
        found = self._sync.scan(told)
        self._watch.looked(found, began)
        if found.digest == self._settled:
            self._seen = found
        elif self._take_in(found):
            self._watch.look_again(told)

    def _take_in(self, found: Scan) -> frozenset[bytes]:
        """Take in what has changed; returns the places of files that are not complete."""
        unsettled = self._unsettled(found)
        self._seen = found
        synced = self._update(found, unsettled)
        if synced is not None:
            self._name([*map(str, synced.defects)])
            if not unsettled:
                self._settled = found.digest
        return unsettled

    def _unsettled(self, found: Scan) -> frozenset[bytes]:
        """Where files have just been written, or are just gone: editors do that in steps.

        What was added by a command is always whole.
        """
        now = time.time_ns()
        settled = now - SETTLED_NANOSECONDS
        before = self._seen.files if self._seen else {}
        fresh = {
            place
            for place, file in found.files.items()
            if settled < file.changed <= now and place[0] == 0
        }
        gone = {place for place in before.keys() - found.files.keys() if place[0] == 0}
        return frozenset(fresh | gone)

    def _name(self, problems: Sequence[str]) -> None:
        """Name each problem once, for as long as it lasts."""
        for problem in problems:
            if problem not in self._named:
                self._warn(problem)
        self._named = set(problems)

    def _update(
        self, found: Scan, unsettled: frozenset[bytes] = frozenset()
    ) -> SyncedFiles | None:
        """Take in what has changed; None if another process is at it, and there is something."""
        is_there = self._version > 0 or self.store.version() > 0
        patience = OTHER_PROCESS_SECONDS if is_there else -1
        try:
            return self._sync.update(
                found, unsettled=unsettled, patience=patience, on_progress=self._warn_if_long()
            )
        except TimeoutError:
            return None
        finally:
            self._detector.remember()

    def _warn_if_long(self) -> OnProgress:
        """Says once that many files are being taken in, if that takes long."""
        due = time.monotonic() + PROGRESS_SECONDS

        def on_progress(done: int, total: int) -> None:
            nonlocal due
            if total >= PROGRESS_FILES and done < total and time.monotonic() > due:
                due = float("inf")
                self._warn(f"taking in {_files(total)}, {done:,} of them done; this happens once")

        return on_progress

    def rebuild(self, on_progress: OnProgress) -> SyncedFiles:
        """Make everything that is kept of the articles anew. Raises FolderError or StoreError."""
        found = self._sync.scan()
        self.store.clear()
        synced = self._sync.update(found, on_progress=on_progress)
        self._detector.remember()
        return synced

    def _index(self) -> Index:
        snapshot = self.store.snapshot()
        if not len(snapshot.rows):
            raise FolderError(NONE_USABLE)
        self._version = snapshot.version
        return Index(engine_of(snapshot, self._choice))

    def _of_files(self, folder: Path) -> SourceFolder:
        suffixes = SUFFIXES | DOCUMENT_SUFFIXES if is_ingest_installed() else SUFFIXES
        return SourceFolder(folder, suffixes, read=self._read)

    @cached_property
    def _read_document(self) -> "ReadDocument | None":
        from retrieval.sources.worker.document_cache import document_reader

        return document_reader(self._data)

    def _read(self, path: Path, identity: str | None) -> "ReadFile":
        from retrieval.sources.article_file import read_article  # few starts read a file

        return read_article(path, self._detector, identity, self._read_document)


def _read_added(path: Path, _: str | None) -> "ReadFile":
    from retrieval.sources.added.added_article import decoded_article
    from retrieval.sources.article_file import ReadFile

    read = ReadFile(path)
    try:
        read.article = decoded_article(path.read_bytes()).article
    except (OSError, ValueError) as error:
        read.add(f"it is no added article ({error})", "add the article again, or remove the file")
    return read


def unusable_files(
    defects: Sequence[ArticleError], broken: int, unread: Sequence[FileKind]
) -> str | None:
    """How many files cannot be used; None if all can. Pictures and programs are not counted."""
    documents = [kind for kind in unread if kind.is_document]
    if len(defects) == 1 and not documents:
        return str(defects[0])
    parts = [f"{broken:,} with defects"] if broken else []
    parts += [f"{kind.count:,} with the ending {kind.ending}" for kind in documents]
    partly = len({defect.path for defect in defects}) - broken
    count = broken + sum(kind.count for kind in documents)
    said = [f"{_files(count)} cannot be used ({', '.join(parts)})"] if count else []
    said += [f"{_files(partly)} can be used only in part"] if partly > 0 else []
    return f"{' and '.join(said)}; `footnote articles check` names them" if said else None


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count:,} files"


def _name(folders: Sequence[SourceFolder]) -> str:
    """The name of the folder that a collection is kept in."""
    content = "\0".join(
        f"{source.folder.absolute()}\0{' '.join(sorted(source.suffixes))}" for source in folders
    )
    return blake2b(content.encode(errors="surrogateescape"), digest_size=8).hexdigest()
