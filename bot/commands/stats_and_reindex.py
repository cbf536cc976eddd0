"""`footnote articles stats` and `reindex`: what is kept of the articles, and rebuilding it."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from bot.commands.counted import counted
from bot.composing.printable import printable
from bot.indexing.collection_source import CollectionSource
from bot.indexing.meaning_source import open_vectors
from bot.rendering.json_output import json_line
from bot.settings.settings import load_settings
from retrieval.index.vectors.collection_vectors import MOST_ENCODED_WHOLE
from retrieval.store.kept_collections import KeptCollection, kept_collections
from retrieval.store.reading.collection_statistics import CollectionStatistics, statistics_of

MEGABYTE = 1_000_000
FILES_A_LINE = 1000


def print_statistics(
    folder: Path | None, warn: Callable[[str], None], plot: Path | None, *, as_json: bool
) -> None:
    """Print how large a collection is; raises RetrievalError."""
    settings = load_settings()
    source = CollectionSource(folder, settings, warn)
    index = source.open()
    found = statistics_of(source.store.snapshot(), source.store.folder)
    if plot is not None:
        from bot.rendering.collection_plot import draw

        draw(found, plot)
    is_small = found.paragraphs <= MOST_ENCODED_WHOLE
    vectors = open_vectors(index, settings) if is_small else None
    missing = vectors.progress.total - vectors.progress.done if vectors is not None else None
    others = [
        kept
        for kept in kept_collections(source.store.folder.parent)
        if kept.is_orphaned and kept.folder != source.store.folder
    ]
    if as_json:
        orphaned = [str(kept.folder) for kept in others]
        print(json_line(asdict(found) | {"vectors_missing": missing, "orphaned": orphaned}))
        return
    for name, value in [*_lines(found, missing), *map(_orphan_line, others)]:
        print(printable(f"{name:<12}{value}"))


def _orphan_line(kept: KeptCollection) -> tuple[str, str]:
    size, of = kept.size / MEGABYTE, f" ({kept.source})" if kept.source else ""
    return "not used", f"{kept.folder}, {size:.1f} MB: its articles are gone{of}; remove it"


def _lines(found: CollectionStatistics, missing: int | None) -> list[tuple[str, str]]:
    languages = ", ".join(f"{code} {count:,}" for code, count in found.languages.items())
    sizes = found.text_bytes / MEGABYTE, found.disk_bytes / MEGABYTE
    lines = [
        ("articles", f"{found.articles:,}"),
        ("paragraphs", f"{found.paragraphs:,}"),
        ("sentences", f"{found.sentences:,}"),
        ("terms", f"{found.terms:,}, of {found.words:,} different words"),
        ("languages", languages),
        ("size", f"{sizes[0]:.1f} MB of text, {sizes[1]:.1f} MB kept of it"),
        ("about", ", ".join(word for word, _ in found.telling)),
    ]
    if missing is not None:
        lines.append(("vectors", f"{missing:,} still to be made" if missing else "all are made"))
    return lines


def rebuild(folder: Path | None, warn: Callable[[str], None]) -> None:
    """Make anew all that is kept of the articles, with its progress; raises RetrievalError."""
    source = CollectionSource(folder, load_settings(), warn)
    if sys.stderr.isatty():
        from rich.console import Console
        from rich.progress import Progress

        with Progress(console=Console(stderr=True)) as shown:
            task = shown.add_task("articles", total=None)
            source.rebuild(lambda done, total: shown.update(task, completed=done, total=total))
    else:
        source.rebuild(_print_progress)
    snapshot = source.store.snapshot()
    paragraphs = snapshot.counts("total").get("paragraphs", 0)
    articles = counted(len(snapshot.rows), "article")
    verb = "is" if len(snapshot.rows) == 1 else "are"
    print(f"{articles} with {counted(paragraphs, 'paragraph')} {verb} indexed")


def _print_progress(done: int, total: int) -> None:
    if done % FILES_A_LINE == 0:
        print(f"{done:,} of {total:,} files", flush=True)
