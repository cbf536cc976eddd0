"""`footnote articles publish`: publishes the articles to OpenSearch, with its progress."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from bot.commands.index_command import make_shown
from bot.indexing.collection_source import CollectionSource
from bot.indexing.meaning_source import open_vectors
from bot.indexing.published_source import open_server
from bot.settings.settings import SettingsError, load_settings
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.opensearch.bulk_writer import BulkWriter
from retrieval.opensearch.publisher import Published, Publisher
from retrieval.store.collection_store import CollectionStore

PARAGRAPHS_A_LINE = 10_000


def publish(folder: Path | None, warn: Callable[[str], None], shards: int) -> None:
    """Publish the articles of that folder, or of the one that the settings name, with vectors.

    Vectors that are missing are made first; that may be interrupted, and goes on the next time.
    Raises RetrievalError.
    """
    settings = load_settings()
    if not settings.opensearch_url:
        raise SettingsError(
            "FOOTNOTE_OPENSEARCH_URL is not set; name the OpenSearch host to publish to, such as "
            "https://search.example.org:9200"
        )
    source = CollectionSource(folder, settings, warn)
    vectors = open_vectors(source.open(), settings)
    if vectors is not None:
        make_shown(vectors)
    with closing(open_server(settings)) as server:
        alias, writer = settings.opensearch_alias, BulkWriter(server)
        found = _with_progress(Publisher(server, alias, writer, shards), source.store, vectors)
    if found.is_new:
        count = found.version.paragraphs
        print(f"{count:,} paragraphs are published as {alias}: {found.version.index}")
    else:
        print(f"nothing has changed since {found.version.index} was published as {alias}")


def _with_progress(
    publisher: Publisher, store: CollectionStore, vectors: CollectionVectors | None
) -> Published:
    if not sys.stderr.isatty():
        return publisher.publish(store, _progress_lines(), vectors)
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True)) as shown:
        task = shown.add_task("paragraphs", total=None)
        return publisher.publish(
            store, lambda done, total: shown.update(task, completed=done, total=total), vectors
        )


def _progress_lines() -> Callable[[int, int], None]:
    said = 0

    def tell(done: int, total: int) -> None:
        nonlocal said
        if done - said >= PARAGRAPHS_A_LINE:
            said = done
            print(f"{done:,} of {total:,} paragraphs", file=sys.stderr, flush=True)

    return tell
