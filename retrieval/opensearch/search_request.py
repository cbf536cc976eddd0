"""What the words of a question look up on a cluster, and what it answers with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from retrieval.index.statistics import Alternatives, Phrase, TextStatistics
from retrieval.opensearch.search_server import Json

TERMS, PAIRS = "terms", "pairs"
SEARCH_TIMEOUT = "800ms"  # on the server; below SEARCH_SECONDS, after which nobody waits
MOST_CLAUSES = 1000  # 1,024 is the most that a server takes


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A query in the server's language, and the pairs of terms that it holds."""

    query: Json
    pairs: tuple[str, ...]


class Shards(BaseModel):
    """How many shards an answer comes from."""

    model_config = ConfigDict(strict=True)
    total: int
    successful: int
    failed: int


class Total(BaseModel):
    """How many documents there are."""

    model_config = ConfigDict(strict=True)
    value: int = Field(ge=0)
    relation: str


class FoundDocument(BaseModel):
    """A document that was found."""

    model_config = ConfigDict(strict=True)
    id: str = Field(alias="_id")
    source: dict[str, Any] = Field(alias="_source", default_factory=dict)


class Hits(BaseModel):
    """The documents that were found, the best first."""

    model_config = ConfigDict(strict=True)
    hits: list[FoundDocument]
    total: Total | None = None


class SearchReply(BaseModel):
    """What a search is answered with."""

    model_config = ConfigDict(strict=True)
    timed_out: bool
    shards: Shards = Field(alias="_shards")
    hits: Hits

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the index was left out."""
        shards = self.shards
        return not self.timed_out and not shards.failed and shards.successful == shards.total


def request_of(
    words: Sequence[Alternatives], pairs: Sequence[Alternatives], statistics: TextStatistics
) -> SearchRequest | None:
    """What the words and pairs look up; None if no paragraph can hold any of it.

    Of a word's alternatives the one that scores highest counts, as in `Bm25Scorer`. The server's
    scores only propose: its lengths are rounded, and its idf counts nothing of the first one's.
    """
    kept = _within(MOST_CLAUSES - sum(map(len, pairs)), _weighed(words, statistics))
    clauses: list[Json] = []
    for word in kept:
        parts = [_phrase(phrase, weight) for phrase, weight in word]
        if parts:
            clauses.append({"dis_max": {"queries": parts}} if parts[1:] else parts[0])
    looked_up = []
    for alternatives in pairs:
        for (pair,), weight in alternatives.items():
            clauses.append(_term(PAIRS, pair, weight))
            looked_up.append(pair)
    if not clauses:
        return None
    return SearchRequest({"bool": {"should": clauses}}, tuple(looked_up))


def search_of(request: SearchRequest, limit: int) -> Json:
    """The body of a search for at most `limit` documents."""
    return {
        "query": request.query,
        "size": limit,
        "timeout": SEARCH_TIMEOUT,
        "track_total_hits": False,
    }


def count_of(pair: str) -> Json:
    """The search that only counts the paragraphs with a pair."""
    query = {"term": {PAIRS: pair}}
    return {"query": query, "size": 0, "timeout": SEARCH_TIMEOUT, "track_total_hits": True}


_Weighed = list[tuple[Phrase, float]]


def _weighed(words: Sequence[Alternatives], statistics: TextStatistics) -> list[_Weighed]:
    found = []
    for alternatives in words:
        highest = statistics.idf(next(iter(alternatives)))
        found.append(
            [
                (phrase, weight * min(1.0, highest / statistics.idf(phrase)))
                for phrase, weight in alternatives.items()
                if statistics.knows(phrase)
            ]
        )
    return found


def _within(most: int, words: list[_Weighed]) -> list[_Weighed]:
    """The alternatives, without those that weigh least if they are more than the server takes."""
    clauses = sum(len(phrase) + 1 for word in words for phrase, _ in word)
    if clauses <= most:
        return words
    heaviest: Iterable[tuple[float, int, Phrase]] = sorted(
        ((weight, place, phrase) for place, word in enumerate(words) for phrase, weight in word),
        key=lambda one: -one[0],
    )
    kept: list[_Weighed] = [[] for _ in words]
    for weight, place, phrase in heaviest:
        most -= len(phrase) + 1
        if most < 0:
            break
        kept[place].append((phrase, weight))
    return kept


def _phrase(phrase: Phrase, weight: float) -> Json:
    """All terms of the phrase; its score is the mean of theirs."""
    parts = [_term(TERMS, term, weight / len(phrase)) for term in phrase]
    return {"bool": {"must": parts}} if parts[1:] else parts[0]


def _term(field: str, text: str, weight: float) -> Json:
    return {"term": {field: {"value": text, "boost": weight}}}
