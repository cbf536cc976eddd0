"""Analysis: text is cut into words and terms.

A word is what stands in the text; a term is what is looked up: normalised, without a possessive,
stemmed. `Analyzer.terms` leaves stop words out.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import Stemmer

from retrieval.text.languages import Language, language
from retrieval.text.numbers import (
    FRACTION,
    GROUPED,
    SEPARATED,
    VERSION,
    decimal_of_fraction,
    number_and_unit,
    number_readings,
    plain_digits,
)

# Characters that stand inside of words and say nothing: soft hyphen, kashida, zero-width marks.
INVISIBLE = "\u00ad\u0640\u200b\u200c\u200d\u2060\ufeff"
# Scripts written without spaces (Han, kana, Hangul, Thai, Lao, Khmer, Burmese): bigrams, as in
# Lucene's CJKAnalyzer.
UNSPACED_LANGUAGES = frozenset({"zh", "ja", "ko", "th", "lo", "km", "my"})
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"  # noqa: E501  # one class of characters

# Letters and digits, and the marks that belong to them (accents written apart, Indic vowels).
MARKS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u0900-\u0dff\u0e00-\u0eff"
_CHAR = rf"(?:[^\W_{INVISIBLE}]|[{MARKS}])"
_RUN = rf"{_CHAR}(?:[{INVISIBLE}]*{_CHAR})*"
_COMPOUND = rf"{_CHAR}(?:(?:[{INVISIBLE}]*|['’‐‑-]){_CHAR})*"  # don't, Sino-Russian
_ACRONYM = r"(?:(?<!\w)[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S., e.g.
PLAIN_WORD = rf"{_ACRONYM}|\d+(?:[.,]\d+)+|{_COMPOUND}"
WORD = re.compile(
    r"[A-Za-z]++(?=[ ,])"  # most words; tried first, as that takes half the time
    rf"|(?=[\w.])(?:{_ACRONYM}|{VERSION}|(?=\d)(?:{GROUPED}|{SEPARATED}|{FRACTION})"
    rf"|{_COMPOUND}(?:\+\+|[#♯](?!\w))?"  # C++, C#
    rf"|(?<![\w.)\]])\.(?=[^\W\d_]){_RUN})"  # .NET
)
UNSPACED_RUN = re.compile(rf"[{UNSPACED}]+")
HYPHEN = re.compile(r"[-‐‑]")
ENGLISH_ENDING = re.compile(r"'(?:s|re|ve|ll|d|m|t)$|(?<=s)'$")
GENITIVE = re.compile(r"['’]s?$")
ELISION = re.compile(
    r"^(?:[^\W\d_aeiou]|\w\w|qu|jusqu|lorsqu|puisqu|quoiqu|\w{2,3}ll|quest|un|sant)'(?=\w)"
)
LETTERS_AND_DIGITS = re.compile(r"([^\W\d_]+)(\d+)")
COMBINING = re.compile(r"[\u0300-\u036f]")
# Letters with a stroke or of two, which Unicode does not take apart.
UNDECOMPOSED = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
PLAIN_SIGNS = str.maketrans({"’": "'", "♯": "#"})
# Languages that write articles and pronouns with an apostrophe before the next word.
ELIDING = frozenset({"fr", "it", "ca"})
SUFFIXING = frozenset({"tr", "az"})  # and those that write one before the ending of a name
LONGEST_TERM = 60
MOST_REMEMBERED_WORDS, MOST_REMEMBERED_READINGS = 30_000, 5_000  # that are remembered

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
VARYING = ("is", "our", "tre", "ence")  # what one of them replaces
# The `zu` inside of German verbs: `mitzubringen` is `mitbringen`, but `Umzugskosten` are no verb.
INNER_ZU = (
    r"^(ab|an|auf|aus|bei|durch|ein|fest|fort|frei|heraus|herunter|hin|hinzu|los|mit|nach|nieder|teil|"
    r"um|vor|voraus|weg|weiter|wieder|zu|zurück|zusammen)zu(?!g[^eriöu])(?=\w{3,}n$)"
)


class Word(NamedTuple):
    """A word of a text and where it stands there, in code points."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """The words of a text; a compound such as `Sino-Russian` is one of them."""
    for match in WORD.finditer(text):
        yield Word(match.group(), match.start(), match.end())


def word_texts(text: str) -> list[str]:
    """`words`, each only as it is written."""
    return WORD.findall(text)


def word_count(text: str) -> int:
    """How many words the text has; in scripts without spaces two characters count as one."""
    unspaced = sum(len(run) for run in UNSPACED_RUN.findall(text))
    return len(UNSPACED_RUN.sub(" ", text).split()) + (unspaced + 1) // 2


def plain_words(text: str) -> Iterator[Word]:
    """The words of a text by letters and digits alone, of which the ids of articles are made."""
    for match in re.finditer(PLAIN_WORD, text):
        yield Word(match.group(), match.start(), match.end())


@cache
def analyzer_of(code: str) -> "Analyzer":
    """The analyzer of a language: one for all, because it remembers the words that it has met."""
    return Analyzer(code)


class Analyzer:
    """Cuts texts of one language into terms.

    The same text always gives the same terms, whether it is an article's or a question's.
    """

    def __init__(self, code: str) -> None:
        self.language: Language = language(code)
        algorithm = self.language.stemmer
        self._stem = Stemmer.Stemmer(algorithm).stemWord if algorithm else str
        self._kept_apart = {word: forms[0] for forms in self.language.kept_apart for word in forms}
        self._stop_words = {fold(word) for word in self.language.stop_words}
        self._asking_words = {fold(word) for word in self.language.asking_words}
        self.word_terms = lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._word_terms)
        self.other_readings = lru_cache(maxsize=MOST_REMEMBERED_READINGS)(self._other_readings)

    def terms(self, text: str) -> list[str]:
        """The terms of a text in their order, stop words left out."""
        return list(chain.from_iterable(map(self.word_terms, word_texts(quiet(text)))))

    def compound_terms(self, text: str) -> list[str]:
        """`terms`, and behind them for each word its other readings that are one term."""
        found = word_texts(quiet(text))
        readings = chain.from_iterable(self.other_readings(w) for w in found if not w.isalpha())
        others = [terms[0] for terms in readings if len(terms) == 1]
        return [*chain.from_iterable(map(self.word_terms, found)), *others]

    def _other_readings(self, word: str) -> tuple[tuple[str, ...], ...]:
        """What else the word may be looked up as; each reading is the terms that it takes.

        `dedollar` for `de-dollarise`, `f16` for `F-16` and `f`, `16` for `F16`, `1.250` for what
        is more likely 1250, `5kg`, `net` for `.NET`, `dangelo` for `D'Angelo`.
        """
        if word.isalpha():
            return ()
        own = self.word_terms(word)
        bare = _bare(word)
        found = [self.word_terms(spelling) for spelling in self._other_spellings(bare)]
        found += [(number,) for number in self._number_terms(word)[1:]]
        if number_and_unit(bare):
            found.append((fold(bare),))
        if fraction := decimal_of_fraction(bare):
            found.append((fraction,))
        return tuple(reading for reading in dict.fromkeys(found) if reading and reading != own)

    def _other_spellings(self, word: str) -> Iterator[str]:
        first, *others = HYPHEN.split(word)
        if len(others) == 1 and first.isalnum() and others[0].isalnum():
            if first.isalpha() or others[0].isalpha():
                yield first + others[0]
        elif split := LETTERS_AND_DIGITS.fullmatch(word):
            yield f"{split[1]}-{split[2]}"
        elif "'" in word and self.language.code not in ELIDING and not ENGLISH_ENDING.search(word):
            yield word.replace("'", "")
        elif word.startswith("."):
            yield word[1:]

    def _number_terms(self, word: str) -> tuple[str, ...]:
        if not (word[0].isnumeric() or word[0] in "vV"):
            return ()
        comma = self.language.decimal_comma
        return tuple(n[:LONGEST_TERM] for n in number_readings(word, decimal_comma=comma))

    def term_of(self, word: str) -> str:
        """The term of a word; the empty text for a stop word."""
        return next(iter(self.word_terms(word)), "")

    def is_stop_word(self, word: str) -> bool:
        """Whether the word is a function word; `US` in capitals is none."""
        return not self.word_terms(word)

    def only_asks(self, word: str) -> bool:
        """Whether it is one of the words that ask and tell nothing of what is asked for."""
        return fold(word) in self._asking_words

    def _word_terms(self, word: str) -> tuple[str, ...]:
        bare = _bare(word)
        if acronym := _acronym(bare):
            if fold(acronym) in self._stop_words:
                return (acronym,)
            return tuple(filter(None, [self._term(acronym)]))
        if numbers := self._number_terms(word):
            return numbers[:1]
        terms: list[str] = []
        for part in number_and_unit(bare) or HYPHEN.split(bare):
            if UNSPACED_RUN.search(part):
                terms.extend(_bigrams(part))
            elif term := self._term(part):
                terms.append(term)
        return tuple(terms)

    @cached_property
    def families(self) -> Mapping[str, Sequence[str]]:
        """For each term of a listed family the other terms of it."""
        found: dict[str, list[str]] = defaultdict(list)
        for family in self.language.families:
            terms = list(dict.fromkeys(t for word in family for t in self.word_terms(word)))
            for term in terms:
                found[term] += [other for other in terms if other != term]
        return dict(found)

    def _term(self, part: str) -> str | None:
        text = plain_lower(part)
        if "'" in text and self.language.code in SUFFIXING:
            text = text.partition("'")[0]
        elif "'" in text:
            text = ENGLISH_ENDING.sub("", text.removesuffix("n't") if len(text) > 3 else text)
            text = ELISION.sub("", text).replace("'", "")
        folded = fold(text)
        if not text or folded in self._stop_words:
            return None
        if self.language.code == "en":
            if text == "usa":
                return "US"
            if any(letters in text for letters in VARYING):
                for pattern, spelling in VARIANTS:
                    text = pattern.sub(spelling, text)
        elif self.language.code == "de":
            text = re.sub(INNER_ZU, r"\1", text)
        return self._kept_apart.get(text) or fold(self._stem(text))[:LONGEST_TERM]


def quiet(text: str) -> str:
    """The text in lower case if it is written in capitals, where they mean nothing."""
    return text.casefold() if text.isupper() and " " in text.strip() else text


def plain_lower(text: str) -> str:
    """The text in lower case and with straight apostrophes, as languages write their patterns."""
    return text.casefold().replace("’", "'")


def fold(text: str) -> str:
    """The text in lower case, without the accents that people leave out when they type."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKC", text).casefold().translate(UNDECOMPOSED)
    return unicodedata.normalize("NFC", COMBINING.sub("", unicodedata.normalize("NFD", folded)))


def name_key(word: str) -> str:
    """The word folded, without the mark of a genitive, as names are looked up."""
    return GENITIVE.sub("", fold(word))


def _bare(word: str) -> str:
    """The word in its compatibility form, without marks that show nothing."""
    if word.isascii():
        return word
    text = plain_digits(unicodedata.normalize("NFKC", word)).translate(PLAIN_SIGNS)
    return "".join(char for char in text if char not in INVISIBLE)


def _acronym(word: str) -> str | None:
    """`US` for `US`, `U.S.` and `u.s.`; None for a word that is no acronym."""
    if word[1:2] == "." and word[0].isalpha():
        return word.replace(".", "").upper()
    return word if 2 <= len(word) <= 5 and all(map(str.isupper, word)) else None


def _bigrams(text: str) -> Iterator[str]:
    for match in UNSPACED_RUN.finditer(text):
        run = match.group()
        yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
    for rest in UNSPACED_RUN.sub(" ", text).split():
        yield fold(rest)[:LONGEST_TERM]
