"""`footnote articles index`: makes the vectors of the articles, and shows how far it is."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bot.composing.pipeline_source import PipelineSource
from bot.indexing.index_worker import MISSING, lower_priority
from bot.indexing.meaning_source import MEANING_OFF, drop_unused
from bot.settings.settings import load_settings
from retrieval.errors import RetrievalError
from retrieval.index.vectors.collection_vectors import CollectionVectors

REPORT_SECONDS = 10
PAUSE_SECONDS = 1


class VectorsUnavailableError(RetrievalError):
    """Vectors cannot be made; the text says why and what to do."""


def make_vectors(folder: Path | None, warn: Callable[[str], None], *, in_background: bool) -> None:
    """Make all vectors that are missing; raises RetrievalError.

    It may be interrupted at any moment, and goes on from there the next time. In the background
    it prints nothing, takes what other processes leave, and ends with the one that started it.
    """
    settings = load_settings()
    parent = os.getppid()
    if in_background:
        lower_priority()
    source = PipelineSource(folder, warn)
    vectors = source.vectors_of(source.index())
    if vectors is None:
        if settings.meaning == MEANING_OFF:
            raise VectorsUnavailableError("FOOTNOTE_MEANING is off; set it to all or paragraphs")
        raise VectorsUnavailableError(MISSING)
    drop_unused(vectors.store, settings)
    if in_background:
        while os.getppid() == parent and (vectors.make() or _waits(vectors)):
            pass
    else:
        make_shown(vectors)
        at = vectors.progress
        print(f"{at.done:,} of {at.total:,} vectors are there")


def _waits(vectors: CollectionVectors) -> bool:
    """Whether a question may need more of them; only after a pause if so."""
    if vectors.is_on_demand:
        time.sleep(PAUSE_SECONDS)
    return vectors.is_on_demand


def make_shown(vectors: CollectionVectors) -> None:
    """Make what is missing, under a bar on a terminal, otherwise with a line every ten seconds.

    Raises VectorStoreError.
    """
    if sys.stderr.isatty():
        make_with_bar(vectors)
    else:
        _make_with_lines(vectors)


def make_with_bar(vectors: CollectionVectors) -> None:
    """Make what is missing, under a progress bar with an estimate on stderr."""
    if vectors.progress.is_complete:
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = ("vectors", BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as shown:
        task = shown.add_task("vectors", total=vectors.progress.total)
        shown.update(task, completed=vectors.progress.done)
        while vectors.make():
            shown.update(task, completed=vectors.progress.done)


def _make_with_lines(vectors: CollectionVectors) -> None:
    """Make what is missing, with a line every ten seconds."""
    began = said = time.monotonic()
    before = vectors.progress.done
    while vectors.make():
        now = time.monotonic()
        if now - said >= REPORT_SECONDS:
            said, at = now, vectors.progress
            left = (now - began) / max(1, at.done - before) * (at.total - at.done)
            minutes = f"about {left / 60:.0f} minutes" if left >= 90 else f"{left:.0f} seconds"
            said_now = f"{at.done:,} of {at.total:,} vectors, {minutes} left"
            print(said_now, file=sys.stderr, flush=True)
