"""Tells which groups of lines in a PDF are headings, of which level, and which is the title."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.sources.documents.contents_list import is_named_contents
from retrieval.sources.pdf.continued_paragraphs import CAPTION
from retrieval.sources.pdf.line_group import BULLET, LineGroup
from retrieval.sources.pdf.text_lines import Bookmark, TextPages, is_right_to_left

HEADING_SIZE = 1.1  # of the size of the text, at least
LEAST_HEADING = 0.94  # of the size of the text, in bold letters
LEAST_CAPITALS = 0.78
LONGEST_PDF_HEADING = 200
MOST_HEADING_LINES = 4
FEWEST_HEADED = 3  # lines of what is set small
NO_HEADING_ENDS = tuple(".,;:。，；：")
NO_LARGE_HEADING_ENDS = tuple(",;。，；")
NUMBERING = re.compile(r"^(?:\d+(?:\.\d+)*\.?|[A-Z]\.|[IVX]+\.?)\s+")
SECTION = re.compile(r"(?:[1-9]|1\d)(?:\.\d{1,2})*\.?\s+[^\W\d_]")
NUMBERED_CAPITALS = re.compile(r"(?:[IVX]+|\d+(?:\.\d+)*)\.?\s+[^\W\d_a-z][^a-z]{3,}")
PARAGRAPH_OF_LAW = re.compile(r"§+\s*\d")
ROMAN_NUMBER = re.compile(r"[IVX]+\.")
NUMBERED_PART = re.compile(r"[1-9]\d?(?:\.\d{1,2})+\.?\s+[^\W\d_].{2,80}(?<!\d)")
# What heads the first paragraph of a paper, though often it is set as the paragraph is.
ABSTRACT = frozenset({
    "abstract", "summary", "zusammenfassung", "kurzfassung", "résumé", "resumen", "resumo",
    "riassunto", "sommario", "samenvatting", "streszczenie", "аннотация", "реферат", "özet",
    "摘要", "要旨", "抄録", "초록", "요약", "ملخص", "תקציר",
})  # fmt: skip
DAMAGED = re.compile(r"[\x00-\x08\x0b-\x1f\ufffd]")
DAMAGED_CHARACTERS_SHARE = 1 / 12  # of the characters
SAME_SIZE = 0.6  # points
FEWEST_BELOW = 2  # lines of a paragraph under a heading in another font
NEAR = 2.2  # times the size, from one base line to the other
SHORT_LINE = 0.85  # of the width of the column
AFFILIATED = re.compile(r"[^\W\d_][\d*∗†‡§]+$")  # a name with the mark of a note
NOTE_SIGN = re.compile(r"\s*[*∗†‡§¶⋆]+$")
CLOSING = '”"»’)'
WORDLESS = re.compile(r"[\W_]+")
NO_TITLE = re.compile(
    r"untitled|microsoft (?:word|powerpoint)\b.*"
    r"|.*\.(?:docx?|odt|tex|dvi|indd|pdf|rtf|qxd|exe|pptx?|xlsx?)"
    r"|.*\.(?:jpe?g|png)|.*_.*|\(anonymous\)|[\W\d_]*|document\d*|slide \d+"
    r"|powerpoint presentation",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a heading is set."""

    size: float
    is_bold: bool


