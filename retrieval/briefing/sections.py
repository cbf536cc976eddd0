"""Sections of a briefing: under which heading a point stands, and in which order.

What a topic is comes first, then the details, then problems and outlook.
"""

from collections.abc import Sequence
from typing import NamedTuple

from retrieval.articles import Paragraph
from retrieval.briefing.briefing import Point, Section, SectionRole
from retrieval.briefing.definitions import defines
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.index.collection_index import Index
from retrieval.text.headings import label
from retrieval.text.languages import Language

MOST_OPENING_PARAGRAPHS = 20  # of an article before the first heading that names a subject
ORDER = {SectionRole.WHAT: 0, SectionRole.DETAIL: 1, SectionRole.OUTLOOK: 2}


class Placed(NamedTuple):
    """A point, its sentences and how closely it speaks of the topic."""

    point: Point
    sentences: Sequence[int]
    relevance: float


def own_heading(index: Index, paragraph: Paragraph) -> str:
    """The label of a paragraph's heading; empty if that only frames the article."""
    heading = label(paragraph.heading)
    language = index.analyzer_of(index.position(paragraph)).language
    return "" if language.briefing.framing.match(heading) else heading


def in_order(points: Sequence[Placed]) -> list[Placed]:
    """The points in the order of the text."""
    return sorted(points, key=lambda point: point.sentences[0])


class SectionBuilder:
    """Puts points under the headings of their articles."""

    def __init__(self, index: Index, concepts: Concepts) -> None:
        self._index = index
        self._concepts = concepts

    def sections(
        self, placed: Sequence[Placed], named: frozenset[str], shared: frozenset[str]
    ) -> list[Section]:
        """The points in sections, both in the order in which they are read.

        `named` are the concepts of the topic, `shared` the headings that several articles have:
        where several are quoted, their titles stand instead. A point that opens its article stands
        under the title of that if there are points of others; one that only frames it, under none.
        """
        articles = {point.point.quote.paragraph.article for point in placed}
        shared = shared if len(articles) > 1 else frozenset()
        defining = next((p for p in placed if self._defines(p, named)), None)
        groups: dict[tuple[str, SectionRole], list[Placed]] = {}
        for point in placed:
            heading = self._heading(point, named, shared)
            is_what = self._defines(point, named)
            if not heading and self._opens(point) and len(articles) > 1 and not is_what:
                heading = self._title(point, named)
            role = self._role_of_heading(heading, named) if heading else self._role(point, named)
            groups.setdefault((heading, role), []).append(point)
        ordered = sorted(groups.items(), key=lambda group: self._place(group, named))
        if defining is not None:  # what the topic is comes first, under whichever heading
            ordered.sort(key=lambda g: defining not in g[1] or g[0][1] is SectionRole.OUTLOOK)
        sections = [
            Section(heading, role, tuple(p.point for p in self._in_order(points, named)))
            for (heading, role), points in ordered
        ]
        if ordered:
            (heading, role), points = ordered[0]
            if not heading and role is not SectionRole.OUTLOOK and all(map(self._opens, points)):
                sections[0] = sections[0]._replace(role=SectionRole.OPENING)
        return sections

    def _place(
        self,
        group: tuple[tuple[str, SectionRole], Sequence[Placed]],
        named: frozenset[str],
    ) -> tuple[float, ...]:
        """What it is first and outlook last; in between what has the topic for its heading first.

        Then what is closest to the topic.
        """
        (heading, role), points = group
        closest = max(point.relevance for point in points)
        first = min(point.sentences[0] for point in points)
        is_rest = role is SectionRole.DETAIL and not heading
        # What stands before the first heading of an article says what all of it is about.
        opens = is_rest and all(map(self._opens, points))
        return (
            ORDER[role],
            not self._is_topic(heading, named),
            is_rest and not opens,
            not opens,
            -round(closest, 1),
            first,
        )

    def _opens(self, point: Placed) -> bool:
        """Whether a point stands before the first heading of its article that names a subject."""
        quoted = point.point.quote.paragraph
        if not quoted.heading or quoted.number > MOST_OPENING_PARAGRAPHS:
            return not quoted.heading
        position = self._index.position(quoted)
        read = map(self._index.paragraph, range(position, position - quoted.number, -1))
        return not any(own_heading(self._index, paragraph) for paragraph in read)

    def _heading(self, point: Placed, named: frozenset[str], shared: frozenset[str]) -> str:
        """The label of the point's own heading; empty if that only frames the article."""
        heading = own_heading(self._index, point.point.quote.paragraph)
        return self._title(point, named) if heading in shared else heading

    def _title(self, point: Placed, named: frozenset[str]) -> str:
        """The title of the point's article, without its subtitle unless that names the topic."""
        title = self._index.articles[point.point.quote.paragraph.article].title
        name = label(title)
        needs_all = self._is_topic(title, named) and not self._is_topic(name, named)
        return title if needs_all else name

    def _role_of_heading(self, heading: str, named: frozenset[str]) -> SectionRole:
        languages = [analyzer.language for analyzer in self._index.analyzers.values()]
        is_outlook = any(language.briefing.outlook.search(heading) for language in languages)
        is_outlook = is_outlook and not self._is_topic(heading, named)
        return SectionRole.OUTLOOK if is_outlook else SectionRole.DETAIL

    def _is_topic(self, heading: str, named: frozenset[str]) -> bool:
        """Whether a heading holds all that the topic names."""
        terms = (t for a in self._index.analyzers.values() for t in a.terms(heading))
        return bool(named) and named <= frozenset(map(self._concepts.concept, terms))

    def _role(self, point: Placed, named: frozenset[str]) -> SectionRole:
        language = self._language(point)
        text = point.point.quote.text
        if language.briefing.outlook.search(text):
            return SectionRole.OUTLOOK
        return SectionRole.WHAT if self._defines(point, named) else SectionRole.DETAIL

    def _defines(self, point: Placed, named: frozenset[str]) -> bool:
        return defines(self._index, self._concepts, point.sentences[0], named)

    def _language(self, point: Placed) -> Language:
        paragraph = self._index.position(point.point.quote.paragraph)
        return self._index.analyzer_of(paragraph).language

    def _in_order(self, points: Sequence[Placed], named: frozenset[str]) -> list[Placed]:
        """What the topic is first, then as they stand in the articles."""
        return sorted(points, key=lambda p: (not self._defines(p, named), p.sentences[0]))
