"""How many vectors there are, for those who look after the bot."""

from bot.monitoring.metrics import Metrics
from retrieval.index.vectors.collection_vectors import Progress


def test_the_vectors_that_are_there_are_counted_whenever_somebody_looks():
    """Beside those that there are to be."""
    metrics = Metrics()
    found = iter([(3, 7), (3, 7), (7, 7), (7, 7)])
    metrics.watch_vectors(lambda: Progress(*next(found)))
    for there in (3, 7):
        page = metrics.page().decode().splitlines()
        assert f"footnote_vectors {there}.0" in page
        assert "footnote_vectors_wanted 7.0" in page
