"""The inverted index that proposes paragraphs: tantivy's. The only module that imports tantivy.

It knows the numbers of paragraphs, their terms and pairs, and nothing else. How many it is asked
for is set in `retrieval/answers/ranking/scoring.py` and `retrieval/store/reading/disk_engine.py`.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import tantivy
from tantivy import Occur, Query

from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.index.statistics import Alternatives, Phrase, TextStatistics

FOLDER = "candidates"
TERMS, PAIRS, ROW, NUMBER = "terms", "pairs", "row", "number"
GAP = "\n"  # no term holds one
SPACE = "\x1f"  # what a term or a pair holds instead of a space, at which it would be cut
BULK_HEAP, USUAL_HEAP = 128_000_000, 15_000_000  # bytes; tantivy takes no less


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in (TERMS, PAIRS):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_unsigned_field(ROW, indexed=True)
    builder.add_unsigned_field(NUMBER, fast=True)
    return builder.build()


class InvertedIndex:
    """Opens an index in a folder, which is made if there is none."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._schema = _schema()
        is_new = not any(self._folder.iterdir())
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        if is_new:
            _make_private(self._folder)

    def searcher(self) -> "IndexSearcher":
        """The index as it is at this moment."""
        self._index.reload()
        return IndexSearcher(self._schema, self._index.searcher())

    def writer(self, *, is_bulk: bool) -> "IndexWriter":
        """What changes the index; one at a time."""
        heap = BULK_HEAP if is_bulk else USUAL_HEAP
        return IndexWriter(self._schema, self._index.writer(heap, num_threads=1), self._folder)


class IndexSearcher:
    """One state of the index."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema = schema
        self._searcher = searcher

    def best(self, query: Query, limit: int) -> list[int]:
        """The numbers of the paragraphs that come first."""
        hits = self._searcher.search(query, limit=limit, count=False).hits
        places = [place for _, place in hits]
        values = self._searcher.fast_field_values(NUMBER, places)
        return [int(value) for value in values if value is not None]

    def holding_pair(self, pair: str) -> int:
        """How many paragraphs hold a pair."""
        query = self._term(PAIRS, pair)
        return int(self._searcher.search(query, limit=1, count=True).count)  # type: ignore[attr-defined]

    def with_pair(self, pair: str, most: int) -> list[int]:
        """The numbers of the paragraphs that hold a pair."""
        return self.best(self._term(PAIRS, pair), max(1, most))

    def query(
        self,
        words: Sequence[Alternatives],
        pairs: Sequence[Alternatives],
        statistics: TextStatistics,
    ) -> Query | None:
        """What the words and pairs look up; None if no paragraph can hold any of it."""
        clauses = []
        for alternatives in words:
            highest = statistics.idf(next(iter(alternatives)))
            parts = [
                self._phrase(phrase, weight * min(1.0, highest / statistics.idf(phrase)))
                for phrase, weight in alternatives.items()
                if statistics.knows(phrase)
            ]
            if parts:
                clauses.append(Query.disjunction_max_query(parts) if parts[1:] else parts[0])
        for alternatives in pairs:
            for (pair,), weight in alternatives.items():
                clauses.append(Query.boost_query(self._term(PAIRS, pair), weight))
        if not clauses:
            return None
        return Query.boolean_query([(Occur.Should, clause) for clause in clauses])

    def _phrase(self, phrase: Phrase, weight: float) -> Query:
        """All terms of the phrase; its score is the mean of theirs."""
        share = weight / len(phrase)
        parts = [Query.boost_query(self._term(TERMS, term), share) for term in phrase]
        return parts[0] if not parts[1:] else Query.boolean_query([(Occur.Must, p) for p in parts])

    def _term(self, field: str, text: str) -> Query:
        return Query.term_query(self._schema, field, _joined(text), index_option="freq")


class IndexWriter:
    """Adds and removes the paragraphs of articles; nothing is seen of it before `commit`."""

    def __init__(self, schema: tantivy.Schema, writer: tantivy.IndexWriter, folder: Path) -> None:
        self._schema = schema
        self._writer = writer
        self._folder = folder

    def add(self, row: int, numbered: Iterable[tuple[int, AnalysedParagraph]]) -> None:
        """Add the paragraphs of an article."""
        for number, found in numbered:
            document = tantivy.Document()
            terms = _joined(GAP.join(found.terms))
            document.add_text(TERMS, terms.replace(GAP, " "))
            document.add_text(PAIRS, " ".join(map(SPACE.join, pairwise(terms.split(GAP)))))
            document.add_unsigned(ROW, row)
            document.add_unsigned(NUMBER, number)
            self._writer.add_document(document)

    def remove(self, rows: Iterable[int]) -> None:
        """Remove the paragraphs of articles."""
        for row in rows:
            self._writer.delete_documents_by_query(Query.term_query(self._schema, ROW, row))

    def commit(self) -> None:
        """Make all changes at once."""
        self._writer.commit()

    def close(self) -> None:
        """Finish what goes on in the background."""
        with suppress(ValueError):  # it has failed before
            self._writer.wait_merging_threads()
        _make_private(self._folder)


def _make_private(folder: Path) -> None:
    """Make the files readable for their owner alone; tantivy doesn't do that by itself."""
    for file in folder.iterdir():
        with suppress(OSError):  # a merge has just taken it away
            file.chmod(0o600)


def _joined(text: str) -> str:
    return text.replace(" ", SPACE)
