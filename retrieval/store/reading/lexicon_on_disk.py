"""The lexicon of a collection on disk: each question reads the few words that it needs."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from retrieval.store.reading.snapshot import Snapshot

MOST_REMEMBERED_WORDS = 10_000
BEHIND_ALL = "\U0010ffff"


class VocabularyOnDisk:
    """The terms that are words, see `Vocabulary`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._holds = lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._is_there)

    def __contains__(self, term: object) -> bool:
        return isinstance(term, str) and self._holds(term)

    def _is_there(self, term: str) -> bool:
        found = self._snapshot.one(
            "SELECT 1 FROM terms WHERE term = ? AND backwards IS NOT NULL", (term,)
        )
        return found is not None

    def beginning_with(self, beginning: str, most: int) -> Sequence[str]:
        """The first terms in the order of the alphabet that begin so."""
        rows = self._snapshot.all(
            "SELECT term FROM terms WHERE term >= ? AND term < ? AND backwards IS NOT NULL "
            "ORDER BY term LIMIT ?",
            (beginning, beginning + BEHIND_ALL, most),
        )
        return [term for (term,) in rows]

    def ending_with(self, ending: str, most: int) -> Sequence[str]:
        """The first terms, in the order of their letters from the last one on, that end so."""
        backwards = ending[::-1]
        rows = self._snapshot.all(
            "SELECT term FROM terms WHERE backwards >= ? AND backwards < ? "
            "ORDER BY backwards LIMIT ?",
            (backwards, backwards + BEHIND_ALL, most),
        )
        return [term for (term,) in rows]


class FormsOnDisk:
    """The words as they are written, see `WrittenForms`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def forms(self, part: str) -> Sequence[tuple[str, int]]:
        """The forms that have the part, each with how often it is written so."""
        return self._snapshot.all(
            "SELECT form, count FROM parts JOIN forms USING (form) WHERE part = ?", (part,)
        )

    def near(self, word: str, reach: int) -> Iterable[str]:
        """Parts that may be what was meant: of a like length with the same first letters.

        At a distance of one the first letter may be another one or missing, too.
        """
        turned = word[1::-1]
        sizes = (len(word) - reach, len(word) + reach)
        rows = self._snapshot.all(
            "SELECT part FROM spelt WHERE first = ? AND size BETWEEN ? AND ? "
            "UNION SELECT part FROM spelt WHERE first = ? AND size BETWEEN ? AND ? "
            "AND substr(part, 1, 2) = ? "
            "UNION SELECT part FROM spelt WHERE rest IN (?, ?) "
            "UNION SELECT part FROM spelt WHERE first = ? AND size = ? AND part = ?",
            (
                *(word[:1], *sizes),
                *(turned[:1], *sizes, turned),
                *(word, word[1:]),
                *(word[1:2], len(word) - 1, word[1:]),
            ),
        )
        return [part for (part,) in rows]


class LexiconOnDisk:
    """The words and terms of one collection, see `Lexicon`."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self.vocabulary = VocabularyOnDisk(snapshot)
        self.written = FormsOnDisk(snapshot)
        self._forms = lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._forms_of)
        self.is_name = lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._is_name)
        self.is_of_name = lru_cache(maxsize=MOST_REMEMBERED_WORDS)(self._is_of_name)

    def _is_name(self, word: str) -> bool:
        """Whether a word is capitalised in the middle of a sentence more often than it is not."""
        found = self._snapshot.one("SELECT count FROM capitalised WHERE word = ?", (word,))
        if found is None:
            return False
        others = sum(count for form, count in self._forms(word) if not form[0].isupper())
        return bool(found[0] > others)

    def _is_of_name(self, term: str) -> bool:
        """Whether a term is one of a name."""
        found = self._snapshot.all("SELECT word FROM name_terms WHERE term = ?", (term,))
        return any(self.is_name(word) for (word,) in found)

    def holds(self, word: str) -> bool:
        """Whether a word is written anywhere."""
        return bool(self._forms(word))

    def is_written_small(self, word: str) -> bool:
        """Whether a word is written in lower case anywhere."""
        return any(form[0].islower() for form, _ in self._forms(word))

    def is_author(self, word: str) -> bool:
        """Whether a word, in lower case, is one of an author's name."""
        found = self._snapshot.one("SELECT 1 FROM counts WHERE of = 'author' AND key = ?", (word,))
        return found is not None

    def _forms_of(self, word: str) -> Sequence[tuple[str, int]]:
        """How a word is written, each form with how often."""
        return self._snapshot.all(
            "SELECT form, count FROM forms WHERE form = ? AND word IS NULL "
            "UNION ALL SELECT form, count FROM forms WHERE word = ?",
            (word, word),
        )
