"""Brings a collection on disk up to date with its files: only what has changed is read."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retrieval.articles import Article
from retrieval.errors import ArticleError
from retrieval.sources.article_ids import article_id, article_ids
from retrieval.sources.file_kinds import LARGEST_DOCUMENT, FileKind
from retrieval.sources.folders.folder_scan import FoundFile, Scan, ScannedFolder, no_articles, scan
from retrieval.sources.folders.told_changes import rescan
from retrieval.store.collection_store import CollectionStore
from retrieval.store.kept_collections import SOURCE
from retrieval.store.tables.file_states import FileStamp, FileState

if TYPE_CHECKING:
    from retrieval.sources.article_file import ReadFile
    from retrieval.store.writing.store_writer import ReadArticle, StoreWriter

# Reads the file at a path into an article of that id, or of its own where that is None.
Reader: TypeAlias = Callable[[Path, str | None], "ReadFile"]

PARAGRAPHS_AT_ONCE = 4000
TEXT_AT_ONCE = 2_000_000  # characters
MANY_CHANGED_FILES = 500


@dataclass(frozen=True, slots=True)
class SourceFolder(ScannedFolder):
    """A folder of files that articles are read from."""

    read: Reader = field(kw_only=True)


class SyncedFiles(NamedTuple):
    """What is wrong with the files of a collection, as after reading all of them.

    `broken` is how many give no article; `unread` are the kinds of files that are not read.
    """

    defects: tuple[ArticleError, ...]
    broken: int
    unread: tuple[FileKind, ...]


OnProgress = Callable[[int, int], None]  # how many files are taken in, and of how many


class FolderSync:
    """Keeps one collection like the files of its folders, which are in its order."""

    def __init__(self, store: CollectionStore, folders: Sequence[SourceFolder]) -> None:
        self._store = store
        self._folders = list(folders)
        self._seen: Scan | None = None
        self._taken_in: Scan | None = None

    def scan(self, told: Collection[str] | None = None) -> Scan:
        """The files as they are now; only the paths `told` have changed since the scan before."""
        known = None
        if told is not None and self._seen is not None:
            known = rescan(self._folders, self._seen, told)
        self._seen = known or scan(self._folders, self._seen)
        return self._seen

    def known(self, found: Scan) -> SyncedFiles | None:
        """What is wrong with the files; None if the collection is not yet like them."""
        defects = self._store.defects_of(found.digest)
        return None if defects is None else _synced(defects, found)

    def update(
        self,
        found: Scan,
        *,
        unsettled: AbstractSet[bytes] = frozenset(),
        patience: float = -1,
        on_progress: OnProgress = lambda *_: None,
    ) -> SyncedFiles:
        """Take in all that has changed; raises FolderError, StoreError or TimeoutError.

        A folder that cannot be looked into has not lost its articles, so nothing is changed then.
        Where no file could be an article, that is an error as well. Files in `unsettled` places
        are still being written, and left as they were.
        """
        if found.error:
            raise found.error
        if not found.files:
            raise no_articles(self._folders[0])
        synced = self.known(found)
        if synced is not None:
            self._taken_in = None if unsettled else found
            return synced
        with self._store.writing(patience=patience) as writer:
            if writer.meta(SOURCE) is None:
                writer.note(SOURCE, str(self._folders[0].folder.absolute()))
            if writer.meta("files") != found.digest:
                self._take_in(writer, found, unsettled, on_progress)
                if not unsettled:
                    writer.note("files", found.digest)
            self._taken_in = None if unsettled else found
            return _synced(writer.files.defects(), found)

    def _take_in(
        self,
        writer: "StoreWriter",
        found: Scan,
        unsettled: AbstractSet[bytes],
        on_progress: OnProgress,
    ) -> None:
        known = self._known(writer)
        new = unsettled - known.keys()
        files = {p: f for p, f in found.files.items() if p not in new} if new else found.files
        removed = sorted(known.keys() - files.keys() - unsettled)
        changed = [
            file
            for file, old in zip(files.values(), map(known.get, files), strict=True)
            if old is not file
            and file.place not in unsettled
            and (old is None or (old.size, old.changed) != (file.size, file.changed))
        ]
        ids = self._ids(writer, files, known.keys(), removed)
        renamed = [files[place] for place in ids.keys() & known.keys()]
        if len(changed) > MANY_CHANGED_FILES:
            writer.expect_many()

        def read() -> Iterator["ReadArticle"]:
            taken = set(ids.values())
            # Ids are given up before other files get them.
            in_turn = {f.place: f for f in [*_in_order(renamed), *_in_order(changed)]}
            for number, file in enumerate(in_turn.values(), start=1):
                found = self._read_changed(writer, file, ids.get(file.place), taken)
                if found is not None:
                    yield found
                on_progress(number, len(changed))

        writer.apply_all(_batches(read()), removed)

    def _read_changed(
        self, writer: "StoreWriter", file: FoundFile, given: str | None, taken: set[str]
    ) -> "ReadArticle | None":
        """A file with its article under the id that was given; None if it says what it did.

        `taken` are ids that others have, to which that of an added article is added.
        """
        before = writer.files.file(file.place)
        digest = _digest(file)
        if before and before.digest == digest and given is None:
            writer.files.touch(before._replace(size=file.size, changed=file.changed))
            return None
        state, article = self._read(file, digest, given or (before.id if before else None))
        if article and not self._names(file.place):
            article = _with_free_id(writer, article, file.place, taken)
            state = state._replace(id=article.id)
            taken.add(article.id)
        return state, article

    def _known(self, writer: "StoreWriter") -> Mapping[bytes, FoundFile | FileStamp]:
        """Each file as it was when it was read, by its place."""
        before = self._taken_in
        if before is not None and writer.meta("files") == before.digest:
            return before.files
        return writer.files.stamps()

    def _ids(
        self,
        writer: "StoreWriter",
        files: Mapping[bytes, FoundFile],
        known: AbstractSet[bytes],
        removed: Sequence[bytes],
    ) -> dict[bytes, str]:
        """The ids of files that are new, and of those whose id another file's coming changes.

        Only where two files would share an id all of them have to be looked at.
        """
        new = [file for place, file in files.items() if place not in known and self._names(place)]
        bases = {file.place: article_id(self._relative(file)) for file in new}
        is_shared = len(set(bases.values())) < len(bases)
        if not is_shared and not writer.files.shares_id(bases.values(), removed):
            return bases
        named = [file for file in _in_order(files.values()) if self._names(file.place)]
        paths = {file.place: self._relative(file) for file in named}
        every = article_ids(paths.values())
        before = writer.files.ids()
        ids = {p: every[path] for p, path in paths.items() if before.get(p) != every[path]}
        # An added article of such an id gives way.
        taken = frozenset(ids.values())
        return ids | {p: "" for p in files if not self._names(p) and before.get(p) in taken}

    def _read(
        self, file: FoundFile, digest: bytes, identity: str | None
    ) -> tuple[FileState, Article | None]:
        source = self._folders[file.place[0]]
        read = source.read(file.path, identity if source.names_articles else None)
        defects = [(d.problem, d.remedy, d.line) for d in read.defects]
        article = read.article
        return (
            FileState(
                place=file.place,
                id=article.id if article else identity or "",
                base=article_id(self._relative(file)) if source.names_articles else "",
                size=file.size,
                changed=file.changed,
                digest=digest,
                defects=json.dumps(defects),
            ),
            article,
        )

    def _names(self, place: bytes) -> bool:
        return self._folders[place[0]].names_articles

    def _relative(self, file: FoundFile) -> Path:
        return file.path.relative_to(self._folders[file.place[0]].folder)


def _batches(read: Iterable["ReadArticle"]) -> Iterator[list["ReadArticle"]]:
    """What was read, in batches of limited length; a longer article is one by itself."""
    from retrieval.store.writing.article_analysis import text_size

    batch: list[ReadArticle] = []
    paragraphs = size = 0
    for state, article in read:
        more, longer = (len(article.paragraphs), text_size(article)) if article else (0, 0)
        paragraphs, size = paragraphs + more, size + longer
        if batch and (paragraphs > PARAGRAPHS_AT_ONCE or size > TEXT_AT_ONCE):
            yield batch
            batch, paragraphs, size = [], more, longer
        batch.append((state, article))
    if batch:
        yield batch


def _with_free_id(
    writer: "StoreWriter", article: Article, place: bytes, taken: AbstractSet[str]
) -> Article:
    """The article under its own id, or one made of that if an article of the folder has it."""
    wanted = article.id
    while wanted in taken or writer.files.has_id(wanted, place):
        wanted += "-added"
    from retrieval.sources.added.added_article import with_id

    return with_id(article, wanted)


def _synced(noted: Iterable[tuple[bytes, str, bool]], found: Scan) -> SyncedFiles:
    defects, broken = list(found.defects), 0
    for place, of_file, is_used in noted:
        broken += not is_used
        if place in found.files:
            path = found.files[place].path
            defects += (ArticleError(path, *fields) for fields in json.loads(of_file))
    return SyncedFiles(tuple(defects), broken, found.unread)


def _in_order(files: Iterable[FoundFile]) -> list[FoundFile]:
    return sorted({file.place: file for file in files}.values(), key=lambda file: file.place)


def _digest(file: FoundFile) -> bytes:
    """What stands for the content of a file; nothing for one unreadable or too large to read."""
    if file.size > LARGEST_DOCUMENT:
        return b""
    try:
        return blake2b(file.path.read_bytes(), digest_size=16).digest()
    except OSError:
        return b""
