"""A lexicon in memory, for collections that are small."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from retrieval.index.lexicon import WordCounts, parts_of
from retrieval.text.analysis import UNSPACED_RUN, Analyzer, fold, words


class SortedTerms:
    """Terms in both orders, see `Vocabulary`."""

    def __init__(self, terms: Iterable[str]) -> None:
        """Take in the terms, in time and memory linear in their number but for sorting."""
        kept = (t for t in terms if t.isalpha() or UNSPACED_RUN.fullmatch(t))
        self._forwards = sorted(kept)
        self._known = frozenset(self._forwards)

    @cached_property
    def _backwards(self) -> list[str]:
        return sorted(term[::-1] for term in self._forwards)

    def __contains__(self, term: object) -> bool:
        return term in self._known

    def beginning_with(self, beginning: str, most: int) -> Sequence[str]:
        """The first terms in the order of the alphabet that begin so."""
        return list(_beginning_with(self._forwards, beginning, most))

    def ending_with(self, ending: str, most: int) -> Sequence[str]:
        """The first terms, in the order of their letters from the last one on, that end so."""
        return [term[::-1] for term in _beginning_with(self._backwards, ending[::-1], most)]


def _beginning_with(terms: list[str], beginning: str, most: int) -> Iterator[str]:
    position = bisect_left(terms, beginning)
    for term in terms[position : position + most]:
        if not term.startswith(beginning):
            return
        yield term


class CountedForms:
    """Written forms with how often each comes, see `WrittenForms`."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._by_part: dict[str, dict[str, int]] = defaultdict(dict)
        for form, count in counts.items():
            for part in parts_of(form):
                self._by_part[part.casefold()][form] = count
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for part in self._by_part:
            self._by_length[len(part)].append(part)

    def forms(self, part: str) -> Sequence[tuple[str, int]]:
        """The forms that have the part, each with how often it is written so."""
        return tuple(self._by_part.get(part, {}).items())

    def near(self, word: str, reach: int) -> Iterable[str]:
        """All parts of about that length, of which there are few."""
        lengths = range(len(word) - reach, len(word) + reach + 1)
        return chain.from_iterable(self._by_length.get(length, ()) for length in lengths)


class MemoryLexicon:
    """The words and terms of one collection, see `Lexicon`."""

    def __init__(
        self,
        terms: Iterable[str],
        counts: WordCounts,
        analyzers: Mapping[str, Analyzer],
        authors: Iterable[str],
    ) -> None:
        self.vocabulary = SortedTerms(terms)
        self._counts = counts
        self._analyzers = analyzers
        self._authors = frozenset(w.text.casefold() for name in authors for w in words(name))
        self._capitalised: Counter[str] = Counter()
        for (word, _), count in counts.capitalised.items():
            self._capitalised[word] += count
        self._others: Counter[str] = Counter()
        for form, count in counts.written.items():
            if not form[0].isupper():
                self._others[fold(form)] += count

    @cached_property
    def written(self) -> CountedForms:
        """The words as they are written."""
        return CountedForms(self._counts.written)

    def is_name(self, word: str) -> bool:
        """Whether a word is capitalised in the middle of a sentence more often than it is not."""
        return self._capitalised[word] > self._others[word]

    def is_of_name(self, term: str) -> bool:
        """Whether a term is one of a name."""
        return term in self._terms_of_names

    def holds(self, word: str) -> bool:
        """Whether a word is written anywhere."""
        return word in self._words

    def is_written_small(self, word: str) -> bool:
        """Whether a word is written in lower case anywhere."""
        return word in self._small

    def is_author(self, word: str) -> bool:
        """Whether a word, in lower case, is one of an author's name."""
        return word in self._authors

    @cached_property
    def _terms_of_names(self) -> frozenset[str]:
        return frozenset(
            term
            for word, code in self._counts.capitalised
            if self.is_name(word)
            for term in self._analyzers[code].word_terms(word)
        )

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(map(fold, self._counts.written))

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset(fold(form) for form in self._counts.written if form[0].islower())
