"""Restatements: whether one passage says all of what another one says, in the same words.

A second footnote is a promise that the other passage says the same. How many words two sentences
share does not tell that: one other word (a subject, a number, a "not") can turn all of it. So
every word, number and mark has to be the same, in the same order and case. Only typography may
differ: the style of quotation marks and dashes, the separators of thousands, the dots of `U.S.`,
the capital that opens the text and the full stop that ends it.
"""

import re
import unicodedata
from functools import lru_cache

from retrieval.articles import Quote
from retrieval.index.collection_index import Index
from retrieval.text.analysis import INVISIBLE
from retrieval.text.languages import language

MOST_REMEMBERED_QUOTES = 4096
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


class Restatements:
    """Compares quotes from one collection."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._tokens = lru_cache(maxsize=MOST_REMEMBERED_QUOTES)(canonical_tokens)

    def says_all(self, said: Quote, other: Quote) -> bool:
        """Whether the other quote says all of what the first one says, in the same language."""
        code = self._code(said)
        if code != self._code(other):
            return False
        has_comma = language(code).decimal_comma
        tokens = self._tokens(said.text, has_comma)
        return bool(tokens) and tokens == self._tokens(other.text, has_comma)

    def _code(self, quote: Quote) -> str:
        return self._index.articles[quote.paragraph.article].language


def canonical_tokens(text: str, has_decimal_comma: bool) -> tuple[str, ...]:  # noqa: FBT001
    """The words, numbers and marks of a text, equal where only their typography differs."""
    text = unicodedata.normalize("NFC", GROUP_SPACE.sub("", text).translate(MARKS))
    text = INITIALS.sub(lambda match: match.group().replace(".", ""), text)
    point, separator = (",", ".") if has_decimal_comma else (".", ",")
    grouped = re.compile(rf"\d{{1,3}}(?:\{separator}\d{{3}})+(?:\{point}\d+)?")
    tokens = [
        token.replace(separator, "") if grouped.fullmatch(token) else token
        for token in TOKEN.findall(text)
    ]
    while tokens and tokens[-1] in ENDS:
        tokens.pop()
    if tokens and tokens[0][1:] == tokens[0][1:].lower():  # US in capitals is not us
        tokens[0] = tokens[0].lower()
    return tuple(tokens)
