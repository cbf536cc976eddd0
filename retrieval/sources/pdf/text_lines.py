"""The lines of text on a page, as they are set."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
LETTER = re.compile(r"[^\W\d_]")
FIRST_WORD = re.compile(r"\S+")
WORD_JOINER = "\u2060"
SENTENCE_ENDS = tuple('.!?…:;。！？：；؟"”»)')


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line, or a part of one; lengths are in points, `base` counts from the page's foot.

    `start` and `end` are its edges where reading begins and ends: of a line that is read from
    right to left they count from the right edge of the page. `cells` are its parts if it is a row
    of a table; `is_fixed` tells letters that are all as wide, as of code. `font` is the name of
    that in which all of it is set, if it is one and has a name. `opens_bold` tells a line that
    begins in bold and does not go on so.
    """

    text: str
    start: float
    end: float
    base: float
    size: float
    is_bold: bool = False
    page: int = 1
    cells: tuple[str, ...] = ()
    is_cut: bool = False
    is_fixed: bool = False
    font: str = ""
    opens_bold: bool = False

    @property
    def marked(self) -> str:
        """Its text, with a mark that joins it to the next line if a word is cut at its end."""
        return f"{self.text}{WORD_JOINER}" if self.is_cut else self.text

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.end - self.start

    @property
    def letter_width(self) -> float:
        """How wide one of its characters is on average."""
        return self.width / max(1, len(self.text))

    @property
    def ends_sentence(self) -> bool:
        """Whether its last character ends a sentence."""
        return self.text.rstrip().endswith(SENTENCE_ENDS)

    @property
    def first_word_width(self) -> float:
        """How wide its first word is, roughly."""
        match = FIRST_WORD.match(self.text)
        return len(match[0]) * self.letter_width if match else 0.0


@dataclass(frozen=True, slots=True)
class TextPage:
    """The lines of a page in the order of the file; `number` counts from 1.

    `label` is what the page is called by its file, if that differs; `has_pictures` tells a page
    without text that shows something from one that is blank.
    """

    number: int
    width: float
    height: float
    lines: tuple[TextLine, ...]
    label: str = ""
    has_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a PDF's own contents: its title, its level from 1, the page that it opens."""

    title: str
    level: int
    page: int | None


@dataclass(frozen=True, slots=True)
class TextPages:
    """All pages of a PDF, and what the file says about itself."""

    pages: tuple[TextPage, ...]
    title: str = ""
    bookmarks: tuple[Bookmark, ...] = field(default=())


def is_right_to_left(text: str) -> bool:
    """Whether most of its letters are of a script that runs from right to left."""
    letters = LETTER.findall(text)
    return 2 * sum(bool(RIGHT_TO_LEFT.match(char)) for char in letters) > len(letters)


def usual_size(lines: Iterable[TextLine]) -> float:
    """The size that most characters of these lines have, to half a point; 0 without lines."""
    counts: dict[float, int] = {}
    for line in lines:
        size = round(line.size * 2) / 2
        counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: (counts[size], -size), default=0.0)


def usual_leading(lines: Iterable[TextLine]) -> float:
    """The distance of two base lines that follow each other, as a multiple of their size."""
    lines = list(lines)
    ratios = []
    for above, below in pairwise(lines):
        distance = above.base - below.base
        if above.page == below.page and 0.5 * above.size < distance < 2.5 * above.size:
            ratios.append(distance / above.size)
    return median(ratios) if ratios else 1.2
