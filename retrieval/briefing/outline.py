"""Outlines: the sections of a briefing on whole articles, one or all of them."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from retrieval.articles import Article
from retrieval.briefing.briefing import Section, SectionRole
from retrieval.briefing.sections import Placed, in_order, own_heading
from retrieval.index.collection_index import Index
from retrieval.text.headings import label


def outline(index: Index, placed: Sequence[Placed], opening: frozenset[int]) -> list[Section]:
    """The points of one article under its headings, or those of several under their titles.

    Of several, the one with a sentence in `opening` comes first, and needs no title.
    """
    articles = {point.point.quote.paragraph.article for point in placed}
    if len(articles) > 1:
        return _by_article(index, placed, opening)
    return _by_heading(index, placed)


def _by_heading(index: Index, placed: Sequence[Placed]) -> list[Section]:
    """The sections in the article's order; what opens it comes first and needs no heading.

    What stands under a heading that only frames ("Conclusion") comes last.
    """
    sections: list[Section] = []
    rest: list[Placed] = []
    for heading, points in groupby(
        in_order(placed), key=lambda point: own_heading(index, point.point.quote.paragraph)
    ):
        if heading or not sections:
            role = SectionRole.DETAIL if heading else SectionRole.OPENING
            sections.append(Section(heading, role, tuple(p.point for p in points)))
        else:
            rest += points
    if rest:
        sections.append(Section("", SectionRole.DETAIL, tuple(p.point for p in rest)))
    return sections


def _by_article(index: Index, placed: Sequence[Placed], opening: frozenset[int]) -> list[Section]:
    """A section for each article under its title, the one with the most central point first."""
    order = sorted(placed, key=lambda point: (-round(point.relevance, 1), point.sentences))
    order.sort(key=lambda point: opening.isdisjoint(point.sentences))
    groups: dict[str, list[Placed]] = {}
    for point in order:
        groups.setdefault(point.point.quote.paragraph.article, []).append(point)
    titles = _titles([index.articles[article] for article in groups])
    sections = [
        Section(title, SectionRole.DETAIL, tuple(p.point for p in in_order(points)))
        for title, points in zip(titles, groups.values(), strict=True)
    ]
    if not opening.isdisjoint(order[0].sentences):
        sections[0] = sections[0]._replace(heading="", role=SectionRole.OPENING)
    return sections


def _titles(articles: Sequence[Article]) -> list[str]:
    """The titles, each without its subtitle where that still tells them apart."""
    counts = Counter(label(article.title) for article in articles)
    return [
        label(article.title) if counts[label(article.title)] == 1 else article.title
        for article in articles
    ]
