"""Opens a PDF with PDFium, and reads the lines of text on its pages.

PDFium was chosen for whole paragraphs at a fraction of the time of other libraries, and for its
licence. It ends the process where memory runs out, so it is called in a process of its own.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from contextlib import closing

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.pdf.page_lines import PageLines
from retrieval.sources.pdf.text_lines import Bookmark, TextPage, TextPages

MOST_PDF_PAGES = 5_000
MOST_PDF_CHARACTERS = 5_000_000
MOST_BOOKMARKS = 5_000
BOLD_WEIGHT = 600
BOLD_NAME = re.compile(
    r"bold|black|heavy|semibold|demi|cmbx|sfbx|-medi\b|nimbus\w*-medi", re.IGNORECASE
)
FIXED_NAME = re.compile(r"mono|courier|consol|typewriter|cmtt|sftt|menlo|fixed", re.IGNORECASE)
FIXED_PITCH = 1  # a bit of a font's flags, ISO 32000-1, 9.8.2
PASSWORD = "password"  # noqa: S105  # a word of PDFium's error


def read_pages(content: bytes) -> TextPages:
    """The pages of a PDF; raises UnreadableError."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if PASSWORD in str(error).casefold():
            raise UnreadableError(Reason.PDF_PASSWORD) from error
        raise UnreadableError(Reason.PDF_DAMAGED) from error
    with closing(document):
        if len(document) > MOST_PDF_PAGES:
            raise UnreadableError(Reason.PDF_PAGES, pages=len(document), most=MOST_PDF_PAGES)
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
            characters += max(0, pdfium_c.FPDFText_CountChars(text))
            if characters > MOST_PDF_CHARACTERS:
                raise UnreadableError(Reason.PDF_LETTERS, most=MOST_PDF_CHARACTERS)
            left, bottom, right, top = page.get_bbox()
            characters_of_page = _Characters(text, left, bottom)
            reader = PageLines(characters_of_page, right - left, top - bottom, index + 1)
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


class _Characters:
    """The characters of one page as PDFium gives them; it makes some blanks of gaps itself.

    Places are told from the corner of what is shown of the page, `left` and `bottom`.
    """

    def __init__(self, text: pdfium.PdfTextPage, left: float, bottom: float) -> None:
        self._text = text
        self._left, self._bottom = left, bottom
        count = max(0, pdfium_c.FPDFText_CountChars(text))
        self.codes = [pdfium_c.FPDFText_GetUnicode(text, i) for i in range(count)]
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._box = pdfium_c.FS_RECTF()
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._matrix = pdfium_c.FS_MATRIX()

    def is_made(self, index: int) -> bool:
        """Whether a character does not stand in the file."""
        return bool(pdfium_c.FPDFText_IsGenerated(self._text, index) == 1)

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character stands on its base line, from the left and the foot of the page."""
        pdfium_c.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        return self._x.value - self._left, self._y.value - self._bottom

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Its left, bottom, right and top edge, its side bearings included."""
        box = self._box
        pdfium_c.FPDFText_GetLooseCharBox(self._text, index, box)
        left, bottom = self._left, self._bottom
        return box.left - left, box.bottom - bottom, box.right - left, box.top - bottom

    def ink(self, index: int) -> tuple[float, float, float, float]:
        """The left, bottom, right and top edge of its shape."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium_c.FPDFText_GetCharBox(self._text, index, left, right, bottom, top)
        x, y = self._left, self._bottom
        return left.value - x, bottom.value - y, right.value - x, top.value - y

    def angle(self, index: int) -> float:
        """By how many degrees it is turned; less than 0 if that is not known."""
        angle = pdfium_c.FPDFText_GetCharAngle(self._text, index)
        return math.degrees(angle) if angle >= 0 else -1.0

    def size(self, index: int) -> float:
        """How large it is set."""
        size = pdfium_c.FPDFText_GetFontSize(self._text, index)
        if pdfium_c.FPDFText_GetMatrix(self._text, index, self._matrix):
            size *= (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        return abs(float(size)) or 1.0

    def is_bold(self, index: int) -> bool:
        """Whether its font is bold, by its weight or by its name."""
        if pdfium_c.FPDFText_GetFontWeight(self._text, index) >= BOLD_WEIGHT:
            return True
        return bool(BOLD_NAME.search(self.font(index)))

    def is_fixed(self, index: int) -> bool:
        """Whether all letters of its font are as wide, by its flags or by its name."""
        name = self.font(index)
        return bool(self._flags.value & FIXED_PITCH) or bool(FIXED_NAME.search(name))

    def font(self, index: int) -> str:
        """The name of its font, empty if there is none; the flags are kept."""
        length = pdfium_c.FPDFText_GetFontInfo(
            self._text, index, self._name, len(self._name), self._flags
        )
        return self._name.raw[: max(0, min(length, len(self._name)))].decode("latin-1")
