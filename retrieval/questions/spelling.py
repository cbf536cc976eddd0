"""Spelling correction from the collection's own words."""

from collections.abc import Callable, Iterable, Mapping

from retrieval.text.analysis import HYPHEN

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
            for word in HYPHEN.split(written_word):
                lower = word.casefold()
                if len(word) >= SHORTEST and word.isalpha():
                    if count > self._counts.get(lower, 0):
                        self._shown[lower] = word
                    self._counts[lower] = self._counts.get(lower, 0) + count

    def correction(self, word: str, *, is_name: bool = False) -> str | None:
        """The articles' word that was most likely meant, as they write it; None if there is none.

        The nearest by optimal string alignment distance; then the same first letter, the more
        frequent one and the alphabet decide. A name has to be nearer than other words, as names
        that differ little abound.
        """
        lower = word.casefold()
        if len(word) < SHORTEST or not word.isalpha() or lower in self._counts:
            return None
        if self._is_word(lower):
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
        _, _, _, best = min(
            (distance, candidate[0] != lower[0], -self._counts[candidate], candidate)
            for distance, candidate in near
        )
        return self._shown[best]

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
