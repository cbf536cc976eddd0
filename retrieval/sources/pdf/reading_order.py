"""Puts what a file draws late, although it stands above other text, before that text."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from retrieval.sources.pdf.text_lines import TextLine

MOST_STRETCH_LEADING = 2.5  # of the size
LEAST_OVERLAP = 0.3  # of the narrower one
MOST_STRETCHES = 400  # of a page; a form may have thousands, in whatever order


@dataclass(slots=True)
class _Stretch:
    """Lines that follow each other downwards, with the edges of all of them."""

    lines: list[TextLine] = field(default_factory=list)

    @property
    def start(self) -> float:
        return min(line.start for line in self.lines)

    @property
    def end(self) -> float:
        return max(line.end for line in self.lines)

    def is_above(self, other: "_Stretch") -> bool:
        """Whether all of it stands above the other, and not only beside it."""
        last, first = self.lines[-1], other.lines[0]
        if last.base < first.base + 0.5 * first.size:
            return False
        shared = min(self.end, other.end) - max(self.start, other.start)
        narrower = min(self.end - self.start, other.end - other.start)
        return shared > LEAST_OVERLAP * narrower


def in_reading_order(rows: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a page in the order of the file, but none behind what it stands above.

    What is drawn first at the very foot comes last, so that it pulls no column before another.
    """
    stretches: list[_Stretch] = []
    for row in rows:
        if stretches and _follows(stretches[-1].lines[-1], row):
            stretches[-1].lines.append(row)
        else:
            stretches.append(_Stretch([row]))
    if len(stretches) > MOST_STRETCHES:
        return list(rows)
    ordered: list[_Stretch] = []
    reached: set[int] = set()
    for stretch in sorted(stretches, key=lambda one: _is_foot(one, stretches)):
        _put(stretch, stretches, ordered, reached)
    return [line for stretch in ordered for line in stretch.lines]


def _is_foot(stretch: _Stretch, stretches: Sequence[_Stretch]) -> bool:
    """Whether all else stands above it, and some of that is drawn later."""
    place = next(number for number, one in enumerate(stretches) if one is stretch)
    highest = stretch.lines[0].base
    return any(other.is_above(stretch) for other in stretches[place + 1 :]) and all(
        other.lines[-1].base > highest for other in stretches if other is not stretch
    )


def _put(
    stretch: _Stretch, stretches: Sequence[_Stretch], ordered: list[_Stretch], reached: set[int]
) -> None:
    """Put a stretch right behind those that it stands below, unless it was reached before."""
    if id(stretch) in reached:
        return
    reached.add(id(stretch))
    for other in stretches:
        if other.is_above(stretch):
            _put(other, stretches, ordered, reached)
    ordered.append(stretch)


def _follows(above: TextLine, line: TextLine) -> bool:
    distance = above.base - line.base
    overlap = min(above.end, line.end) - max(above.start, line.start)
    return 0 < distance < MOST_STRETCH_LEADING * max(above.size, line.size) and overlap > 0
