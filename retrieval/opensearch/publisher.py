"""Publishes a collection: a new version is built beside the old one, and then takes its place."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

from retrieval.errors import SearchOutageError
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.vector_store import VectorStore
from retrieval.opensearch.bulk_writer import BulkWriter, Document, PublishError
from retrieval.opensearch.file_transfer import described, file_documents
from retrieval.opensearch.lexicon_file import write_lexicon
from retrieval.opensearch.paragraph_documents import StoredRows, document_of
from retrieval.opensearch.published_version import (
    LEXICON,
    PublishedFile,
    PublishedVersion,
    is_version_of,
    settings_and_mappings,
    settings_of_files,
    version_of,
)
from retrieval.opensearch.search_server import BULK_SECONDS, NOT_FOUND, SearchServer
from retrieval.store.collection_store import CollectionStore
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.analysis_rows import SELECT_ANALYSES, StoredTerms
from retrieval.store.tables.fingerprint import fingerprint
from retrieval.store.tables.paragraph_rows import SELECT
from retrieval.store.tables.schema import ARTICLE_COLUMNS, FILE
from retrieval.store.tables.term_table import TermTable

ROWS_AT_ONCE = 1000
MOST_PUBLISH_TRIES = 5
ABANDONED_HOURS = 6  # after which a version that was never finished is somebody's no more
OF_ARTICLES = f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY place"  # noqa: S608
OF_PARAGRAPHS = "SELECT number, digest FROM paragraphs WHERE number > ? ORDER BY number LIMIT ?"

OnProgress = Callable[[int, int], None]  # how many paragraphs are written, and of how many


@dataclass(frozen=True, slots=True)
class Published:
    """What has become of a collection: its version, and whether that is a new one."""

    version: PublishedVersion
    is_new: bool


class Publisher:
    """Publishes to one alias of a cluster."""

    def __init__(self, server: SearchServer, alias: str, writer: BulkWriter, shards: int) -> None:
        self._server = server
        self._alias = alias
        self._writer = writer
        self._shards = shards

    def publish(
        self,
        store: CollectionStore,
        on_progress: OnProgress,
        vectors: CollectionVectors | None = None,
    ) -> Published:
        """Publish what the store holds and its vectors; nothing is done if these are published.

        Until all of the new version is there, the old one answers; after a failure it goes on to.
        The one before the new one stays until the next time, for those that still read it. Raises
        PublishError, SearchOutageError, StoreError or VectorStoreError.
        """
        before = self._current()
        with TemporaryDirectory(dir=store.folder) as folder:
            lexicon = Path(folder) / FILE
            snapshot = _snapshot_and_lexicon(store, lexicon)
            digest = _digest_of(snapshot)
            copied = _copied(vectors, Path(folder)) if vectors else None
            described_vectors = described(copied) if copied else None
            same = self._same(before, digest, described_vectors)
            if same is not None:
                return Published(same, is_new=False)
            now = datetime.now(UTC)
            version = PublishedVersion(
                index=f"{self._alias}-{now:%Y%m%d%H%M%S%f}-{token_hex(3)}",
                format=fingerprint(),
                digest=digest,
                paragraphs=snapshot.counts("total").get("paragraphs", 0),
                lexicon=described(lexicon),
                vectors=described_vectors,
            )
            files = [lexicon, copied] if copied else [lexicon]
            try:
                self._build(version, snapshot, files, on_progress)
                self._take_its_place(version, before)
            except BaseException:
                self._remove([version.index, version.files])
                raise
        self._remove_old(version, before, f"{self._alias}-{_hours_before(now)}")
        return Published(version, is_new=True)

    def _current(self) -> list[str]:
        """The indices that the alias stands for; there should be at most one."""
        found = self._server.ask("GET", f"/_alias/{self._alias}", expected=(NOT_FOUND,))
        return [] if "error" in found else sorted(found)

    def _same(
        self, current: list[str], digest: str, vectors: PublishedFile | None
    ) -> PublishedVersion | None:
        """The version that is published, if it says the same and has these vectors."""
        if len(current) != 1:
            return None
        try:
            found = version_of(self._server, current[0])
        except SearchOutageError:  # it cannot be used, for which a new one is the remedy
            return None
        return found if found.digest == digest and vectors in {None, found.vectors} else None

    def _build(
        self,
        version: PublishedVersion,
        snapshot: Snapshot,
        files: Sequence[Path],
        on_progress: OnProgress,
    ) -> None:
        ask, written = self._server.ask, 0

        def wrote(count: int) -> None:
            nonlocal written
            written += count
            on_progress(written, version.paragraphs)

        ask("PUT", f"/{version.index}", settings_and_mappings(self._shards), seconds=BULK_SECONDS)
        self._writer.write(version.index, _documents(snapshot), wrote)
        ask("PUT", f"/{version.files}", settings_of_files(), seconds=BULK_SECONDS)
        parts: list[int] = []
        for file in files:
            self._writer.write(version.files, file_documents(file), parts.append)
        for name, count in ((version.index, version.paragraphs), (version.files, sum(parts))):
            # One copy more, where there is another host for it.
            self._ask("PUT", f"/{name}/_settings", {"index": {"auto_expand_replicas": "0-1"}})
            self._ask("POST", f"/{name}/_refresh")
            found = self._ask("GET", f"/{name}/_count").get("count")
            if found != count:
                raise PublishError(
                    f"{self._server.name}: {found} of {count} documents are there; publish again"
                )
        self._ask("PUT", f"/{version.index}/_mapping", {"_meta": version.note})

    def _take_its_place(self, version: PublishedVersion, before: list[str]) -> None:
        """Point the alias to the new version in one step, unless it was moved meanwhile."""
        actions = [
            {"remove": {"index": name, "alias": self._alias, "must_exist": True}}
            for name in before
        ]
        actions.append({"add": {"index": version.index, "alias": self._alias}})
        if not before and self._current():
            raise PublishError(f"{self._alias} was published by another meanwhile; publish again")
        self._ask("POST", "/_aliases", {"actions": actions})

    def _remove_old(self, version: PublishedVersion, before: list[str], abandoned: str) -> None:
        """Remove what is neither the new version nor the one before it, nor being made now."""
        with suppress(SearchOutageError):  # the next time, then
            found = self._ask("GET", f"/{self._alias}-*/_alias")
            kept = {version.index, *before}
            limit = max((abandoned, *before))
            self._remove(
                [
                    name
                    for name in sorted(found)
                    if is_version_of(self._alias, name)
                    and name.removesuffix(LEXICON) not in kept
                    and name.removesuffix(LEXICON) < limit
                ]
            )

    def _remove(self, names: list[str]) -> None:
        for name in names:
            with suppress(SearchOutageError):
                self._ask("DELETE", f"/{name}")

    def _ask(self, method: str, path: str, body: object = None) -> dict[str, object]:
        return self._server.ask(method, path, body, seconds=BULK_SECONDS)


def _snapshot_and_lexicon(store: CollectionStore, target: Path) -> Snapshot:
    """What the store holds, with its lexicon in a file: both of the same moment."""
    for _ in range(MOST_PUBLISH_TRIES):
        snapshot = store.snapshot()
        if write_lexicon(store.folder, target) == snapshot.version:
            return snapshot
        snapshot.close()
    raise PublishError("the articles change without end; publish again when they do not")


def _copied(vectors: CollectionVectors, folder: Path) -> Path | None:
    """A file in that folder with the vectors that are there; None if there are none."""
    target = VectorStore(folder, vectors.encoder)
    vectors.copy_to(target)
    return target.path if target.path.exists() else None


def _digest_of(snapshot: Snapshot) -> str:
    """What stands for all that a collection says, and in which order."""
    digest = blake2b(f"{fingerprint()}".encode(), digest_size=16)
    for row in snapshot.all(OF_ARTICLES):
        digest.update(repr(row).encode("utf-8", "replace"))
    last = -1
    while rows := snapshot.all(OF_PARAGRAPHS, (last, ROWS_AT_ONCE)):
        last = rows[-1][0]
        digest.update(b"".join(found for _, found in rows))
    return digest.hexdigest()


def _documents(snapshot: Snapshot) -> Iterator[Document]:
    """The documents of all paragraphs that the tables know."""
    last, terms = -1, TermTable(snapshot.all)
    while found := snapshot.all(OF_PARAGRAPHS, (last, ROWS_AT_ONCE)):
        numbers = [number for number, _ in found]
        last = numbers[-1]
        pairs = zip(
            snapshot.with_numbers(SELECT, numbers),
            snapshot.with_numbers(SELECT_ANALYSES, numbers),
            strict=True,
        )
        for paragraph, analysis in pairs:
            rows = StoredRows(paragraph, analysis)
            yield str(paragraph[0]), document_of(rows, StoredTerms(analysis, terms.named))


def _hours_before(now: datetime) -> str:
    return f"{now - timedelta(hours=ABANDONED_HOURS):%Y%m%d%H%M%S%f}"
