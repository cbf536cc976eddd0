"""Tells from the letters of a PDF whether it says which letters its shapes stand for."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from retrieval.sources.documents.cautions import Caution, SourceWarning
from retrieval.sources.pdf.text_lines import TextLine, TextPage

LEADERS = re.compile(r"(?:[.·․…_─━═│├└*=+-]\s?){3,}")  # and rules, drawn of characters
WORD = re.compile(r"[^\W\d_]+")
FEWEST_CHARACTERS = 200  # characters of a page, to judge it
FEWEST_PAGES = 1 / 3  # of those judged
LEAST_IN_WORDS = 0.45  # of the characters of a page
LEAST_READABLE = 0.55  # of the characters of a line
MOST_OF_SYMBOLS = 0.3  # of the characters of a page, in lines of symbols
MOST_MIXED = 0.1  # of the words of a page
VOWELS = frozenset("aeiouyAEIOUY")
# Of Latin letters, 24 in a hundred or more are vowels, even in tables and code; where numbers of
# shapes are taken for letters it is 16 to 21.
LEAST_VOWELS = 0.22
# Capitals and signs inside of words: up to 30 in a hundred words of code have them.
ODD_INSIDE = re.compile(r"[a-zß-ÿ][A-ZÀ-Þ]|[^\W\d_][\x00-\x1f¡-©«¬®-¹»-¿×÷•†‡…‰∂∑∏∫√∆◊][^\W\d_]")
MOST_ODD_WORDS = 0.4
LONGER_WORD = re.compile(r"\S{4,}")
ALPHABETS = frozenset({
    "LATIN", "GREEK", "CYRILLIC", "ARABIC", "HEBREW", "ARMENIAN", "THAI", "HANGUL", "DEVANAGARI",
    "NKO", "SYRIAC", "GEORGIAN", "HIRAGANA", "TAMIL", "BENGALI", "ETHIOPIC", "COPTIC",
})  # fmt: skip
SYMBOL_INSIDE = re.compile(r"\w[↵↓↑←→⇥⇤\ufffd◆☐\ue000-\uf8ff]\w|\ufffd")
SWAPPED = re.compile("\\b\u0627[\u0622\u0623\u0625]\u0644")  # no word begins so
MOST_SWAPPED = 2
DAMAGED_LETTERS_SHARE = 0.01
# Of each f before another letter, 12 to 43 in a hundred stand in fi, fl or ff, whatever the
# language; where fonts lose one letter of such a pair hardly any does.
F_BEFORE_LETTER = re.compile(r"f(?=[a-z])|[\ufb00-\ufb04]")
LIGATURE = re.compile(r"f[fil]|[\ufb00-\ufb04]")
FEWEST_F = 60
LEAST_IN_LIGATURES = 0.06


def unreadable_pages(pages: Sequence[TextPage]) -> list[TextPage]:
    """The pages whose letters came out as symbols, without vowels, or in alphabets that are mixed.

    That is so where the file does not say which letters the shapes of its fonts stand for. A few
    pages of formulas, of code or of ornaments look like that too, so it takes a third of them.
    """
    sizes = [(page, sum(len(line.text) for line in page.lines)) for page in pages]
    judged = [page for page, size in sizes if size >= FEWEST_CHARACTERS]
    found = [page for page in judged if _is_unreadable(page)]
    return found if FEWEST_PAGES * len(judged) <= len(found) else []


def damages(rows: Sequence[TextLine]) -> Iterator[SourceWarning]:
    """What is wrong with letters here and there."""
    words = sum(len(row.text.split()) for row in rows)
    damaged = sum(len(SYMBOL_INSIDE.findall(row.text)) for row in rows)
    if damaged > max(2, DAMAGED_LETTERS_SHARE * words):
        yield SourceWarning(Caution.SYMBOLS_IN_WORDS)
    seen = sum(len(F_BEFORE_LETTER.findall(row.text)) for row in rows)
    joined = sum(len(LIGATURE.findall(row.text)) for row in rows)
    if seen >= FEWEST_F and joined < LEAST_IN_LIGATURES * seen:
        yield SourceWarning(Caution.LIGATURES_LOST)
    if sum(len(SWAPPED.findall(row.text)) for row in rows) > MOST_SWAPPED:
        yield SourceWarning(Caution.ARABIC_SWAPPED)


def _is_unreadable(page: TextPage) -> bool:
    texts = [LEADERS.sub("", line.text) for line in page.lines]
    length = sum(map(len, texts))
    words = [word for text in texts for word in WORD.findall(text)]
    symbols = sum(len(text) for text in texts if _is_of_symbols(text))
    if symbols > MOST_OF_SYMBOLS * length:
        return sum(len(word) for word in words if len(word) > 2) < LEAST_IN_WORDS * length
    latin = [c for c in unicodedata.normalize("NFD", "".join(words)) if "A" <= c <= "z"]
    vowels = sum(char in VOWELS for char in latin)
    if len(latin) >= FEWEST_CHARACTERS and vowels < LEAST_VOWELS * len(latin):
        return True
    longer = [word for text in texts for word in LONGER_WORD.findall(text)]
    if sum(ODD_INSIDE.search(word) is not None for word in longer) > MOST_ODD_WORDS * len(longer):
        return True
    mixed = sum(not word.isascii() and len(_alphabets(word)) > 1 for word in words)
    return mixed > MOST_MIXED * len(words)


def _is_of_symbols(text: str) -> bool:
    shown = text.replace(" ", "")
    readable = sum(char.isalnum() or unicodedata.category(char)[0] == "M" for char in shown)
    return readable < LEAST_READABLE * len(shown)


def _alphabets(word: str) -> set[str]:
    return {_alphabet(char) for char in word} & ALPHABETS


@cache
def _alphabet(char: str) -> str:
    return unicodedata.name(char, "?").partition(" ")[0]
