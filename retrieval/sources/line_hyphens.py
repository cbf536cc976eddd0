"""Words that a hyphen divides at the end of a line."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from retrieval.text.analysis import word_texts
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import language
from retrieval.text.languages.pattern import JOINING

DIVIDED = re.compile(r"[^\W\d_]+(?:[-‐‑]|\u00ad)$")
BEGINNING = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# Scripts without spaces, and their marks; Korean has spaces.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]"
)
KOREAN_WORD = re.compile("[\uac00-\ud7a3]+")
HANGUL = re.compile("[\uac00-\ud7a3]")
# An address of the web at the end of a line, and what may be the rest of it.
ADDRESS = re.compile(r"(?:https?://|www\.)\S*[/._=&?%~-]$")
ADDRESS_GOES_ON = re.compile(r"[a-z0-9%~_-]+(?:[/.?=#_-]\S|\.?\)|$)|[a-z0-9_-]+\b(?=[)>\]])")
PART_OF_NAME = re.compile(r"[\w.@/]-$|\d$")  # what stands before the part: "debian-l10n-"
WORD_JOINER = "\u2060"
SOFT_HYPHEN = "\u00ad"
HYPHENS = "-‐‑\u00ad"
RANGES = ("to", "bis", "à")  # "two- to three-year-old"
LEAST_JOINED_SHARE = 0.001  # of how often the rarer part is seen alone


class LineJoiner:
    """Joins the lines of a hard-wrapped text in the language of that code.

    A word divided at the end of a line becomes one; a hyphen that belongs to the word stays.
    """

    def __init__(self, lines: Sequence[str], code: str) -> None:
        self._lines = lines
        self._code = code

    def joined(self, lines: Sequence[str]) -> str:
        """The lines as one."""
        parts: list[str] = []
        for line in lines:
            following = line.strip()
            if parts:
                between = self._between(parts[-1], following)
                if between != " " and parts[-1][-1:] in HYPHENS:
                    parts[-1] = parts[-1][:-1]
                parts.append(between)
            parts.append(following)
        return "".join(parts)

    def _between(self, before: str, after: str) -> str:
        """A space, or what stands for the hyphen that ends a line: itself or nothing.

        Nothing, too, where a script without spaces or an address of the web goes on.
        """
        last, first = before[-1:], after[:1]
        if last == WORD_JOINER:
            return ""
        if UNSPACED.match(last) and UNSPACED.match(first):
            return ""
        if HANGUL.match(last) and HANGUL.match(first):
            return self._within_korean(last, first)
        if ADDRESS.search(before[-300:]) and ADDRESS_GOES_ON.match(after):
            return "" if last not in HYPHENS else last
        if last in HYPHENS and before[-2:-1].isalnum() and after[:1].isdigit():
            return last  # "mid-1850s", "1914-1918"
        return self._for_hyphen(before, after) if last and last in HYPHENS else " "

    def _for_hyphen(self, before: str, after: str) -> str:
        """What stands for the hyphen that ends a line."""
        first = DIVIDED.search(before[-80:])
        second = BEGINNING.match(after)
        hyphen = before[-1]
        if second and before[-2:-1].isdigit():  # "20-pound"
            return " " if self._is_conjunction(second[0].casefold()) else hyphen
        if first is None or second is None:
            return " "
        if hyphen == SOFT_HYPHEN:
            return ""
        one, other = first[0][:-1].casefold(), second[0].casefold()
        if not second[0][0].islower() or f"{one}-{other}" in self._vocabulary:
            return hyphen  # Sino-Russian, E-Mail
        if self._is_word(one, other):
            return ""
        is_part = PART_OF_NAME.search(before[-80:][: first.start()])
        goes_on = after[second.end() : second.end() + 1] in tuple(HYPHENS)  # "well-to-do"
        return hyphen if is_part or goes_on else self._between_words(first[0][:-1], other, hyphen)

    def _between_words(self, one: str, other: str, hyphen: str) -> str:
        """What stands between two parts that make no word."""
        if self._is_conjunction(other):
            return " "  # "pre- and post-war"
        return hyphen if self._rarer(one.casefold(), other) and not self._is_noun(one) else ""

    def _is_word(self, one: str, other: str) -> bool:
        """Whether both make a word: of the text, or of the dictionary and no rare one."""
        if f"{one}{other}" in self._vocabulary:
            return True
        return self._seen(one + other) > LEAST_JOINED_SHARE * self._rarer(one, other)

    def _is_noun(self, one: str) -> bool:
        """Whether what goes on in small letters is a noun, whose hyphen would stand for none.

        "Drahtseil-hersteller" is one word in German, "US-amerikanisch" is not.
        """
        return language(self._code).capital_nouns and one.istitle()

    def _rarer(self, one: str, other: str) -> int:
        return min(self._seen(one), self._seen(other))

    def _seen(self, word: str) -> int:
        return frequencies_of(self._code).count(word)

    def _is_conjunction(self, word: str) -> bool:
        """Whether it is an "and", and not the rest of "built-in" or "avez-vous"."""
        tongue = language(self._code)
        if tongue.briefing.joining is JOINING:  # nothing is known of its conjunctions
            return word in tongue.stop_words
        return word in RANGES or tongue.briefing.joining.search(word) is not None

    def _within_korean(self, one: str, other: str) -> str:
        """Nothing if these syllables stand together in the text more often than apart.

        Korean has spaces, but typesetters divide its words at the end of a line without a hyphen.
        Where lines that are cut so are marked, the others end in a blank.
        """
        if self._are_cuts_marked:
            return " "
        pairs, ends, beginnings = self._syllables
        together = pairs[one + other]
        apart = ends[one] * beginnings[other] / max(1, beginnings.total())
        return "" if together > apart else " "

    @cached_property
    def _are_cuts_marked(self) -> bool:
        return any(line.endswith(WORD_JOINER) for line in self._lines)

    @cached_property
    def _syllables(self) -> tuple[Counter[str], Counter[str], Counter[str]]:
        """Pairs of syllables inside of words, last ones and first ones of words."""
        pairs, ends, beginnings = Counter[str](), Counter[str](), Counter[str]()
        for line in self._lines:
            for word in KOREAN_WORD.findall(line.strip())[1:-1]:
                pairs.update(map("".join, pairwise(word)))
                ends[word[-1]] += 1
                beginnings[word[0]] += 1
        return pairs, ends, beginnings

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the text, those left out that the end of a line may have cut."""
        found: set[str] = set()
        for line in self._lines:
            text = line.strip()
            of_line = [word.replace("‐", "-") for word in word_texts(text)]
            if text[-1:] in HYPHENS and text:
                of_line = of_line[:-1]
            found.update(word.casefold() for word in of_line)
        return frozenset(found)
