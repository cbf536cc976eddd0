"""Draws what a collection is about and how it grew. The only module that imports matplotlib."""

from pathlib import Path

from retrieval.errors import RetrievalError, where
from retrieval.store.reading.collection_statistics import CollectionStatistics

MISSING = "pip install 'footnote-bot[plot]' lets it draw"
INCHES = (12, 5)
MOST_DAYS_NAMED = 12  # under the curve


class PlotError(RetrievalError):
    """Nothing can be drawn; the text says why and what to do."""


def draw(statistics: CollectionStatistics, file: Path) -> None:
    """Draw it into an image; raises PlotError."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise PlotError(f"matplotlib is not installed; {MISSING}") from error
    figure = Figure(figsize=INCHES, layout="constrained")
    about, grown = figure.subplots(1, 2)
    words = [word for word, _ in statistics.telling][::-1]
    about.barh(words, [count for _, count in statistics.telling][::-1])
    about.set_title("Words that tell what it is about")
    about.set_xlabel("times")
    days = [day for day, _ in statistics.growth]
    grown.step(range(len(days)), [count for _, count in statistics.growth], "o-", where="post")
    step = max(1, len(days) // MOST_DAYS_NAMED)
    grown.set_xticks(range(0, len(days), step), days[::step], rotation=45, ha="right")
    grown.set_title("Paragraphs by date")
    grown.set_ylim(bottom=0)
    try:
        figure.savefig(file)
    except (OSError, ValueError) as error:
        raise PlotError(f"{where(file)}: cannot be drawn ({error}); name a .png file") from error
