"""Spelling correction from the collection's own words."""

import re
from collections.abc import Callable, Iterable, Mapping

INNER_MARK = re.compile(r"([-‐‑'’])")  # parts the words of a compound, or an article from its noun
SHORTEST = 4


class Spelling:
    """Corrects words that the articles do not hold to words that they do.

    `written` counts the articles' words as they are written; `is_word` tells whether a word (in
    lower case) is in a dictionary: what is no mistake is not corrected.
    """

    def __init__(self, written: Mapping[str, int], is_word: Callable[[str], bool]) -> None:
        self._is_word = is_word
        self._shown: dict[str, str] = {}
        self._counts: dict[str, int] = {}
        for written_word, count in sorted(written.items()):
            for word in INNER_MARK.split(written_word):
                lower = word.casefold()
                if len(word) >= SHORTEST and word.isalpha():
                    if count > self._counts.get(lower, 0):
                        self._shown[lower] = word
                    self._counts[lower] = self._counts.get(lower, 0) + count
        self._letters = frozenset("".join(self._counts))

    def correction(self, word: str, *, is_name: bool = False) -> str | None:
        """The articles' word that was most likely meant, as they write it; None if there is none.

        The nearest by optimal string alignment distance; then the same first letter, the same
        letters in another order, the more frequent one and the alphabet decide. A name has to be
        nearer than other words, as names that differ little abound.
        """
        lower = word.casefold()
        if len(word) < SHORTEST or not word.isalpha() or lower in self._counts:
            return None
        if self._is_word(lower) or not self._is_writable(lower):
            return None
        from rapidfuzz import process  # only a misspelt word waits for it
        from rapidfuzz.distance import OSA

        found = process.extract(
            lower,
            self._counts.keys(),
            scorer=OSA.distance,
            score_cutoff=max(1, _allowed(lower) - is_name),
            limit=None,
        )
        near = [(distance, candidate) for candidate, distance, _ in found]
        near = [pair for pair in near if _plausible(lower, pair[1], int(pair[0]))]
        if not near:
            return None
        return self._shown[min(near, key=lambda pair: self._unlikeliness(lower, *pair))[1]]

    def _unlikeliness(
        self, word: str, distance: float, candidate: str
    ) -> tuple[float, bool, bool, int, str]:
        is_reordered = sorted(word) == sorted(candidate)
        is_first_kept = candidate[0] == word[0]
        return distance, not is_first_kept, not is_reordered, -self._counts[candidate], candidate

    def _is_writable(self, word: str) -> bool:
        """Whether the articles use all of its letters, apart from a to z."""
        return all(char.isascii() or char in self._letters for char in word)

    def joined(self, words: Iterable[str]) -> str | None:
        """The articles' word that these make when written as one: `multi polar`."""
        return self._shown.get("".join(words).casefold())


def _allowed(word: str) -> int:
    """How many edits a word of that length may be away."""
    if len(word) < 6:
        return 1
    return 2 if len(word) < 10 else 3


def _plausible(word: str, candidate: str, distance: int) -> bool:
    """Whether a far correction keeps the first letter, or the first two in either order."""
    return distance == 1 or candidate[0] == word[0] or candidate[:2] == word[1::-1]
