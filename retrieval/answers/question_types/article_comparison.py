"""Comparisons of articles: what each of them says on a subject, and which say nothing."""

from collections.abc import Sequence
from dataclasses import replace

from retrieval.answers.question_types.article_facts import MOST_LISTED_ARTICLES
from retrieval.answers.quoting.evidence import Evidence, evidence_of
from retrieval.answers.quoting.passage_selection import PassageSelection
from retrieval.answers.quoting.passages import Passage
from retrieval.answers.quoting.quotes import Quoter
from retrieval.answers.ranking.candidates import Candidate
from retrieval.answers.ranking.scoring import WordScores
from retrieval.index.collection_index import Index
from retrieval.questions.query import Query, covered_share

MOST_QUOTES_OF_ARTICLE = 3
LEAST_COVERED = 0.6  # of the question, by a paragraph


def compared(index: Index, quoter: Quoter, query: Query, limit: int) -> Evidence | None:
    """Quotes of each article in turn, the one with most on it first, and who is silent.

    None if all are.
    """
    scores = WordScores(index, query)
    selection = PassageSelection(index, query, quoter, scores)
    spoken: dict[str, list[Passage]] = {}
    for article, found in scores.by_article().items():
        if passages := _of_article(selection, found):
            spoken[article] = passages
    if not spoken:
        return None
    each = max(1, limit // len(spoken))
    chosen = [passage for found in list(spoken.values())[:limit] for passage in found[:each]]
    first = index.articles.page(0, MOST_LISTED_ARTICLES)
    silent = tuple(article.id for article in first if article.id not in spoken)
    return replace(
        evidence_of(index, quoter, query, chosen, scores.held),
        speaking=tuple(spoken),
        silent=silent,
        more_silent=len(index.articles) - len(spoken) - len(silent),
    )


def _of_article(selection: PassageSelection, found: Sequence[Candidate]) -> list[Passage]:
    """The passages of one article whose paragraphs cover most of what is asked."""

    def accepts(candidate: Candidate, passage: Passage) -> bool:
        terms = selection.index.paragraph_terms(passage.paragraph)
        covers = covered_share(selection.query.words, terms) >= LEAST_COVERED
        return covers and selection.fits(candidate, passage, found)

    return selection.near_first(found, MOST_QUOTES_OF_ARTICLE, accepts)
