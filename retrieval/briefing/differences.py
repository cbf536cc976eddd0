"""Differences: where two articles contradict each other.

In three ways that their words show: a different number for the same thing, the same said and
denied, and the same given the other way round. What is planned in one and done in the other is
no disagreement, nor what only one of them says on a condition. Anything subtler is not found.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

from retrieval.articles import Span
from retrieval.briefing.likeness.concepts import Concepts
from retrieval.briefing.likeness.named_things import NamedThings
from retrieval.briefing.likeness.quantities import Quantities
from retrieval.index.collection_index import Index
from retrieval.text.analysis import Analyzer, Word, name_key, words

MOST_REMEMBERED_SENTENCES = 20_000
FEWEST_CONCEPTS_SHARED = 2
FEWEST_DENIED = 3
SAME_BUT_DENIED = 0.75  # of the concepts of each of two sentences are the other's
SAME_BUT_COUNTED = 0.5  # of those of the shorter one
DENIED_REACH = 4
NAME_REACH = 40


class Transfer(NamedTuple):
    """Who gets something, who may be the one that gives it, and by which verb that is said."""

    gets: str
    gives: frozenset[str]
    verb: frozenset[str]


class Differences:
    """Compares sentences of one collection."""

    def __init__(self, index: Index, concepts: Concepts) -> None:
        self._index = index
        self._concepts = concepts
        self._things = NamedThings(index)
        self._quantities = Quantities(index, concepts)
        self._transfer = lru_cache(maxsize=MOST_REMEMBERED_SENTENCES)(self._read_transfer)
        self._denied = lru_cache(maxsize=MOST_REMEMBERED_SENTENCES)(self._read_denied)

    def among(self, sentences: Sequence[int]) -> Iterator[tuple[int, int]]:
        """The pairs of sentences of different articles that disagree, in the order given."""
        usable = [s for s in sentences if not self._is_own(s) and not self._index.is_filler(s)]
        for one, other in combinations(usable, 2):
            if self._article(one) != self._article(other) and self.disagree(one, other):
                yield one, other

    def disagree(self, one: int, other: int) -> bool:
        """Whether one sentence says something else than the other of the same thing."""
        shared = self._concepts.concrete(one) & self._concepts.concrete(other)
        if len(shared) < FEWEST_CONCEPTS_SHARED:
            return False
        if any(holds(one) != holds(other) for holds in (self._is_planned, self._is_conditional)):
            return False
        if self._is_turned_round(one, other, shared):
            return True
        if self._things.are_apart(one, other):
            return False
        fewest, most = sorted(len(self._concepts.concrete(s)) for s in (one, other))
        if len(shared) >= SAME_BUT_COUNTED * fewest and self._quantities.differ(one, other):
            return True
        is_same = len(shared) >= max(FEWEST_DENIED, SAME_BUT_DENIED * most)
        return is_same and self._is_denied(one, other, shared)

    def marks(self, one: int, other: int) -> tuple[Span, ...]:
        """Where the first sentence has the words by which it differs, as spans of its paragraph.

        Its number; else who gets or gives; else its negation, which only one of the two may have.
        """
        found = self._quantities.contradicted(one, other)
        given = [t.gets for t in map(self._transfer, (one, other)) if t is not None]
        if not found and len(given) == 2:
            names = self._names(one).items()
            found = [Span(word.start, word.end) for word, name in names if name in given]
        if not found:
            negations = self._analyzer(one).language.negation.all(self._index.text(one))
            found = [Span(match.start(), match.end()) for match in negations]
        start = self._index.span(one).start
        return tuple(Span(start + span.start, start + span.end) for span in found)

    def _is_denied(self, one: int, other: int, shared: frozenset[str]) -> bool:
        """Whether what is shared is denied in one of the sentences."""
        return bool(self._denied(one) & shared) != bool(self._denied(other) & shared)

    def _read_denied(self, sentence: int) -> frozenset[str]:
        """The concepts of the words close behind a negation."""
        text = self._index.text(sentence)
        found = list(words(text))
        analyzer = self._analyzer(sentence)
        denied: set[str] = set()
        for match in analyzer.language.negation.all(text):
            behind = [word for word in found if word.start >= match.end()][:DENIED_REACH]
            denied.update(self._concepts.of_words(behind, analyzer))
        return frozenset(denied)

    def _is_own(self, sentence: int) -> bool:
        """Whether whoever wrote it speaks of themselves, as no other writer does."""
        return self._index.finds(self._analyzer(sentence).language.briefing.talking, sentence)

    def _is_planned(self, sentence: int) -> bool:
        return self._index.finds(self._analyzer(sentence).language.briefing.planned, sentence)

    def _is_conditional(self, sentence: int) -> bool:
        return self._index.finds(self._analyzer(sentence).language.holds_condition, sentence)

    def _is_turned_round(self, one: int, other: int, shared: frozenset[str]) -> bool:
        """Whether who gives and who gets the same thing are the other way round."""
        ours, theirs = self._transfer(one), self._transfer(other)
        if ours is None or theirs is None or ours.gets == theirs.gets:
            return False
        turned = ours.gets in theirs.gives and theirs.gets in ours.gives
        given = shared - {ours.gets, theirs.gets} - ours.verb - theirs.verb
        return turned and len(given) >= FEWEST_CONCEPTS_SHARED

    def _read_transfer(self, sentence: int) -> Transfer | None:
        """Who gets something in the sentence, if that is one, and who may give it."""
        text, words_of = self._index.text(sentence), self._analyzer(sentence).language.briefing
        names = self._names(sentence)
        found: dict[str, Transfer] = {}
        for pattern, gets in ((words_of.given_to, True), (words_of.taken_from, False)):
            for match in pattern.all(text):
                behind = _next_name(names, match.end())
                before = {name for word, name in names.items() if word.end <= match.start()}
                before = (before or set(names.values())) - {behind}
                verb = self._concepts.of_words(
                    list(words(match.group()))[:1], self._analyzer(sentence)
                )
                if behind and gets:
                    found[behind] = Transfer(behind, frozenset(before), verb)
                elif behind:
                    found |= {name: Transfer(name, frozenset({behind}), verb) for name in before}
        return next(iter(found.values())) if len(found) == 1 else None

    def _names(self, sentence: int) -> dict[Word, str]:
        """The names in a sentence as concepts, those that stand for one thing as one."""
        analyzer = self._analyzer(sentence)
        found: dict[Word, str] = {}
        for word in words(self._index.text(sentence)):
            if word.text[0].isupper() and name_key(word.text) in self._index.names:
                for term in analyzer.word_terms(word.text)[:1]:
                    found[word] = self._concepts.concept(term)
        return found

    def _article(self, sentence: int) -> str:
        paragraph = self._index.paragraph_of(sentence)
        return self._index.paragraph(paragraph).article

    def _analyzer(self, sentence: int) -> Analyzer:
        return self._index.analyzer_of(self._index.paragraph_of(sentence))


def _next_name(names: Mapping[Word, str], position: int) -> str | None:
    """The name within a few words behind that position."""
    near = [word for word in names if 0 <= word.start - position <= NAME_REACH]
    return names[min(near, key=lambda word: word.start)] if near else None
