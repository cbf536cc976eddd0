"""Restatements: whether one passage says all of what another one says, in its own words.

A second footnote is a promise that the other passage says the same. How many words two sentences
share does not tell that: one other word (a subject, a number, a "not") can turn all of it. So
the words have to be the same ones in the same order. One change of order is allowed: an opening
that tells when or where ("In May, …") may stand further behind. Whatever is in doubt is no
restatement.
"""

from collections.abc import Sequence

from retrieval.articles import Quote
from retrieval.briefing.likeness.canonical_words import CanonicalWords
from retrieval.index.collection_index import Index
from retrieval.text.languages import Language

LONGEST_OPENING = 12  # tokens


class Restatements:
    """Compares quotes from one collection."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rewordings = {
            code: Rewording(analyzer.language) for code, analyzer in index.analyzers.items()
        }

    def says_all(self, said: Quote, other: Quote) -> bool:
        """Whether the other quote says all of what the first one says, in the same language."""
        code = self._code(said)
        return code == self._code(other) and self._rewordings[code].is_of(said.text, other.text)

    def _code(self, quote: Quote) -> str:
        return self._index.articles[quote.paragraph.article].language


class Rewording:
    """Compares texts of one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._words = CanonicalWords(language)

    def is_of(self, said: str, other: str) -> bool:
        """Whether each of the two texts says all of what the other one says."""
        ours, theirs = self._words.of(said), self._words.of(other)
        if not ours:
            return False
        return ours == theirs or self._is_moved(ours, theirs) or self._is_moved(theirs, ours)

    def _is_moved(self, opened: Sequence[str], plain: Sequence[str]) -> bool:
        """Whether the opening of the first one stands behind in the second, all else alike.

        Not where a word is about all that follows it ("not", "only", "and", "that"): then the
        order can change the meaning.
        """
        words = self._language.briefing
        if not opened or opened[0] not in words.fronted:
            return False
        if self._language.negation.search(" ".join(opened)):
            return False
        if words.verb_second:
            return self._is_inverted(opened, plain)
        return self._is_behind(opened, plain)

    def _is_behind(self, opened: Sequence[str], plain: Sequence[str]) -> bool:
        """`In May, workers die` and `Workers die in May`."""
        if len(opened) != len(plain) + 1 or "," not in opened[:LONGEST_OPENING]:
            return False
        comma = opened.index(",")
        rest = opened[comma + 1 :]
        if not (self._moves_freely(rest) and self._moves_freely(opened[1:comma])):
            return False
        return _alike([*rest, *opened[:comma]], plain)

    def _is_inverted(self, opened: Sequence[str], plain: Sequence[str]) -> bool:
        """`Im Mai sterben Bienen oft` and `Bienen sterben im Mai oft`: the verb stands second."""
        if len(opened) != len(plain) or not self._moves_freely(plain):
            return False
        for verb in range(1, min(LONGEST_OPENING, len(opened) - 1)):
            rest = opened[verb + 1 :]
            if opened[verb] not in plain[1:]:
                continue
            subject = plain.index(opened[verb], 1)
            behind = rest[subject:]
            if behind and behind[0] in self._language.briefing.fronted:
                continue
            moved = [*rest[:subject], opened[verb], *opened[:verb], *behind]
            if _alike(moved, plain):
                return True
        return False

    def _moves_freely(self, rest: Sequence[str]) -> bool:
        return bool(rest) and not self._language.briefing.scoped.search(" ".join(rest))


def _alike(moved: Sequence[str], plain: Sequence[str]) -> bool:
    """Whether the tokens are the same; the first one of a text has lost its capital."""
    if not plain or list(moved[1:]) != list(plain[1:]):
        return False
    return plain[0] in {moved[0], moved[0].lower()}
