"""Opens a PDF with PDFium, and reads the lines of text on its pages.

PDFium was chosen for whole paragraphs at a fraction of the time of other libraries, and for its
licence. It ends the process where memory runs out, so it is called in a process of its own.
"""

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.pdf.text_lines import (
    Bookmark,
    TextLine,
    TextPage,
    TextPages,
    is_right_to_left,
)

MOST_PAGES = 5_000
MOST_CHARACTERS = 5_000_000
MOST_BOOKMARKS = 5_000
MEASURED = 6  # characters of a line: measuring all takes three times as long
LINE_END_HYPHEN = 2  # PDFium's character for a hyphen at the end of a line, without a line break
SPACE = 32
ENDS = (10, 13)
FEW_MADE = 0.03  # of the blanks of a page
BOLD_WEIGHT = 600
BOLD_NAME = re.compile(
    r"bold|black|heavy|semibold|demi|cmbx|sfbx|-medi\b|nimbus\w*-medi", re.IGNORECASE
)
LONGEST_WORD = 24
LEAST_GAP = 0.16  # of the size, between two words
CELL_GAP = 1.5  # of the size, between two cells of a table
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
PASSWORD = "password"  # noqa: S105  # a word of PDFium's error


def read_pages(content: bytes) -> TextPages:
    """The pages of a PDF; raises UnreadableError."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if PASSWORD in str(error).casefold():
            problem, remedy = "the PDF has a password", "save it without one"
        else:
            problem, remedy = "the PDF is damaged", "save it again as PDF"
        raise UnreadableError(problem, remedy) from error
    with closing(document):
        if len(document) > MOST_PAGES:
            problem = f"the PDF has {len(document):,} pages, more than {MOST_PAGES:,}"
            raise UnreadableError(problem, "split it into several files")
        return TextPages(
            tuple(_pages(document)),
            (document.get_metadata_value("Title") or "").strip(),
            tuple(_bookmarks(document)),
        )


def _pages(document: pdfium.PdfDocument) -> Iterator[TextPage]:
    characters = 0
    for index in range(len(document)):
        try:
            page = document[index]
        except pdfium.PdfiumError:  # one that is damaged does not take the others down
            continue
        with closing(page), closing(page.get_textpage()) as text:
            reader = _PageReader(text, page.get_width(), page.get_height(), index + 1)
            characters += reader.count
            if characters > MOST_CHARACTERS:
                problem = f"the PDF has more than {MOST_CHARACTERS:,} letters"
                raise UnreadableError(problem, "split it into several files")
            lines = tuple(reader.lines())
            label = document.get_page_label(index) or ""
            yield TextPage(
                index + 1,
                reader.width,
                reader.height,
                lines,
                "" if label == str(index + 1) else label,
                not lines and pdfium_c.FPDFPage_CountObjects(page) > 0,
            )


def _bookmarks(document: pdfium.PdfDocument) -> Iterator[Bookmark]:
    try:
        for number, entry in enumerate(document.get_toc(max_depth=6)):
            if number >= MOST_BOOKMARKS:
                return
            target = entry.get_dest()
            index = target.get_index() if target else None
            page = None if index is None or index < 0 else index + 1
            yield Bookmark(" ".join(entry.get_title().split()), entry.level + 1, page)
    except pdfium.PdfiumError:  # a contents that leads nowhere
        return


class _PageReader:
    """Reads the lines of one page, turned so that most of them are upright."""

    def __init__(self, text: pdfium.PdfTextPage, width: float, height: float, page: int) -> None:
        self._text = text
        self._page = page
        self.width, self.height = width, height
        self.count = max(0, pdfium_c.FPDFText_CountChars(text))
        self._codes = [pdfium_c.FPDFText_GetUnicode(text, i) for i in range(self.count)]
        self._blanks = [
            c != LINE_END_HYPHEN and (c <= 32 or chr(c).isspace()) for c in self._codes
        ]
        self._is_mixed = self._leaves_blanks_out()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium_c.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium_c.FS_MATRIX()
        self._turn = 0

    def lines(self) -> Iterator[TextLine]:
        """The lines in the order of the file; those that stand on end are left out."""
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
                yield from self._measured(run)

    def _leaves_blanks_out(self) -> bool:
        """Whether the page has some of its blanks as characters and some as mere gaps.

        PDFium makes blanks of gaps, and overlooks some where they are mixed.
        """
        blanks = [index for index, code in enumerate(self._codes) if code == SPACE]
        made = sum(pdfium_c.FPDFText_IsGenerated(self._text, index) == 1 for index in blanks)
        share = made / len(blanks) if blanks else 0.0
        return FEW_MADE < share < 1 - FEW_MADE

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
        while run and self._is_blank(run[-1]):
            run.pop()
        first = next((n for n, index in enumerate(run) if not self._is_blank(index)), 0)
        if run:
            yield run[first:]

    def _is_blank(self, index: int) -> bool:
        return self._blanks[index]

    def _turn_of(self, run: list[int]) -> int:
        """By how many degrees the line is turned, to a right angle."""
        angle = pdfium_c.FPDFText_GetCharAngle(self._text, run[len(run) // 2])
        return round(angle * 57.2958 / 90) * 90 % 360 if angle >= 0 else 0

    def _measured(self, run: list[int]) -> Iterator[TextLine]:
        """The line of a run; several where the run jumps to another base line or back."""
        blanks = self._blanks
        shown = [index for index in run if not blanks[index]]
        step = max(1, len(shown) // MEASURED)
        sample = sorted({shown[0], *shown[::step], shown[-1]})
        bases = [self._origin(index)[1] for index in sample]
        size = median(map(self._size, sample))
        if max(bases) - min(bases) > 0.7 * size and len(run) > 1:
            yield from self._split_where_it_jumps(run, size)
            return
        bold = 2 * sum(map(self._is_bold, sample)) > len(sample)
        for part in self._apart(run, size):
            text = self._text_of(part, size)
            start, end = self._edge(part[0])[0], self._edge(part[-1])[1]
            if end < start:  # it runs from right to left, or PDFium put it into that order
                start, end = self._edge(part[-1])[0], self._edge(part[0])[1]
            if is_right_to_left(text):
                start, end = self.width - end, self.width - start
            yield TextLine(text, start, end, median(bases), size, bold, self._page)

    def _apart(self, run: list[int], size: float) -> Iterator[list[int]]:
        """The parts of a line between which wide gaps are, as in a table set with tabs."""
        part: list[int] = []
        last = run[0]
        blanks = self._blanks
        for index in run:
            if not blanks[index]:
                if part and blanks[part[-1]] and self._may_be_gap(part[-1], last):
                    gap = self._edge(index)[0] - self._edge(last)[1]
                    if gap > CELL_GAP * size:
                        yield from self._stripped(part)
                        part = []
                last = index
            part.append(index)
        yield from self._stripped(part)

    def _may_be_gap(self, before: int, last: int) -> bool:
        """Whether what stands between two characters may be more than a blank of the file's."""
        return before - last > 1 or pdfium_c.FPDFText_IsGenerated(self._text, before) == 1

    def _split_where_it_jumps(self, run: list[int], size: float) -> Iterator[TextLine]:
        """Raised or lowered characters stay in the line; what stands lines away does not."""
        part: list[int] = []
        base = self._origin(run[0])[1]
        for index in run:
            if not self._is_blank(index):
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
        edges = [self._edge(index) for index in (run[0], run[-1])]
        start, end = min(e[0] for e in edges), max(e[1] for e in edges)
        if is_right_to_left(text):
            start, end = self.width - end, self.width - start
        middle = run[len(run) // 2]
        own = self._size(middle)
        base = self._origin(middle)[1]
        yield TextLine(text, start, end, base, own, self._is_bold(middle), self._page)

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
            if self._is_blank(index):
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
        pdfium_c.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        return self._turned(self._x.value, self._y.value)

    def _edge(self, index: int) -> tuple[float, float]:
        """The left and the right edge of a character, its side bearings included."""
        box = self._box
        pdfium_c.FPDFText_GetLooseCharBox(self._text, index, box)
        one = self._turned(box.left, box.bottom)[0]
        other = self._turned(box.right, box.top)[0]
        return min(one, other), max(one, other)

    def _turned(self, x: float, y: float) -> tuple[float, float]:
        if self._turn == 90:
            return self.width - y, x
        if self._turn == 180:
            return self.width - x, self.height - y
        if self._turn == 270:
            return y, self.height - x
        return x, y

    def _size(self, index: int) -> float:
        size = pdfium_c.FPDFText_GetFontSize(self._text, index)
        if pdfium_c.FPDFText_GetMatrix(self._text, index, self._matrix):
            size *= (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        return abs(float(size)) or 1.0

    def _is_bold(self, index: int) -> bool:
        if pdfium_c.FPDFText_GetFontWeight(self._text, index) >= BOLD_WEIGHT:
            return True
        length = pdfium_c.FPDFText_GetFontInfo(
            self._text, index, self._name, len(self._name), self._flags
        )
        name = self._name.raw[: max(0, min(length, len(self._name)))].decode("latin-1")
        return bool(BOLD_NAME.search(name))