class PdfHeadings:
    """Tells which groups are headings, and of which level."""

    def __init__(self, file: TextPages, groups: Sequence[LineGroup], body: float) -> None:
        self._file = file
        self._groups = groups
        self._following = dict(zip(map(id, groups), groups[1:], strict=False))
        self._body = body
        self._body_is_bold = _is_mostly_bold(groups, body)
        self._body_font = _usual_font(groups, body)
        self._runs_left = is_right_to_left(" ".join(group.flat for group in groups))
        self._bookmarks = {_plain(b.title): b for b in reversed(file.bookmarks) if _plain(b.title)}
        self._deepest = max((b.level for b in file.bookmarks), default=0)
        self._text_styles = {self._style(g) for g in groups if len(g.lines) > MOST_HEADING_LINES}
        self._levels = self._style_levels()

    def title(self) -> tuple[str, LineGroup | None]:
        """The title, and the group that is it: the largest on the first page with text."""
        told = " ".join(self._file.title.replace("\0", " ").split())
        told = "" if NO_TITLE.fullmatch(told) or len(told) > LONGEST_PDF_HEADING else told
        first = self._groups[0].lines[0].page if self._groups else 0
        early = [g for g in self._groups if g.lines[0].page <= first + 1]
        shown = next((g for g in early if told and _plain(g.flat) == _plain(told)), None)
        if shown is not None:
            return told, shown
        on_first = [g for g in early if g.lines[0].page == first and self._may_be_title(g)]
        largest = max(on_first, key=lambda g: (round(g.size, 1), g.is_bold), default=None)
        if largest is not None and largest.size >= 1.15 * self._body:
            return NOTE_SIGN.sub("", largest.wrapped), largest
        if told:
            return told, None
        opening = self._groups[0] if self._groups else None
        if (
            opening is not None
            and self.level(opening)
            and not self.is_one_of_several(opening)
            and self._may_be_title(opening)
        ):
            return opening.wrapped, opening
        return "", None

    def is_one_of_several(self, group: LineGroup) -> bool:
        """Whether other headings are set as it is, so that it heads but the first section."""
        alike = (
            g for g in self._groups if g is not group and self._style(g) == self._style(group)
        )
        return any(map(self.level, alike))

    def level(self, group: LineGroup) -> int:
        """The level of a heading from 1; 0 for what is none."""
        mark = self._bookmark(group)
        if mark is not None:
            return mark.level
        if not self._looks_like_one(group):
            return 0
        return self._deepest + self._levels[self._style(group)]

    def is_byline(self, group: LineGroup) -> bool:
        """Whether it is set large as nothing else is, and heads no text: authors, a date."""
        if not self.level(group) or self._bookmark(group) or self.is_one_of_several(group):
            return False
        if AFFILIATED.search(group.flat):
            return True
        below = self._following.get(id(group))
        heads_text = below is not None and (
            abs(below.size - self._body) < SAME_SIZE or self._style(below) in self._text_styles
        )
        return group.size >= HEADING_SIZE * self._body and not heads_text

    def _bookmark(self, group: LineGroup) -> Bookmark | None:
        if not self._bookmarks or len(group.lines) > MOST_HEADING_LINES or group.is_table:
            return None
        text = group.flat
        if len(text) > LONGEST_PDF_HEADING:
            return None
        for said in (_plain(text), _plain(NUMBERING.sub("", text))):
            mark = self._bookmarks.get(said)
            if mark is not None and (
                mark.page is None or abs(mark.page - group.lines[0].page) <= 1
            ):
                return mark
        return None

    def _looks_like_one(self, group: LineGroup) -> bool:
        text = group.flat
        if (
            len(text) > LONGEST_PDF_HEADING
            or len(group.lines) > MOST_HEADING_LINES
            or group.is_table
            or group.is_code
            or sum(map(str.isalpha, text)) < 2
            or _is_damaged(text)
            or CAPTION.match(text)
            or is_right_to_left(text) is not self._runs_left
            or (BULLET.match(text) and not text[0].isdigit())
        ):
            return False
        if _plain(text) in ABSTRACT:
            return True
        if group.size >= HEADING_SIZE * self._body:
            is_text = self._style(group) in self._text_styles
            return not text.endswith(NO_HEADING_ENDS if is_text else NO_LARGE_HEADING_ENDS)
        cells = group.lines[0].cells
        if len(group.lines) > 2 or (cells and not ROMAN_NUMBER.fullmatch(cells[0])):
            return False
        is_set_off = group.is_bold and not self._body_is_bold and self._is_large(group)
        is_in_capitals = NUMBERED_CAPITALS.fullmatch(text) is not None
        if text.rstrip(CLOSING).endswith(NO_HEADING_ENDS):
            is_numbered = is_in_capitals or PARAGRAPH_OF_LAW.match(text) is not None
            is_named = is_numbered or text.isupper()
            return is_set_off and is_named and not text.endswith(NO_LARGE_HEADING_ENDS)
        is_numbered = is_in_capitals or NUMBERED_PART.fullmatch(text) is not None
        return is_set_off or is_numbered or self._heads_in_another_font(group)

    def _heads_in_another_font(self, group: LineGroup) -> bool:
        """Whether it is a short line in italics, say, right above a paragraph of the text."""
        (first, *others), below = group.lines, self._following.get(id(group))
        is_other = bool(first.font) and first.font != self._body_font and not first.is_fixed
        if others or not is_other or below is None or len(below.lines) < FEWEST_BELOW:
            return False
        text = below.lines[0]
        is_text = abs(below.size - self._body) < SAME_SIZE and text.font != first.font
        is_near = 0 < first.base - text.base < NEAR * first.size
        is_short = first.width < SHORT_LINE * (below.right - below.left)
        is_aligned = abs(first.start - below.left) < first.size
        begins = first.text[:1].isupper() or first.text[:1].isdigit()
        return is_text and is_near and is_short and is_aligned and begins

    def _is_large(self, group: LineGroup) -> bool:
        """Whether it is no smaller than the text, or than what is set small below it.

        Words in capitals of a smaller size are as high as small letters.
        """
        below = self._following.get(id(group))
        heads = below is not None and len(below.lines) >= FEWEST_HEADED and not below.is_bold
        text = group.flat
        is_in_capitals = text.isupper() and text.rstrip(".")[-1:].isalpha()
        least = LEAST_CAPITALS if is_in_capitals else LEAST_HEADING
        return group.size >= least * (
            min(self._body, below.size) if heads and below is not None else self._body
        )

    def _style_levels(self) -> dict[_Style, int]:
        styles = {self._style(g) for g in self._groups if self._looks_like_one(g)}
        ranked = sorted(styles, key=lambda style: (-style.size, not style.is_bold))
        return {style: level for level, style in enumerate(ranked, start=1)}

    def _style(self, group: LineGroup) -> _Style:
        return _Style(round(group.size), group.is_bold)

    def _may_be_title(self, group: LineGroup) -> bool:
        text = group.flat
        is_part = SECTION.match(text) or is_named_contents(text)
        is_long_enough = 3 < len(text) <= LONGEST_PDF_HEADING
        is_readable = not (is_part or _is_damaged(text))
        return is_long_enough and is_readable and sum(map(str.isalpha, text)) * 2 > len(text)


def _is_mostly_bold(groups: Sequence[LineGroup], body: float) -> bool:
    counts: Counter[bool] = Counter()
    for group in groups:
        for line in group.lines:
            if abs(line.size - body) < 0.6:
                counts[line.is_bold] += len(line.text)
    return counts[True] > counts[False]


def _usual_font(groups: Sequence[LineGroup], body: float) -> str:
    """The font in which most lines of the text are set."""
    counts: Counter[str] = Counter()
    for group in groups:
        for line in group.lines:
            if line.font and abs(line.size - body) < SAME_SIZE:
                counts[line.font] += len(line.text)
    return max(counts, key=lambda font: counts[font], default="")


def _is_damaged(text: str) -> bool:
    return len(DAMAGED.findall(text)) >= DAMAGED_CHARACTERS_SHARE * len(text) > 0


def _plain(text: str) -> str:
    return WORDLESS.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
