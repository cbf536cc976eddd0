"""Compound words: which of a collection's terms hold a word as a part, and which are its parts.

German, Dutch and the Scandinavian languages write compounds as one word: `Urlaubstage`. They are
taken apart by the collection's own terms; no dictionary is needed.
"""

from collections.abc import Callable, Iterable, Iterator

from retrieval.index.lexicon import Vocabulary

SHORTEST_PART = 3
SHORTEST_SURE = 6  # a part of so many letters is hardly there by chance
SHORTEST_REST = 4
LONG_FRONT = 8  # hardly anything but a word stands in front of a shorter head
LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
FRONT = "haupt"  # the stem of a word may be shorter where something stands in front of it
MOST_COMPOUNDS = 8
MOST_WORDS_LOOKED_AT = 200


class Compounds:
    """The compounds among the terms of a collection; lists of terms in a stable order.

    A part stands at the start or at the end of a compound. A short part counts only where the
    rest of the compound is a word as well: `rat` is no part of `apparat`. `term_of` gives the term
    of a word, as `kundig` for `kundigung`; `is_word` tells whether a dictionary holds it.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        term_of: Callable[[str], str],
        is_word: Callable[[str], bool],
    ) -> None:
        self._known = vocabulary
        self._term_of = term_of
        self._is_word = is_word

    def holding(self, word: str) -> list[str]:
        """The compounds that the word is a part of, at most eight; shorter ones come first.

        Those that end with it are kinds of what it names and come before those that begin with it.
        """
        part = self._term_of(word)
        if len(part) < SHORTEST_PART or not part.isalpha():
            return []
        as_head = self._term_of(FRONT + word).removeprefix(FRONT)
        ending = [
            term
            for head in dict.fromkeys((part, as_head))
            for term in _longer(self._known.ending_with(head, MOST_WORDS_LOOKED_AT), head)
            if self._is_modifier(term.removesuffix(head), head)
        ]
        beginning = [
            term
            for term in _longer(self._known.beginning_with(part, MOST_WORDS_LOOKED_AT), part)
            if self._is_head(term.removeprefix(part), part)
        ]
        found = dict.fromkeys(sorted(ending, key=_size) + sorted(beginning, key=_size))
        return list(found)[:MOST_COMPOUNDS]

    def parts(self, compound: str) -> list[str]:
        """The terms that the word is made of, its head before what stands in front of it."""
        if not compound.isalpha():
            return []
        for end in range(SHORTEST_PART, len(compound) - SHORTEST_PART + 1):
            head, front = compound[end:], compound[:end]
            if head in self._known and self._is_modifier(front, head):
                return [head, *self._modifiers(front)[:1]]
        return self._front(compound)

    def _front(self, compound: str) -> list[str]:
        """The longest term at the start of the word, where the rest may be a word, too."""
        for end in range(len(compound) - SHORTEST_PART, SHORTEST_PART, -1):
            if compound[:end] in self._known and self._is_head(compound[end:], compound[:end]):
                return [compound[:end]]
        return []

    def _is_modifier(self, front: str, head: str) -> bool:
        """Whether what stands in front of a head may be a word."""
        if self._modifiers(front):
            return True
        if len(front) < SHORTEST_REST or not self._term_of(front):
            return len(head) > SHORTEST_SURE and self._term_of(front) != ""
        if any(len(p) >= SHORTEST_REST and self._is_word(p) for p in _without_links(front)):
            return len(head) >= SHORTEST_PART
        return len(head) >= SHORTEST_SURE - 1 or (
            len(head) >= SHORTEST_REST and len(front) >= LONG_FRONT
        )

    def _modifiers(self, front: str) -> list[str]:
        """The terms that the front of a compound may be."""
        terms = (self._term_of(part) for part in _without_links(front))
        return [term for term in terms if term in self._known]

    def _is_head(self, rest: str, front: str) -> bool:
        """Whether what stands behind the front of a compound may be a word."""
        heads = [rest.removeprefix(link) for link in LINKS if rest.startswith(link)]
        if any(len(head) >= SHORTEST_PART and head in self._known for head in heads):
            return True
        if any(len(head) >= SHORTEST_REST and self._is_word(head) for head in heads):
            return len(front) >= SHORTEST_REST
        return len(front) >= SHORTEST_SURE and len(rest) >= SHORTEST_REST


def _longer(terms: Iterable[str], part: str) -> Iterator[str]:
    """The terms that are longer than that part of them by a part."""
    return (term for term in terms if len(term) >= len(part) + SHORTEST_PART)


def _without_links(front: str) -> Iterator[str]:
    """The front part of a compound as a word of its own: `urlaubs` is `urlaub`."""
    for link in LINKS:
        if front.endswith(link) and len(front) >= len(link) + SHORTEST_PART:
            yield front.removesuffix(link)


def _size(term: str) -> tuple[int, str]:
    return len(term), term
