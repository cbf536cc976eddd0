"""The baseline: plain rank_bm25's best three sentences, lower-case words split at spaces."""

from retrieval.answers.finder import MOST_QUOTES
from retrieval.answers.quoting.evidence import Evidence
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.evaluation.paragraph_ranking import Hit
from retrieval.index.bm25 import PlainOkapi
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind


class PlainFinder:
    """Quotes the sentences that plain BM25 ranks first, and always answers."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._quoter = Quoter(index)
        self._numbers = list(index.engine.numbers())
        self._of = [n for number in self._numbers for n in index.sentences_of(number)]
        self._sentences = PlainOkapi([index.text(number) for number in self._of])
        self._paragraphs = PlainOkapi([index.paragraph(n).text for n in self._numbers])

    def find(self, question: str, context: str | None = None) -> Evidence:
        """The three best sentences; the question before makes no difference."""
        del context
        best = [self._of[place] for place in self._sentences.best(question, MOST_QUOTES)]
        passages = [Passage(self._index.paragraph_of(n), n, n) for n in best]
        quotes = tuple(self._quoter.quote(passage) for passage in passages)
        return Evidence(Query(question, Kind.WHAT), quotes=quotes)

    def search(self, query: Query, limit: int) -> list[Hit]:
        """The paragraphs that plain BM25 ranks first, with 1 / rank as their score."""
        best = self._paragraphs.best(query.question, limit)
        paragraphs = (self._index.paragraph(self._numbers[place]) for place in best)
        return [Hit(paragraph, 1 / rank) for rank, paragraph in enumerate(paragraphs, start=1)]
