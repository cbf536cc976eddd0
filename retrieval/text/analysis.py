"""Analysis: text is cut into words and terms.

A word is what stands in the text; a term is what is looked up: normalised, without a possessive,
stemmed. `Analyzer.terms` leaves stop words out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from retrieval.text.languages import Language, language

# Characters that stand inside of words and show nothing: soft hyphen, zero-width marks.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# Scripts written without spaces (Han, kana, Hangul, Thai, Lao, Khmer, Burmese): bigrams, as in
# Lucene's CJKAnalyzer.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # noqa: E501  # one class of characters

# Letters and digits, and the marks that belong to them (accents written apart, Indic vowels).
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff"
_CHAR = rf"(?:[^\W_{INVISIBLE}]|[{MARKS}])"
_RUN = rf"{_CHAR}(?:[{INVISIBLE}]*{_CHAR})*"
WORD = re.compile(
    rf"(?:(?<!\w)[^\W\d_]\.){{2,}}(?:[^\W\d_](?!\w))?"  # U.S., e.g.
    rf"|\d+(?:[.,]\d+)+"  # 3.5 and 1,000
    rf"|{_RUN}(?:['’]{_RUN})*(?:[-‐‑]{_RUN}(?:['’]{_RUN})*)*"  # don't, Sino-Russian
)
UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")
HYPHEN = re.compile(r"[-‐‑]")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
ENGLISH_ENDING = re.compile(r"'(?:s|re|ve|ll|d|m|t)$|(?<=s)'$")
ELISION = re.compile(r"^(?:\w{1,2}|qu|jusqu|lorsqu|puisqu|quoiqu|\w{2,3}ll|quest|un|sant)'(?=\w)")
COMBINING = re.compile(r"[\u0300-\u036f]")
# Letters with a stroke or of two, which Unicode does not take apart.
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
LONGEST_TERM = 60

# British spellings as American ones, both in articles and in questions (English only).
VARIANTS = [
    (re.compile(r"(?<=\w{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations|ational)$)"), "iz"),
    (
        re.compile(r"(?<=[a-z]{3})our(?=(?:s|ed|ing|ite|ites|able|al|ful|less|hood|hoods|ism)?$)"),
        "or",
    ),
    (re.compile(r"(?<=\w[nt])tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=^(?:def|off|lic))ence(?=s?$)|(?<=^pret)ence(?=s?$)"), "ense"),
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text and where it stands there, in code points."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text; a compound such as `Sino-Russian` is one of them."""
    for match in WORD.finditer(text):
        yield Word(match.group(), match.start(), match.end())


class Analyzer:
    """Cuts texts of one language into terms.

    The same text always gives the same terms, whether it is an article's or a question's.
    """

    def __init__(self, code: str) -> None:
        self.language: Language = language(code)
        algorithm = self.language.stemmer
        self._stem = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        self._stop_words = {fold(word) for word in self.language.stop_words}
        self.word_terms = lru_cache(maxsize=100_000)(self._word_terms)
        self._joined = lru_cache(maxsize=100_000)(self.joined_term)

    def terms(self, text: str) -> list[str]:
        """The terms of a text in their order, stop words left out."""
        found: list[str] = []
        for match in WORD.finditer(quiet(text)):
            found.extend(self.word_terms(match.group()))
        return found

    def compound_terms(self, text: str) -> list[str]:
        """`terms`, and behind them for each compound the term of it written as one word."""
        found: list[str] = []
        joined: list[str] = []
        for match in WORD.finditer(quiet(text)):
            found.extend(self.word_terms(match.group()))
            if term := self._joined(match.group()):
                joined.append(term)
        return found + joined

    def joined_term(self, word: str) -> str | None:
        """The term of a two-part compound written as one word: `dedollar` for `de-dollarise`."""
        parts = HYPHEN.split(word)
        if len(parts) != 2 or not all(part.isalpha() for part in parts):
            return None
        terms = self.word_terms("".join(parts))
        return terms[0] if terms else None

    def is_stop_word(self, word: str) -> bool:
        """Whether the word is a function word; `US` in capitals is none."""
        return not self.word_terms(word)

    def _word_terms(self, word: str) -> tuple[str, ...]:
        if acronym := _acronym(word):
            if fold(acronym) in self._stop_words:
                return (acronym,)
            return tuple(filter(None, [self._term(acronym)]))
        terms: list[str] = []
        for part in HYPHEN.split(_bare(word)):
            if UNSPACED_RUN.search(part):
                terms.extend(_bigrams(part))
            elif term := self._term(part):
                terms.append(term)
        return tuple(terms)

    def _term(self, part: str) -> str | None:
        text = part.casefold().replace("’", "'")
        text = ENGLISH_ENDING.sub("", text.removesuffix("n't") if len(text) > 3 else text)
        text = ELISION.sub("", text).replace("'", "")
        folded = fold(text)
        if not text or folded in self._stop_words:
            return None
        if self.language.code == "en":
            if text == "usa":
                return "US"
            for pattern, spelling in VARIANTS:
                text = pattern.sub(spelling, text)
        return fold(self._stem(text))[:LONGEST_TERM]


def quiet(text: str) -> str:
    """The text in lower case if it is written in capitals, where they mean nothing."""
    return text.casefold() if text.isupper() and " " in text.strip() else text


def fold(text: str) -> str:
    """The text in lower case, without the accents that people leave out when they type."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(UNDECOMPOSED)
    return unicodedata.normalize("NFC", COMBINING.sub("", unicodedata.normalize("NFD", folded)))


def _bare(word: str) -> str:
    """The word in its compatibility form, without marks that show nothing or separate digits."""
    text = unicodedata.normalize("NFKC", word)
    if not text.isascii():
        text = "".join(char for char in text if char not in INVISIBLE)
    return text.replace(",", "") if THOUSANDS.fullmatch(text) else text


def _acronym(word: str) -> str | None:
    """`US` for `US`, `U.S.` and `u.s.`; None for a word that is no acronym."""
    if "." in word and not word[0].isdigit():
        return word.replace(".", "").upper()
    return word if 2 <= len(word) <= 5 and word.isalpha() and word.isupper() else None


def _bigrams(text: str) -> Iterator[str]:
    for match in UNSPACED_RUN.finditer(text):
        run = match.group()
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    for rest in UNSPACED_RUN.sub(" ", text).split():
        yield fold(rest)[:LONGEST_TERM]
