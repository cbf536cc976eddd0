"""Reads the lines of text on a page from the places of its characters."""

import re
from collections.abc import Iterator
from itertools import chain, pairwise
from statistics import median

from retrieval.sources.pdf.page_characters import (
    SPACE,
    PageCharacters,
    mend_apostrophes,
    mend_arabic,
    mend_hyphens,
    mend_ideographs,
    mend_ligatures,
)
from retrieval.sources.pdf.text_lines import TextLine, is_right_to_left

MEASURED = 6  # characters of a line: measuring all takes three times as long
LINE_END_HYPHEN = 2  # PDFium's character for a hyphen at the end of a line, without a line break
ENDS = (10, 13)
FEW_MADE = 0.03  # of the blanks of a page
LONGEST_WORD = 24
LEAST_GAP = 0.16  # of the size, between two words
CELL_GAP = 1.5  # of the size, between two cells of a table
FEWEST_SPREAD = 3  # words of a line that are far apart
EVEN = 0.1  # of the size: how much their distances differ
BACK = 8  # times the size: from the end of a line to the beginning of another one
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
PRIVATE_BULLET = re.compile("^[\uf000-\uf0ff](?=\\s|$)")  # of the font Symbol or Wingdings
HANGUL = range(0xAC00, 0xD7A4)


