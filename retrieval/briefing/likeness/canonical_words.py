"""Canonical words: a text as a row of tokens, in which spellings of one word are one.

Nothing is left out: every word, number and mark counts, and its case as well. Only what cannot
change what is said is made equal: the style of quotation marks and dashes, the capital that opens
the text and the full stop that ends it, `1,200` and `1200`, and the pairs of wordings that the
language's file lists as the same (`grey` and `gray`, `don't` and `do not`, `five` and `5`).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from retrieval.text.analysis import INVISIBLE, VARIANTS
from retrieval.text.languages import Language

Tokens = tuple[str, ...]

LETTER = r"[^\W\d_]"
TOKEN = re.compile(rf"\d+(?:[.,]\d+)*|{LETTER}+(?:['-]{LETTER}+)*|\S")
GROUP_SPACE = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")
INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
ENDS = frozenset(".!。")
MARKS = str.maketrans(
    {
        **dict.fromkeys("“”„«»‟″", '"'),
        **dict.fromkeys("‘’‚‛ʼ′", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(INVISIBLE),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
    }
)
FIRST_TENS, WHOLE_HUNDRED = 20, 100


class CanonicalWords:
    """Reads texts of one language as rows of tokens."""

    def __init__(self, language: Language) -> None:
        self._language = language
        pairs = language.briefing.same_words
        self._standard: dict[Tokens, Tokens] = {_tokens(a): _tokens(b) for a, b in pairs}
        self._longest = max(map(len, self._standard), default=0)
        self._of = lru_cache(maxsize=4096)(self._read)

    def are_same(self, one: str, other: str) -> bool:
        """Whether two texts have the same words; none that has no word is the same as another."""
        return bool(self._of(one)) and self._of(one) == self._of(other)

    def _read(self, text: str) -> Tokens:
        tokens = list(_tokens(text))
        while tokens and tokens[-1] in ENDS:
            tokens.pop()
        if tokens and tokens[0][1:] == tokens[0][1:].lower():  # US in capitals is not us
            tokens[0] = tokens[0].lower()
        tokens = [self._spelled(token) for token in tokens]
        return tuple(_replaced(tokens, self._standard, self._longest))

    def _spelled(self, token: str) -> str:
        if token[0].isdecimal():
            return self._number(token)
        if "-" in token:
            return self._compound_number(token)
        if self._language.code == "en" and token.islower():  # the names Labour and Labor are two
            for pattern, spelling in VARIANTS:
                token = pattern.sub(spelling, token)
        return token

    def _number(self, token: str) -> str:
        """The number without separators of thousands; digits behind a point are left alone."""
        is_comma = self._language.decimal_comma
        point, separator = (",", ".") if is_comma else (".", ",")
        grouped = rf"\d{{1,3}}(?:\{separator}\d{{3}})+(?:\{point}\d+)?"
        return token.replace(separator, "") if re.fullmatch(grouped, token) else token

    def _compound_number(self, token: str) -> str:
        """`25` for `twenty-five`, where the language writes it so."""
        parts = [self._standard.get((part,), (part,))[0] for part in token.split("-")]
        if len(parts) != 2 or not all(part.isdecimal() for part in parts):
            return token
        tens, ones = map(int, parts)
        if tens % 10 or not FIRST_TENS <= tens < WHOLE_HUNDRED or not 0 < ones < 10:
            return token
        return str(tens + ones)


def _tokens(text: str) -> Tokens:
    text = unicodedata.normalize("NFC", GROUP_SPACE.sub("", text).translate(MARKS))
    text = INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    return tuple(TOKEN.findall(text))


def _replaced(tokens: Sequence[str], standard: Mapping[Tokens, Tokens], longest: int) -> list[str]:
    """The tokens, each wording in its standard form; of two that begin alike the longer one."""
    found: list[str] = []
    place = 0
    while place < len(tokens):
        for size in range(min(longest, len(tokens) - place), 0, -1):
            if wording := standard.get(tuple(tokens[place : place + size])):
                found.extend(wording)
                place += size
                break
        else:
            found.append(tokens[place])
            place += 1
    return found
