"""Words a briefing: a title, headings, points with their citations, and notes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.composing.answer_composer import AnswerComposer, Citation
from bot.composing.briefing_wishes import without_asking
from bot.composing.wording import phrase, text
from retrieval.articles import Article, Articles, Paragraph, Span
from retrieval.briefing.briefing import Briefing, Point, SectionRole
from retrieval.questions.question_text import clean
from retrieval.text.analysis import word_count
from retrieval.text.headings import label


class CitedPoint(NamedTuple):
    """A point: the citation that is quoted, and those that say the same elsewhere.

    `marked` are the spans of the quote's text by which it differs from another point.
    """

    citation: Citation
    also: tuple[Citation, ...]
    marked: tuple[Span, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All of them, the quoted one first."""
        return (self.citation, *self.also)


class CitedSection(NamedTuple):
    """Points under a heading, which is empty where there is none."""

    heading: str
    role: SectionRole
    points: tuple[CitedPoint, ...]


@dataclass(frozen=True, slots=True)
class WordedBriefing:
    """A briefing before any markup.

    `near` are headings to ask for next, each with the paragraph that it stands over.
    """

    briefing: Briefing
    title: str
    lead: str
    sections: tuple[CitedSection, ...]
    notes: tuple[str, ...]
    near: tuple[tuple[str, Paragraph], ...]

    @property
    def words(self) -> int:
        """How many words are shown, the footnotes aside; a bullet and a number count as one."""
        shown = [self.title, self.lead, *self.notes, *(s.heading for s in self.sections)]
        shown += [point.citation.opening + point.citation.quote.text for point in self.points]
        marks = sum(1 + len(point.citations) for point in self.points)
        return marks + sum(map(word_count, shown))

    @property
    def points(self) -> Iterator[CitedPoint]:
        """The points in their order."""
        return (point for section in self.sections for point in section.points)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations in the order of their numbers."""
        return tuple(c for point in self.points for c in point.citations)

    @property
    def footnotes(self) -> list[tuple[Article, list[tuple[Paragraph, list[Citation]]]]]:
        """The citations by article and paragraph, both in the order of their first numbers."""
        grouped: dict[str, dict[int, list[Citation]]] = {}
        articles: dict[str, Article] = {}
        for citation in self.citations:
            paragraph = citation.quote.paragraph
            articles[paragraph.article] = citation.article
            of_article = grouped.setdefault(paragraph.article, {})
            of_article.setdefault(paragraph.number, []).append(citation)
        return [
            (articles[name], [(found[0].quote.paragraph, found) for found in places.values()])
            for name, places in grouped.items()
        ]


class BriefingComposer:
    """Words briefings on one collection; the wording asserts nothing itself."""

    def __init__(self, articles: Articles, composer: AnswerComposer) -> None:
        self._articles = articles
        self._composer = composer

    def compose(
        self, briefing: Briefing, topic: str, *, is_news: bool = False, is_brief: bool = False
    ) -> WordedBriefing:
        """The briefing on that topic as it was asked for; `is_news` is one on what is new.

        One that `is_brief` has no headings: its few points are read at a glance.
        """
        shown = self._shown(briefing, topic)
        values = {
            "topic": shown[:1].upper() + shown[1:],
            "briefing": briefing,
            "query": briefing.query,
            "titles": [self._articles[article].title for article in briefing.speaking],
            "count": len(self._articles),
            "is_news": is_news,
            "is_near": bool(briefing.query and any(w.known for w in briefing.query.words)),
        }
        notes = text("briefing/notes", **values).splitlines()
        return WordedBriefing(
            briefing=briefing,
            title=text("briefing/title", **values),
            lead=text("briefing/lead", **values),
            sections=_flat(self._sections(briefing)) if is_brief else self._sections(briefing),
            notes=tuple(line.strip() for line in notes if line.strip()),
            near=tuple((label(p.heading), p) for p in briefing.near),
        )

    @staticmethod
    def plain(worded: WordedBriefing) -> str:
        """The briefing as plain text, without any width."""
        return text("briefing/plain", briefing=worded)

    def _shown(self, briefing: Briefing, topic: str) -> str:
        """What the briefing is on: the title of an article as it is written, or the topic."""
        if briefing.is_title and briefing.speaking:
            return self._articles[briefing.speaking[0]].title
        return without_asking(briefing.query.corrected if briefing.query else clean(topic))

    def _sections(self, briefing: Briefing) -> tuple[CitedSection, ...]:
        sections, number = [], 1
        for section in briefing.sections:
            points = []
            for point in section.points:
                points.append(self._cited(point, number))
                number += len(points[-1].citations)
            heading = section.heading or self._heading(section.role, briefing)
            sections.append(CitedSection(heading, section.role, tuple(points)))
        return tuple(sections)

    @staticmethod
    def _heading(role: SectionRole, briefing: Briefing) -> str:
        """What a section without a heading is called; nothing if it is the opening or alone.

        Beside others with a heading it holds what opens or closes an article.
        """
        if role is SectionRole.OPENING:
            return ""
        if len(briefing.sections) == 1 and role is not SectionRole.DIFFERENCE:
            return ""
        frames = role is SectionRole.DETAIL and any(
            section.heading for section in briefing.sections
        )
        return phrase("briefing_frame" if frames else f"briefing_{role}")

    def _cited(self, point: Point, first: int) -> CitedPoint:
        cited = self._composer.cited((point.quote, *point.also))
        numbered = [c._replace(number=first + place) for place, c in enumerate(cited)]
        return CitedPoint(numbered[0], tuple(numbered[1:]), _within(point))


def _within(point: Point) -> tuple[Span, ...]:
    """Where what is marked stands in the quote's text; quotes with omissions have no marks."""
    quote = point.quote
    if len(quote.spans) > 1:
        return ()
    return tuple(
        Span(span.start - quote.start, span.end - quote.start)
        for span in point.marked
        if quote.start <= span.start and span.end <= quote.end
    )


def _flat(sections: Sequence[CitedSection]) -> tuple[CitedSection, ...]:
    """The sections without headings, but for that over a difference."""
    return tuple(
        s if s.role is SectionRole.DIFFERENCE else s._replace(heading="") for s in sections
    )
