"""Words that a hyphen divides at the end of a line."""

import re
from collections.abc import Sequence
from functools import cached_property

from retrieval.text.analysis import words
from retrieval.text.frequencies import Frequencies
from retrieval.text.languages import language

DIVIDED = re.compile(r"[^\W\d_]+(?:[-‐‑]|\u00ad)$")
BEGINNING = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SOFT_HYPHEN = "\u00ad"
HYPHENS = "-‐‑\u00ad"
LEAST_SHARE = 0.01  # of how often the rarer part is seen alone


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
                if between != " ":
                    parts[-1] = parts[-1][:-1]
                parts.append(between)
            parts.append(following)
        return "".join(parts)

    def _between(self, before: str, after: str) -> str:
        """A space, or what stands for the hyphen that ends a line: itself or nothing."""
        ends = bool(before) and before[-1] in HYPHENS
        first = DIVIDED.search(before[-80:]) if ends else None
        second = BEGINNING.match(after)
        if first is None or second is None:
            return " "
        hyphen = before[-1]
        if hyphen == SOFT_HYPHEN:
            return ""
        if not second[0][0].islower():
            return hyphen  # Sino-Russian, E-Mail
        one, other = first[0][:-1].casefold(), second[0].casefold()
        if f"{one}-{other}" in self._vocabulary:
            return hyphen
        if f"{one}{other}" in self._vocabulary:
            return ""
        return self._guessed(one, other, hyphen)

    def _guessed(self, one: str, other: str, hyphen: str) -> str:
        """By the dictionary, where the text itself has the word nowhere else."""
        rarer = min(self._frequencies.count(one), self._frequencies.count(other))
        if self._frequencies.count(one + other) > LEAST_SHARE * rarer:
            return ""
        if other in language(self._code).stop_words:
            return " "  # "pre- and post-war"
        return hyphen if rarer else ""

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """The words of the text, those left out that the end of a line may have cut."""
        found: set[str] = set()
        for line in self._lines:
            text = line.strip()
            of_line = [word.text.replace("‐", "-") for word in words(text)]
            if text[-1:] in HYPHENS and text:
                of_line = of_line[:-1]
            found.update(word.casefold() for word in of_line)
        return frozenset(found)

    @cached_property
    def _frequencies(self) -> Frequencies:
        return Frequencies(self._code)