class PageLines:
    """Reads the lines of one page, turned so that most of them are upright."""

    def __init__(self, characters: PageCharacters, width: float, height: float, page: int) -> None:
        self._characters = characters
        self._page = page
        self.width, self.height = width, height
        self._codes = characters.codes
        self._is_right_to_left = is_right_to_left("".join(map(chr, self._codes)))
        self._keeps_blanks = self._has_blank_behind_hangul()
        mend_arabic(characters)
        mend_ligatures(characters)
        mend_apostrophes(characters)
        mend_hyphens(characters)
        mend_ideographs(characters)
        self._blanks = [
            c != LINE_END_HYPHEN and (c <= 32 or chr(c).isspace()) for c in self._codes
        ]
        self._is_mixed = self._leaves_blanks_out()
        self._turn = 0

    def lines(self) -> Iterator[TextLine]:
        """The lines in the order of the file, but for those on end and those off the page."""
        runs = list(self._runs())
        turns = [self._turn_of(run) for run in runs]
        counts: dict[int, int] = {}
        for run, turn in zip(runs, turns, strict=True):
            counts[turn] = counts.get(turn, 0) + len(run)
        self._turn = max(counts, key=lambda turn: counts[turn], default=0)
        if self._turn in (90, 270):
            self.width, self.height = self.height, self.width
        for run, turn in zip(runs, turns, strict=True):
            if turn == self._turn:
                yield from filter(self._is_shown, self._measured(run))

    def _is_shown(self, line: TextLine) -> bool:
        """Whether a line stands on the page, not beside it as the marks of printers do."""
        is_level = -line.size < line.base < self.height
        return is_level and line.start < self.width and line.end > 0

    def _leaves_blanks_out(self) -> bool:
        """Whether the page has blanks as mere gaps; PDFium makes blanks of most of them."""
        blanks = [index for index, code in enumerate(self._codes) if code == SPACE]
        return sum(map(self._characters.is_made, blanks)) > FEW_MADE * len(blanks)

    def _has_blank_behind_hangul(self) -> bool:
        """Whether the file has blanks at the ends of lines, where Korean words may be cut."""
        return any(
            code in HANGUL
            and self._codes[index + 2 : index + 3] == [ENDS[1]]
            and self._is_blank_of_file(index + 1)
            for index, code in enumerate(self._codes)
        )

    def _is_cut_behind(self, index: int) -> bool:
        return self._codes[index] in HANGUL and not self._is_blank_of_file(index + 1)

    def _is_blank_of_file(self, index: int) -> bool:
        is_blank = index < len(self._codes) and self._codes[index] == SPACE
        return is_blank and not self._characters.is_made(index)

    def _runs(self) -> Iterator[list[int]]:
        """The indices of the characters of each line, without white space around it."""
        run: list[int] = []
        for index, code in enumerate(self._codes):
            if code not in ENDS:
                run.append(index)
            if code in ENDS or code == LINE_END_HYPHEN:
                yield from self._stripped(run)
                run = []
        yield from self._stripped(run)

    def _stripped(self, run: list[int]) -> Iterator[list[int]]:
        while run and self._blanks[run[-1]]:
            run.pop()
        first = next((n for n, index in enumerate(run) if not self._blanks[index]), 0)
        if run:
            yield run[first:]

    def _turn_of(self, run: list[int]) -> int:
        """By how many degrees the line is turned, to a right angle."""
        angle = self._characters.angle(run[len(run) // 2])
        return round(angle / 90) * 90 % 360 if angle >= 0 else 0

    def _measured(self, run: list[int]) -> Iterator[TextLine]:
        """The line of a run; several where the run jumps to another base line or back."""
        blanks = self._blanks
        shown = [index for index in run if not blanks[index]]
        step = max(1, len(shown) // MEASURED)
        sample = sorted({shown[0], *shown[::step], shown[-1]})
        places = [self._origin(index) for index in sample]
        bases = [base for _, base in places]
        size = median(map(self._characters.size, sample))
        if any(one[0] - other[0] > BACK * size for one, other in pairwise(places)):
            lines = list(self._parted(run, size))
            if len(lines) > 1:
                yield from chain(*map(self._measured, lines))
                return
        if max(bases) - min(bases) > 0.7 * size and len(run) > 1:
            yield from self._split_where_it_jumps(run, size)
            return
        weights = [self._characters.is_bold(index) for index in sample]
        bold = 2 * sum(weights) > len(sample)
        fonts = set(map(self._characters.font, sample))
        whole = "".join(self._char(index) for index in run)
        is_fixed = all(map(self._characters.is_fixed, sample)) and not UNSPACED.search(whole)
        for part in self._apart(run, size):
            text = PRIVATE_BULLET.sub("•", self._text_of(part, size))
            start, end = self._edges(part, whole)
            is_cut = self._keeps_blanks and self._is_cut_behind(part[-1])
            yield TextLine(
                text,
                start,
                end,
                median(bases),
                size,
                bold,
                self._page,
                is_cut=is_cut,
                is_fixed=is_fixed,
                font=fonts.pop() if len(fonts) == 1 else "",
                opens_bold=weights[0] and not bold and part[0] == run[0],
            )

    def _parted(self, run: list[int], size: float) -> Iterator[list[int]]:
        """The lines that PDFium takes for one, of which each begins far left of an end.

        What is read from right to left goes to the left all the time.
        """
        line: list[int] = []
        last = 0
        for index in run:
            if not self._blanks[index]:
                chars = chr(self._codes[last]) + chr(self._codes[index])
                is_back = self._origin(last)[0] - self._origin(index)[0] > BACK * size
                if line and is_back and not is_right_to_left(chars):
                    yield from self._stripped(line)
                    line = []
                last = index
            line.append(index)
        yield from self._stripped(line)

    def _apart(self, run: list[int], size: float) -> list[list[int]]:
        """The parts of a line between which wide gaps are, as in a table set with tabs."""
        parts: list[list[int]] = [[]]
        last = run[0]
        blanks = self._blanks
        for index in run:
            part = parts[-1]
            if not blanks[index]:
                is_behind_blank = bool(part) and blanks[part[-1]]
                if is_behind_blank and self._is_gap(part[-1], last, index, CELL_GAP * size):
                    parts.append([])
                last = index
            parts[-1].append(index)
        parts = [stripped for part in parts for stripped in self._stripped(part)]
        return [run] if self._is_spread(parts, size) else parts

    def _is_spread(self, parts: list[list[int]], size: float) -> bool:
        """Whether all words of a line are as far apart, as in a narrow column with even edges."""
        if len(parts) < FEWEST_SPREAD:
            return False
        codes = [self._codes[index] for index in chain(*parts)]
        if SPACE in codes or not any(chr(code).isalpha() for code in codes):
            return False
        gaps = [self._between(part[-1], after[0]) for part, after in pairwise(parts)]
        is_even = max(gaps) - min(gaps) < EVEN * size
        return is_even and all(self._is_blank_of_file(part[-1] + 1) for part in parts[:-1])

    def _is_gap(self, blank: int, last: int, index: int, least: float) -> bool:
        """Whether a wide gap is before a character; `last` is the one before the blank.

        What is read from right to left never goes on further to the right. Apart from that, a
        mere blank of the file's is no gap, however wide, but what is behind it may be one.
        """
        may_be_gap = blank - last > 1 or self._characters.is_made(blank)
        on = self._between(last, index)
        if is_right_to_left(chr(self._codes[last]) + chr(self._codes[index])):
            return on > least or (may_be_gap and self._between(index, last) > least)
        return on > least and (may_be_gap or self._between(blank, index) > least)

    def _between(self, one: int, other: int) -> float:
        """How far a character begins behind the end of another one."""
        return self._edge(other)[0] - self._edge(one)[1]

    def _split_where_it_jumps(self, run: list[int], size: float) -> Iterator[TextLine]:
        """Raised or lowered characters stay in the line; what stands lines away does not."""
        part: list[int] = []
        base = self._origin(run[0])[1]
        for index in run:
            if not self._blanks[index]:
                here = self._origin(index)[1]
                if abs(here - base) > 0.7 * size and part:
                    for stripped in self._stripped(part):
                        yield from self._plain(stripped, size)
                    part = []
                    base = here
            part.append(index)
        for stripped in self._stripped(part):
            yield from self._plain(stripped, size)

    def _plain(self, run: list[int], size: float) -> Iterator[TextLine]:
        text = self._text_of(run, size)
        start, end = self._edges(run, text)
        shown = [index for index in run if not self._blanks[index]]
        middle = shown[len(shown) // 2]
        own = self._characters.size(middle)
        base = self._origin(middle)[1]
        yield TextLine(text, start, end, base, own, self._characters.is_bold(middle), self._page)

    def _edges(self, run: list[int], text: str) -> tuple[float, float]:
        """Where a line begins and ends for its reader; on pages of Arabic from the right."""
        edges = [self._edge(index) for index in (run[0], run[-1])]
        start, end = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
        if self._is_right_to_left or is_right_to_left(text):
            return self.width - end, self.width - start
        return start, end

    def _text_of(self, run: list[int], size: float) -> str:
        """The characters of a line, with the blanks that the file leaves out."""
        text = "".join(self._char(index) for index in run)
        words = text.split()
        is_whole = not self._is_mixed and all(len(word) <= LONGEST_WORD for word in words)
        if is_whole or UNSPACED.search(text):
            return text
        parts: list[str] = []
        before: float | None = None
        for index in run:
            char = self._char(index)
            if self._blanks[index]:
                before = None
            else:
                left, right = self._edge(index)
                if before is not None and left - before > LEAST_GAP * size:
                    parts.append(" ")
                before = right
            parts.append(char)
        return "".join(parts)

    def _char(self, index: int) -> str:
        code = self._codes[index]
        if code == LINE_END_HYPHEN:
            return "-"
        return chr(code) if code else "\N{REPLACEMENT CHARACTER}"

    def _origin(self, index: int) -> tuple[float, float]:
        return self._turned(*self._characters.origin(index))

    def _edge(self, index: int) -> tuple[float, float]:
        """The left and the right edge of a character, its side bearings included."""
        left, bottom, right, top = self._characters.box(index)
        one = self._turned(left, bottom)[0]
        other = self._turned(right, top)[0]
        return min(one, other), max(one, other)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return self.width - y, x
        if self._turn == 180:
            return self.width - x, self.height - y
        if self._turn == 270:
            return y, self.height - x
        return x, y
