"""A briefing: points under headings, each point a quote."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from retrieval.articles import Paragraph, Quote, Span
from retrieval.questions.query import Query


@dataclass(frozen=True, slots=True)
class Length:
    """How much a briefing may hold: words and points, and sentences if they are counted.

    Of the words, the points leave those in `reserved` to what stands around them. Beside the
    points, at most `near` headings to ask for next.
    """

    words: int
    points: int
    sentences: int | None = None
    reserved: int = 0
    near: int = 4


class Point(NamedTuple):
    """A quote that makes a point, and passages of other articles that say all of it.

    `marked` are the spans of its paragraph by which it differs from another point.
    """

    quote: Quote
    also: tuple[Quote, ...] = ()
    marked: tuple[Span, ...] = ()


class SectionRole(StrEnum):
    """What a section is in a briefing: its place in the order that it is read in."""

    OPENING = "opening"
    WHAT = "what"
    DETAIL = "detail"
    DIFFERENCE = "difference"
    OUTLOOK = "outlook"


class Section(NamedTuple):
    """Points that speak of one aspect.

    `heading` is the articles' own, empty where they have none. The points of a difference are of
    different articles and contradict each other.
    """

    heading: str
    role: SectionRole
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the articles say on a topic.

    `query` is the topic as it was understood, None for the whole collection; `speaking` are the
    ids of the articles that speak of it; `near` are paragraphs under headings that are close to
    the topic and that the briefing is not about; `is_title` is whether the topic is the title of
    the articles in `speaking`, and nothing else was looked at. One that `is_close` holds a few
    points that come closest to a topic of which the articles do not speak.
    """

    query: Query | None
    sections: tuple[Section, ...]
    speaking: tuple[str, ...]
    near: tuple[Paragraph, ...]
    is_title: bool = False
    is_close: bool = False

    @property
    def found(self) -> bool:
        """Whether the articles say anything on the topic."""
        return bool(self.sections)

    @property
    def points(self) -> Iterator[Point]:
        """The points in their order."""
        return (point for section in self.sections for point in section.points)
