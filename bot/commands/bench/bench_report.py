"""`footnote bench`: prints what Footnote and other searches take, side by side."""

import signal
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.commands.bench.contender import OWN
from bot.commands.bench.contest import BenchFigures, compare
from bot.indexing.article_loading import load_articles
from bot.indexing.collection_source import unusable_files
from bot.rendering.json_output import json_line
from bot.settings.settings import load_settings
from retrieval.evaluation.grown_corpus import GrownCorpus
from retrieval.evaluation.search_peers import check_peers

MEGABYTE = 1_000_000
MILLISECONDS = 1000
LINES: tuple[tuple[str, str, float, str], ...] = (
    ("build", "build, CPU s", 1, ",.2f"),
    ("disk", "disk, MB", 1 / MEGABYTE, ",.1f"),
    ("memory", "anonymous memory, MB", 1 / MEGABYTE, ",.0f"),
    ("cold", "first answer, CPU s", 1, ",.2f"),
    ("p50", "p50, CPU ms", MILLISECONDS, ",.2f"),
    ("p99", "p99, CPU ms", MILLISECONDS, ",.2f"),
    ("index", "of p50 the index, CPU ms", MILLISECONDS, ",.2f"),
    ("addition", "addition, CPU ms", MILLISECONDS, ",.1f"),
)


def print_bench(
    folder: Path | None,
    warn: Callable[[str], None],
    sizes: Sequence[int],
    questions: int,
    *,
    as_json: bool,
) -> None:
    """Measure and print, one size after the other; raises RetrievalError.

    Nothing is left in the folder for temporary files, also when it is told to end.
    """
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    check_peers()
    loaded = load_articles(folder, load_settings())
    if unusable := unusable_files(loaded.defects, loaded.broken, loaded.unread):
        warn(unusable)
    grown = GrownCorpus(loaded.collection)
    for paragraphs in sizes:
        with tempfile.TemporaryDirectory(prefix="footnote-bench-") as scratch:
            found = compare(grown, paragraphs, questions, Path(scratch))
        if as_json:
            figures = {name: asdict(figure) for name, figure in found.items()}
            print(json_line({"paragraphs": paragraphs, "questions": questions} | figures))
        else:
            print("\n".join(table(paragraphs, questions, found)), flush=True)


def table(paragraphs: int, questions: int, found: Mapping[str, BenchFigures]) -> list[str]:
    """The lines of a table with a column for each contender."""
    heading = f"{paragraphs:,} paragraphs, {questions:,} questions"
    rows = [f"{heading:<38}" + "".join(f"{name:>12}" for name in found)]
    for field, label, factor, form in LINES:
        values = [getattr(figures, field) for figures in found.values()]
        if field == "index" and not any(values):
            continue
        cells = ["—" if value is None else format(value * factor, form) for value in values]
        rows.append(f"{label:<38}" + "".join(f"{cell:>12}" for cell in cells))
    own = found[OWN]
    rows.append(_ratios("p50 as a multiple of Footnote's", found, "p50", own.p50))
    if own.index:
        rows.append(_ratios("the index as a multiple of Footnote's", found, "index", own.index))
    return [*rows, ""]


def _ratios(label: str, found: Mapping[str, BenchFigures], field: str, own: float) -> str:
    values = (getattr(figures, field) for figures in found.values())
    cells = [f"{value / own:,.2f}" if own else "—" for value in values]
    return f"{label:<38}" + "".join(f"{cell:>12}" for cell in cells)
