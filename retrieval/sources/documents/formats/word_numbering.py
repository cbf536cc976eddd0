"""Writes the numbers of headings and entries, such as 3.2, into the text of a Word file.

Word counts them while it shows a file, so that they stand nowhere in it and no library tells them.
Headings in styles of somebody's own are set in styles that mammoth is told, as it does not go by
their outline level, and the runs of paragraphs in bold styles in bold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial

from lxml import etree

from retrieval.sources.documents.formats.word_runs import text_run
from retrieval.sources.documents.formats.word_styles import W, WordStyles, value
from retrieval.sources.documents.formats.zip_archive import ZipArchive

STYLES, NUMBERING = "word/styles.xml", "word/numbering.xml"
PLACE = re.compile(r"%([1-9])")
UNNUMBERED = frozenset({"bullet", "none"})
ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
         (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
MOST_ROMAN = 4000
LONGEST_TEXT = 100  # of a number, "Article %1"
NUMBER, NUMBER_END = "\ue000", "\ue001"  # private characters, which no text has


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list counts: from where, in which digits, set into which text.

    It starts again behind levels above `restart`, if that is not None, and otherwise behind all
    above it; one that `is_legal` shows all numbers in decimal digits.
    """

    start: int = 1
    digits: str = "decimal"
    text: str = ""
    style: str = ""
    restart: int | None = None
    is_legal: bool = False

    def restarts_behind(self, depth: int, own: int) -> bool:
        """Whether it, whose depth is `own`, starts again behind an entry at another depth."""
        return depth < (own if self.restart is None else min(own, self.restart))


@dataclass(slots=True)
class _List:
    """A list that counts: its levels, and how far each has come.

    Lists of one kind share `counts`; `restarts` says where one starts again when it comes first.
    """

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)
    restarts: dict[int, int] = field(default_factory=dict)

    def next(self, depth: int) -> str:
        """The number of the next entry at that depth, as it is shown."""
        level = self.levels.get(depth, _Level())
        if depth in self.restarts:
            self.counts[depth] = self.restarts.pop(depth) - 1
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for above in range(depth):  # one that is passed over counts all the same
            self.counts.setdefault(above, self.levels.get(above, _Level()).start)
        for one in list(self.counts):
            if self.levels.get(one, _Level()).restarts_behind(depth, one):
                del self.counts[one]
        if level.digits in UNNUMBERED:
            return ""
        return PLACE.sub(partial(self._shown, is_legal=level.is_legal), level.text[:LONGEST_TEXT])

    def _shown(self, place: re.Match[str], *, is_legal: bool) -> str:
        depth = int(place[1]) - 1
        level = self.levels.get(depth, _Level())
        digits = "decimal" if is_legal else level.digits
        return _digits(self.counts.get(depth, level.start), digits)


class _Numbering:
    """The lists of a file, and which paragraphs belong to them by their style."""

    def __init__(self, archive: ZipArchive, styles: WordStyles) -> None:
        self._styles = styles
        self.lists: dict[str, _List] = {}
        if NUMBERING not in archive:
            return
        root = archive.tree(NUMBERING)
        abstract = {
            one.get(f"{W}abstractNumId", ""): dict(_levels(one))
            for one in root.iter(f"{W}abstractNum")
        }
        shared: dict[str, dict[int, int]] = {name: {} for name in abstract}
        for num in root.iter(f"{W}num"):
            name = value(num, "abstractNumId")
            if name in abstract:
                levels = _overridden(abstract[name], num)
                found = _List(levels, shared[name], _restarts(num))
                self.lists[num.get(f"{W}numId", "")] = found

    def number(self, paragraph: etree._Element) -> str:
        """What a paragraph is numbered as, which counts it; nothing if it is in no list."""
        style = value(paragraph, "pPr/pStyle")
        number = depth = ""
        for one in (paragraph, *self._styles.chain(style)):
            number = number or value(one, "pPr/numPr/numId")
            depth = depth or value(one, "pPr/numPr/ilvl")
        found = self.lists.get(number)
        if found is None:
            return ""
        linked = (n for n, level in found.levels.items() if style and level.style == style)
        return found.next(int(depth) if depth.isdigit() else next(linked, 0))


def write_numbers(root: etree._Element, archive: ZipArchive) -> bool:
    """Write numbers into a text, and set headings and bold text as mammoth knows them.

    Whether there were any.

    The number of an entry of a list stands between `NUMBER` and `NUMBER_END`.
    """
    if STYLES not in archive:
        return False
    styles = WordStyles(archive.tree(STYLES))
    numbering = _Numbering(archive, styles)
    is_changed = False
    for paragraph in root.iter(f"{W}p"):
        number = numbering.number(paragraph).strip()
        if not "".join(paragraph.itertext()).strip():
            continue
        level = styles.heading_level(paragraph)
        if number:
            _write(paragraph, f"{number} " if level else f"{NUMBER}{number}{NUMBER_END}")
            is_changed = True
        if level and styles.set_heading(paragraph, level):
            is_changed = True
        if not level and styles.write_bold(paragraph):
            is_changed = True
    return is_changed


def _levels(abstract: etree._Element) -> Iterator[tuple[int, _Level]]:
    for level in abstract.iter(f"{W}lvl"):
        depth, start = level.get(f"{W}ilvl", ""), value(level, "start")
        restart = value(level, "lvlRestart")
        if depth.isdigit():
            yield (
                int(depth),
                _Level(
                    int(start) if start.isdigit() else 1,
                    value(level, "numFmt") or "decimal",
                    value(level, "lvlText"),
                    value(level, "pStyle"),
                    int(restart) if restart.isdigit() else None,
                    level.find(f"{W}isLgl") is not None,
                ),
            )


def _overridden(levels: dict[int, _Level], num: etree._Element) -> dict[int, _Level]:
    """The levels, where this list has some of its own."""
    found = dict(levels)
    for override in num.iter(f"{W}lvlOverride"):
        found.update(_levels(override))
    return found


def _restarts(num: etree._Element) -> dict[int, int]:
    """At which levels a list starts again, and with which number."""
    found = {}
    for override in num.iter(f"{W}lvlOverride"):
        depth, start = override.get(f"{W}ilvl", ""), value(override, "startOverride")
        if depth.isdigit() and start.isdigit():
            found[int(depth)] = int(start)
    return found


def _write(paragraph: etree._Element, text: str) -> None:
    """Put a text before all others of a paragraph."""
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, text_run(text))


def _digits(count: int, digits: str) -> str:
    if digits.endswith("Roman") and 0 < count < MOST_ROMAN:
        roman = ""
        for size, letters in ROMAN:
            roman += letters * (count // size)
            count %= size
        return roman if digits == "upperRoman" else roman.lower()
    if digits.endswith("Letter") and count > 0:
        letter = chr(ord("A") + (count - 1) % 26) * min(10, 1 + (count - 1) // 26)
        return letter if digits == "upperLetter" else letter.lower()
    return f"{count:02}" if digits == "decimalZero" else str(count)
