"""Which engine answers from a collection on disk: one in memory where it is small."""

from dataclasses import replace
from enum import StrEnum

from retrieval.articles import Collection
from retrieval.index.memory_engine import MemoryEngine
from retrieval.index.search_engine import Engine
from retrieval.store.reading.disk_engine import DiskEngine
from retrieval.store.reading.snapshot import Snapshot
from retrieval.store.tables.schema import PARAGRAPH_BITS

# So many paragraphs are read and indexed in memory in about a tenth of a second.
MOST_PARAGRAPHS_IN_MEMORY = 500


class EngineChoice(StrEnum):
    """Where a collection is searched."""

    AUTO = "auto"
    MEMORY = "memory"
    DISK = "disk"


def engine_of(snapshot: Snapshot, choice: EngineChoice = EngineChoice.AUTO) -> Engine:
    """An engine over a snapshot: on rank-bm25 in memory for a small collection, else on disk."""
    paragraphs = snapshot.counts("total").get("paragraphs", 0)
    is_small = choice is EngineChoice.AUTO and paragraphs <= MOST_PARAGRAPHS_IN_MEMORY
    if not is_small and choice is not EngineChoice.MEMORY:
        return DiskEngine(snapshot)
    on_disk = DiskEngine(snapshot)
    articles, analysed = [], []
    for rank, article in enumerate(on_disk.articles.page(0, len(on_disk.articles))):
        first = rank << PARAGRAPH_BITS
        numbers = range(first, first + len(article.paragraphs))
        found = [on_disk.analysed(number).whole() for number in numbers]
        paragraphs_of = tuple(one.paragraph for one in found)
        articles.append(replace(article, paragraphs=paragraphs_of))
        analysed += found
    snapshot.close()
    return MemoryEngine(Collection(articles), analysed)
