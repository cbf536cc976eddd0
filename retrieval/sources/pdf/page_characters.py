"""The characters of a page, and what is mended of them before lines are read."""

from typing import Protocol

SPACE = 32
ZERO_WIDTH = 0x200B  # which is left out when text is normalised
LAM = 0x644
ALEFS = frozenset({0x622, 0x623, 0x625, 0x627})
ARABIC_MARKS = range(0x64B, 0x653)
UNKNOWN = frozenset({0, 0xFFFD})
APOSTROPHE = 0x2019
RAISED_MARK = 0.35  # of the size: how far an apostrophe is above the base line
LARGEST_MARK = 0.35  # of the size
LIGATURE_ENDS = frozenset("fil")
HYPHEN, SOFT_HYPHEN = 0x2D, 0xAD
TOUCHING = 0.08  # of the size, between two letters
IDEOGRAPHS = range(0x3400, 0xA000)  # of Chinese and Japanese, which have no blanks between words
WIDE = 0.5  # of the size, as a gap between two of them


class PageCharacters(Protocol):
    """The characters of a page, by their number; lengths are in points."""

    codes: list[int]

    def is_made(self, index: int) -> bool: ...

    def origin(self, index: int) -> tuple[float, float]: ...

    def box(self, index: int) -> tuple[float, float, float, float]: ...

    def ink(self, index: int) -> tuple[float, float, float, float]: ...

    def angle(self, index: int) -> float: ...

    def size(self, index: int) -> float: ...

    def is_bold(self, index: int) -> bool: ...

    def font(self, index: int) -> str: ...

    def is_fixed(self, index: int) -> bool: ...


def mend_arabic(page: PageCharacters) -> None:
    """Undo what turning round has done to letters and marks that stand at one place.

    Lam and alef that are one shape come out as alef and lam, and a mark comes out before
    the letter that it stands on, with a blank that PDFium has made.
    """
    codes = page.codes
    for index in range(len(codes) - 1):
        if codes[index] in ALEFS and codes[index + 1] == LAM:
            one, other = page.box(index), page.box(index + 1)
            if one == other:
                codes[index], codes[index + 1] = codes[index + 1], codes[index]
        elif codes[index] in ARABIC_MARKS and _stands_on_next(page, index):
            codes[index], codes[index + 1] = codes[index + 1], codes[index]
            if codes[index - 1] == SPACE and _has_no_width(page, index - 1):
                codes[index - 1] = ZERO_WIDTH


def mend_apostrophes(page: PageCharacters) -> None:
    """Take a small raised mark between letters that the file does not name for an apostrophe."""
    codes = page.codes
    for index in range(1, len(codes) - 1):
        if codes[index] in UNKNOWN and all(
            chr(codes[n]).isalpha() for n in (index - 1, index + 1)
        ):
            left, bottom, right, top = page.ink(index)
            size, base = page.size(index), page.origin(index)[1]
            is_small = max(right - left, top - bottom) < LARGEST_MARK * size
            if is_small and bottom - base > RAISED_MARK * size:
                codes[index] = APOSTROPHE


def mend_ligatures(page: PageCharacters) -> None:
    """Take away blanks behind a ligature over which there is no gap: "Infl uenza"."""
    codes = page.codes
    for index in range(2, len(codes) - 1):
        if codes[index] == SPACE and chr(codes[index - 1]) in LIGATURE_ENDS:
            following = chr(codes[index + 1])
            is_inside = chr(codes[index - 2]) == "f" and following.islower()
            if is_inside and _touch(page, index - 1, index + 1):
                codes[index] = ZERO_WIDTH


def mend_ideographs(page: PageCharacters) -> None:
    """Take away blanks that PDFium makes of how far apart Chinese characters are set."""
    codes = page.codes
    for index in range(1, len(codes) - 1):
        is_between = codes[index - 1] in IDEOGRAPHS and codes[index + 1] in IDEOGRAPHS
        if codes[index] == SPACE and is_between and page.is_made(index):
            gap = page.box(index + 1)[0] - page.box(index - 1)[2]
            if abs(gap) < WIDE * page.size(index - 1):
                codes[index] = ZERO_WIDTH


def mend_hyphens(page: PageCharacters) -> None:
    """Take a soft hyphen within a line, where it is seen, for a hyphen."""
    codes = page.codes
    for index in range(len(codes) - 1):
        if codes[index] == SOFT_HYPHEN and chr(codes[index + 1]).isalnum():
            codes[index] = HYPHEN


def _touch(page: PageCharacters, one: int, other: int) -> bool:
    """Whether the left edge of a character is where another one ends."""
    gap = page.box(other)[0] - page.box(one)[2]
    return abs(gap) < TOUCHING * page.size(one)


def _has_no_width(page: PageCharacters, index: int) -> bool:
    left, _, right, _ = page.box(index)
    return right - left < 0.01


def _stands_on_next(page: PageCharacters, index: int) -> bool:
    """Whether a mark stands within the letter behind it, and not within the one before it."""
    place = page.origin(index)[0]
    before, behind = index - 1, index + 1
    if before >= 0 and page.codes[before] == SPACE:
        before -= 1
    left, _, right, _ = page.box(behind)
    if not left <= place < right or not chr(page.codes[behind]).isalpha() or before < 0:
        return False
    left, _, right, _ = page.box(before)
    return not left <= place < right
