"""Spelling correction from the collection's own words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from retrieval.index.lexicon import SHORTEST_SPELT, WrittenForms, parts_of

MOST_REMEMBERED_SPELLINGS = 10_000
LONGEST_ENDING = 0.5  # of what stands before it


@dataclass(frozen=True, slots=True)
class Spelt:
    """A word of the articles: how they write it most often, and how often it comes."""

    shown: str
    count: int


class Spelling:
    """Corrects words that the articles do not hold to words that they do.

    `is_word` tells whether a word (in lower case) is in a dictionary: what is no mistake is not
    corrected. The `stop_words` of a language count as written once, if they are not.
    """

    def __init__(
        self,
        written: WrittenForms,
        is_word: Callable[[str], bool],
        stop_words: Iterable[str] = (),
    ) -> None:
        self._written = written
        self._is_word = is_word
        self._stop_words: dict[str, list[str]] = {}
        for word in stop_words:
            for part in parts_of(word):
                self._stop_words.setdefault(part.casefold(), []).append(word)
        self._spelt = lru_cache(maxsize=MOST_REMEMBERED_SPELLINGS)(self._spelt_as)

    def knows(self, word: str) -> bool:
        """Whether the word is in a dictionary."""
        return self._is_word(word.casefold())

    def _spelt_as(self, lower: str) -> Spelt | None:
        """How the articles spell a word; None if they do not hold it."""
        forms = dict(self._written.forms(lower))
        for word in self._stop_words.get(lower, ()):
            forms.setdefault(word, 1)
        shown, total = "", 0
        for form, count in sorted(forms.items()):
            for part in parts_of(form):
                if part.casefold() == lower:
                    shown = part if count > total else shown
                    total += count
        return Spelt(shown, total) if total else None

    def _near(self, lower: str, reach: int) -> set[str]:
        stop_words = (w for w in self._stop_words if abs(len(w) - len(lower)) <= reach)
        return {*self._written.near(lower, reach), *stop_words}

    def correction(self, word: str, *, is_name: bool = False) -> str | None:
        """The articles' word that was most likely meant, as they write it; None if there is none.

        The nearest by optimal string alignment distance; then the same first letter, the same
        letters in another order, the more frequent one and the alphabet decide. One that is more
        than one edit away keeps the first letter and is no stop word, as these are short and near
        to much else. A name has to be nearer than other words, as names that differ little abound.
        """
        lower = word.casefold()
        if len(word) < SHORTEST_SPELT or not word.isalpha() or self._spelt(lower):
            return None
        if self.knows(word):
            return None
        from rapidfuzz import process  # only a misspelt word waits for it
        from rapidfuzz.distance import OSA

        reach = max(1, _allowed(lower) - is_name)
        among = sorted(self._near(lower, reach))
        found = process.extract(lower, among, scorer=OSA.distance, score_cutoff=reach, limit=None)
        near = [(distance, candidate) for candidate, distance, _ in found]
        near = [pair for pair in near if pair[0] == 1 or self._may_be(lower, pair[1])]
        if not near:
            return None
        spelt = self._spelt(min(near, key=lambda pair: self._unlikeliness(lower, *pair))[1])
        return spelt.shown if spelt else None

    def _may_be(self, lower: str, candidate: str) -> bool:
        """Whether a word more than one edit away may be meant."""
        return candidate[0] == lower[0] and candidate not in self._stop_words

    def _unlikeliness(
        self, word: str, distance: float, candidate: str
    ) -> tuple[float, bool, bool, int, str]:
        is_reordered = sorted(word) == sorted(candidate)
        is_first_kept = candidate[0] == word[0]
        spelt = self._spelt(candidate)
        count = spelt.count if spelt else 0
        return distance, not is_first_kept, not is_reordered, -count, candidate

    def joined(self, words: Iterable[str]) -> str | None:
        """The articles' word that these make when written as one: `multi polar`."""
        spelt = self._spelt("".join(words).casefold())
        return spelt.shown if spelt else None


def differ_in_ending(word: str, other: str) -> bool:
    """Whether two words are most likely forms of one, that a stemmer does not know as such.

    Where words have many endings, to look one up in another form corrects nothing.
    """
    from rapidfuzz.distance import Prefix  # only a corrected word waits for it

    shared = Prefix.similarity(word.casefold(), other.casefold())
    ending = max(len(word), len(other)) - shared
    return ending <= LONGEST_ENDING * shared


def _allowed(word: str) -> int:
    """How many edits a word of that length may be away."""
    if len(word) < 6:
        return 1
    return 2 if len(word) < 12 else 3
