"""The port of a lexicon: the words and terms of a collection, looked up by key."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Protocol

from retrieval.articles import ParagraphKind
from retrieval.index.analysed_paragraph import AnalysedParagraph
from retrieval.text.analysis import fold, word_texts

NAME = re.compile(r"[^\W\d_a-z](?<=[\w,;:] .)[\w’'-]*")
INNER_MARK = re.compile(r"([-‐‑'’])")  # parts the words of a compound, or an article from its noun
SHORTEST_SPELT = 4


class Vocabulary(Protocol):
    """The terms of a collection that consist of letters, or of a script without spaces."""

    def __contains__(self, term: object) -> bool: ...

    def beginning_with(self, beginning: str, most: int) -> Sequence[str]:
        """The first terms in the order of the alphabet that begin so."""

    def ending_with(self, ending: str, most: int) -> Sequence[str]:
        """The first terms, in the order of their letters from the last one on, that end so."""


class WrittenForms(Protocol):
    """The words of a collection as they are written, for corrections of misspelt ones.

    A form is looked up by its parts, which a hyphen or an apostrophe parts, in lower case.
    """

    def forms(self, part: str) -> Sequence[tuple[str, int]]:
        """The forms that have the part, each with how often it is written so."""

    def near(self, word: str, reach: int) -> Iterable[str]:
        """Parts that may be what was meant by a word in lower case.

        Among them are all at an edit distance of one, and all at up to `reach` that begin with
        the same letter.
        """


class Lexicon(Protocol):
    """The words and terms of a collection. Words are folded, see `fold`."""

    @property
    def vocabulary(self) -> Vocabulary:
        """The terms that are words."""

    @property
    def written(self) -> WrittenForms:
        """The words as they are written."""

    def is_name(self, word: str) -> bool:
        """Whether a word is capitalised in the middle of a sentence more often than it is not."""

    def is_of_name(self, term: str) -> bool:
        """Whether a term is one of a name."""

    def holds(self, word: str) -> bool:
        """Whether a word is written anywhere."""

    def is_written_small(self, word: str) -> bool:
        """Whether a word is written in lower case anywhere."""

    def is_author(self, word: str) -> bool:
        """Whether a word, in lower case, is one of an author's name."""


@dataclass(slots=True)
class WordCounts:
    """The words of a paragraph, or of several.

    `written` are the forms; `capitalised` counts folded words in capitals within a sentence, each
    with the code of its language.
    """

    written: Counter[str] = field(default_factory=Counter)
    capitalised: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, found: AnalysedParagraph) -> None:
        """Count the words of a paragraph, too."""
        texts = list(map(found.sentence, range(found.size)))
        self.written.update(chain.from_iterable(map(word_texts, texts)))
        if found.kind is not ParagraphKind.CODE:
            names = chain.from_iterable(map(NAME.findall, texts))
            capitalised = [(fold(name), found.language) for name in names if name[0].isupper()]
            self.capitalised.update(capitalised)


def parts_of(form: str) -> list[str]:
    """The parts of a written form that a misspelt word may have meant, as they are written."""
    return [p for p in INNER_MARK.split(form) if len(p) >= SHORTEST_SPELT and p.isalpha()]
