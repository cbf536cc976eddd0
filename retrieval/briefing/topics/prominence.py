"""Prominence of sentences: those that open an article, a section or a paragraph; new ones.

For briefings on everything, where no topic says what matters.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, zip_longest

from retrieval.answers.question_types.collection_overview import central_first
from retrieval.index.collection_index import Index

OPENS = 0.35  # the weight of opening a paragraph or an article
SECTION = 0.5  # what opens a section, beside what opens an article
NEWS_WEIGHT = 0.1
MANY_ARTICLES = 8  # as many as the points of an overview, which then takes what opens articles
MOST_OPENING_PARAGRAPHS = 32
MOST_RANKED_SENTENCES = 900


class Prominence:
    """Tells the prominence of the sentences of one collection."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of(self, paragraphs: Sequence[int] | None) -> dict[int, float]:
        """The prominence of the sentences of those paragraphs, or of all, in order; 1 at most.

        Of many articles, those that open the ones on what is spoken of most; of these and of very
        many others, the first ones of each article in turn.
        """
        chosen: list[int] = []
        for paragraph in self._in_turn(paragraphs):
            sentences = self._index.sentences_of(paragraph)
            if chosen and len(chosen) + len(sentences) > MOST_RANKED_SENTENCES:
                break
            chosen.extend(sentences[:MOST_RANKED_SENTENCES])
        return {sentence: self._prominence(sentence) for sentence in sorted(chosen)}

    def _prominence(self, sentence: int) -> float:
        """How prominently a sentence stands in its article, and how new that is; at most 1.

        An article says first what it is about, and so does each of its paragraphs.
        """
        number = self._index.paragraph_of(sentence)
        paragraph = self._index.paragraph(number)
        opens_article = (
            1.0 if paragraph.number == 1 else SECTION * self._index.opens_section(number)
        )
        opens_paragraph = sentence == self._index.first_sentence(number)
        published = self._index.articles[paragraph.article].published or ""
        recency = self._index.engine.recency(published)
        return 1.0 - OPENS * (2 - opens_article - opens_paragraph) - NEWS_WEIGHT * (1 - recency)

    def _in_turn(self, paragraphs: Sequence[int] | None) -> Iterator[int]:
        """The paragraphs: the first one of each article, then the second ones, and so on.

        Of some paragraphs of many articles, those of the newest.
        """
        central = central_first(self._index)
        if paragraphs is None:
            most = MOST_OPENING_PARAGRAPHS if len(central) > MANY_ARTICLES else None
            yield from islice(self._index.engine.in_turn(central), most)
            return
        of_articles: dict[str, list[int]] = {}
        for number in paragraphs:
            of_articles.setdefault(self._index.paragraph(number).article, []).append(number)
        most = None
        if len(of_articles) > MANY_ARTICLES:
            newest = sorted(central, key=lambda article: article.published or "", reverse=True)
            order = [article.id for article in newest if article.id in of_articles]
            of_articles = {name: of_articles[name] for name in order[:MANY_ARTICLES]}
            most = MOST_OPENING_PARAGRAPHS
        in_turn = (n for row in zip_longest(*of_articles.values()) for n in row if n is not None)
        yield from islice(in_turn, most)
