"""The ranking of paragraphs that recall and MRR are measured on: BM25, and nothing but that."""

from dataclasses import dataclass

from retrieval.answers.ranking.scoring import WordScores
from retrieval.articles import Paragraph
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph that was found; scores of two rankings do not compare."""

    paragraph: Paragraph
    score: float


class ParagraphRanking:
    """Ranks the paragraphs of an index by BM25 over their words and pairs of words."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, query: Query, limit: int) -> list[Hit]:
        """At most `limit` paragraphs with a score above 0; equal ones in collection order."""
        scores = WordScores(self._index, query)
        return [
            Hit(self._index.paragraph(number), scores.of_paragraph(number))
            for number in scores.ranked(limit)
        ]
