"""The styles of articles: whether one speaks of itself, and whether it is written in clauses."""

from retrieval.articles import Article
from retrieval.index.collection_index import Index

TALKING_SHARE = 0.15  # of the sentences of an article that speaks of itself
NUMBERED_SHARE = 0.5  # of those of an article that is written in clauses
MOST_LISTENED_TO = 40  # paragraphs of an article


class ArticleStyles:
    """Tells the styles of the articles of one collection by their first paragraphs."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._talking: dict[str, bool] = {}
        self._in_clauses: dict[str, bool] = {}

    def talks(self, paragraph: int) -> bool:
        """Whether its article speaks of itself all along, as a handbook does by "we"."""
        article = self._index.article_of(paragraph)
        if article.id not in self._talking:
            pattern = self._index.analyzer_of(paragraph).language.briefing.talking
            said = [
                s for n in self._first_paragraphs(article) for s in self._index.sentences_of(n)
            ]
            talking = sum(self._index.finds(pattern, sentence) for sentence in said)
            self._talking[article.id] = talking >= TALKING_SHARE * len(said)
        return self._talking[article.id]

    def is_in_clauses(self, paragraph: int) -> bool:
        """Whether its article says half of all in numbered entries, as statutes do: no steps."""
        article = self._index.article_of(paragraph)
        if article.id not in self._in_clauses:
            said = [(n, len(self._index.sentences_of(n))) for n in self._first_paragraphs(article)]
            numbered = sum(
                count
                for number, count in said
                if (listed := self._index.list_or_table(number)) and listed.is_numbered
            )
            all_said = sum(count for _, count in said)
            self._in_clauses[article.id] = numbered >= NUMBERED_SHARE * all_said
        return self._in_clauses[article.id]

    def _first_paragraphs(self, article: Article) -> range:
        return self._index.paragraphs_of(article)[:MOST_LISTENED_TO]
