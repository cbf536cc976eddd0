"""Prometheus metrics, in a registry of their own."""

from collections.abc import Callable

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

from retrieval.index.vectors.collection_vectors import Progress

# An answer takes some hundredths of a second, and one that Telegram makes wait up to minutes.
BUCKET_SECONDS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 15, 60, 300)


class Metrics:
    """The counts of one running bot; may be used from any thread."""

    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        ProcessCollector(registry=own)
        self._updates = Counter(
            "footnote_updates", "Updates that were taken in", ["kind"], registry=own
        )
        self._answers = Counter(
            "footnote_answers", "Questions that the articles answer", registry=own
        )
        self._unanswered = Counter(
            "footnote_unanswered", "Questions that the articles do not answer", registry=own
        )
        self._failures = Counter(
            "footnote_failures", "Updates whose handling failed, each time", registry=own
        )
        self._sends = Counter(
            "footnote_sends", "Calls that Telegram carried out", ["method"], registry=own
        )
        self._floods = Counter(
            "footnote_floods", "Calls that Telegram asked to wait with", ["method"], registry=own
        )
        self._seconds = Histogram(
            "footnote_answer_seconds",
            "From an update's coming in until it is handled",
            ["kind"],
            buckets=BUCKET_SECONDS,
            registry=own,
        )
        self._length = Gauge(
            "footnote_queue_length", "Updates that are not handled yet", registry=own
        )
        self._age = Gauge(
            "footnote_queue_age_seconds", "How long the oldest of them has waited", registry=own
        )

    def came(self, kind: str) -> None:
        """An update of that kind was taken in."""
        self._updates.labels(kind).inc()

    def handled(self, kind: str, seconds: float) -> None:
        """An update of that kind is handled, so long after it came."""
        self._seconds.labels(kind).observe(seconds)

    def asked(self, *, answered: bool) -> None:
        """A question was put to the articles."""
        (self._answers if answered else self._unanswered).inc()

    def failed(self) -> None:
        """The handling of an update failed, for whatever reason."""
        self._failures.inc()

    def sent(self, method: str) -> None:
        """Telegram carried out a call."""
        self._sends.labels(method).inc()

    def flooded(self, method: str) -> None:
        """Telegram asked to wait with a call."""
        self._floods.labels(method).inc()

    def watch_queue(self, length: Callable[[], int], age: Callable[[], float]) -> None:
        """Measure the queue whenever the metrics are read."""
        self._length.set_function(length)
        self._age.set_function(age)

    def watch_vectors(self, progress: Callable[[], Progress]) -> None:
        """Count the vectors that are made and that are wanted, whenever the metrics are read."""
        own = self._registry
        made = Gauge("footnote_vectors", "Vectors of the articles that are made", registry=own)
        made.set_function(lambda: progress().done)
        wanted = Gauge("footnote_vectors_wanted", "Vectors that there are to be", registry=own)
        wanted.set_function(lambda: progress().total)

    def watch_processes(self, count: Callable[[], int], leads: Callable[[], bool]) -> None:
        """Count the processes that share the bot, and tell whether this one leads."""
        own = self._registry
        processes = Gauge("footnote_processes", "Processes that share the bot", registry=own)
        processes.set_function(count)
        leader = Gauge("footnote_leader", "Whether this process leads", registry=own)
        leader.set_function(lambda: float(leads()))

    def watch_search(self, trouble: Callable[[], str], seconds: Callable[[], float]) -> None:
        """Tell whether the articles can be searched, and how fast."""
        own = self._registry
        up = Gauge("footnote_search_up", "Whether the articles can be searched", registry=own)
        up.set_function(lambda: float(not trouble()))
        took = Gauge(
            "footnote_search_seconds", "What the last request to OpenSearch took", registry=own
        )
        took.set_function(seconds)

    def page(self) -> bytes:
        """All counts, in the text format of Prometheus."""
        return generate_latest(self._registry)
