"""The ranking of paragraphs by BM25, for recall and MRR."""

from dataclasses import dataclass
from typing import Protocol

from retrieval.answers.scoring import paragraph_scores, ranked
from retrieval.articles import Paragraph
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that was found; scores of two engines do not compare."""

    paragraph: Paragraph
    score: float


class Retriever(Protocol):
    """Finds paragraphs."""

    def search(self, query: Query, limit: int) -> list[Hit]:
        """At most `limit` paragraphs that hold a word of the query, best first."""


class BM25Retriever:
    """Finds paragraphs by BM25 over their words and pairs of words."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, query: Query, limit: int) -> list[Hit]:
        """At most `limit` paragraphs with a score above 0; equal ones in collection order."""
        scores = paragraph_scores(self._index, query)
        paragraphs = self._index.collection.paragraphs
        return [Hit(paragraphs[n], float(scores[n])) for n in ranked(scores)[:limit]]
