"""The query: the words of a question, each with everything that it may be found as."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from retrieval.index.statistics import Alternatives, Phrase
from retrieval.questions.article_questions import Fact
from retrieval.questions.question_kinds import Kind, Need
from retrieval.questions.small_talk import Talk
from retrieval.text.analysis import UNSPACED_RUN, fold, word_texts

PAIR_WEIGHT = 0.4  # tuned on SQuAD 2.0
LEAST_TELLING = 9.0  # nats: a word that comes once in eight thousand
ONE_LETTER_OR_NUMBER = re.compile(r"[a-zA-Z]|[\d.,:]+")
MOST_REMEMBERED_FOLDED = 64  # each sentence that may answer is compared with the question


@dataclass(frozen=True, slots=True)
class QueryWord:
    """A word of the question.

    `weight` is what the word counts for, `own` whether it stands in the question itself and not
    in the one before it; `information` is how much it tells in running text, in nats; `synonyms`
    are those of its alternatives that are another expression, with how to show them.
    """

    text: str
    alternatives: Alternatives
    information: float
    weight: float = 1.0
    own: bool = True
    known: bool = True
    is_name: bool = False
    synonyms: Mapping[Phrase, str] = field(default_factory=dict)

    @property
    def phrase(self) -> Phrase:
        """The word's own terms, and no other expression."""
        return next(iter(self.alternatives))

    @property
    def is_telling(self) -> bool:
        """Whether it is a word, and one that hardly any text holds by chance."""
        is_word = ONE_LETTER_OR_NUMBER.fullmatch(self.text) is None
        return is_word and self.information >= LEAST_TELLING

    @property
    def weighted(self) -> Alternatives:
        """The alternatives with the word's own weight in theirs."""
        return {phrase: value * self.weight for phrase, value in self.alternatives.items()}

    def coverage(self, terms: frozenset[str], *, with_synonyms: bool = True) -> float:
        """The weight of the best alternative that is among the terms; 0 if none is."""
        found = 0.0
        for phrase, weight in self.alternatives.items():  # of many paragraphs at each question
            if weight > found and terms.issuperset(phrase):
                found = weight if with_synonyms or phrase not in self.synonyms else found
        return found


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was understood.

    `measure` is the name of what is to be measured, such as "weight".

    `small_talk` is what a message is that asks nothing of the articles, `talk_language` the code
    of the language that it is in.

    `entry` is the number of the entry of a list that is asked about, -1 for the last one, and
    `asks_steps` tells that all are; `fact` is what a question about the articles themselves asks
    of their headers.

    `names_hour` tells that it asks whether something is so at a time of day.

    `corrections` maps misspelt words to those searched for; `unmatched` are the question's words
    that no article contains, `missing` those worth naming; `wants_more` tells that only more of
    what was shown is wanted, `wants_example` that an example is, `wants_next` that what follows it
    in its article is, `is_negated` that it asks for what is not so; `context` is the question
    before, where both are read together, `points_back` whether by a pronoun.

    `spelt` is the question with its short forms spelt out; `told` is what its message tells in
    front of it, which counts for its meaning and not for its words.

    `is_foreign` tells that the question is in a language that no article is in. Where it is read
    across languages, `foreign` is that language, and its words are only those written the same.
    """

    question: str
    kind: Kind
    need: Need = Need.NOTHING
    measure: str = ""
    words: tuple[QueryWord, ...] = ()
    pairs: tuple[str, ...] = ()
    counted: frozenset[str] = frozenset()
    corrections: dict[str, str] = field(default_factory=dict)
    context: str | None = None
    small_talk: Talk | None = None
    talk_language: str = "en"
    entry: int | None = None
    asks_steps: bool = False
    names_hour: bool = False
    fact: Fact | None = None
    is_shortened: bool = False
    wants_more: bool = False
    wants_next: bool = False
    wants_example: bool = False
    points_back: bool = False
    is_foreign: bool = False
    foreign: str | None = None
    is_negated: bool = False
    spelt: str = ""
    told: str = ""

    @property
    def meant(self) -> str:
        """The question as its meaning is looked for."""
        return f"{self.told} {self.spelt or self.question}".lstrip()

    @property
    def corrected(self) -> str:
        """The question with its misspelt words put right."""
        text = self.question
        for wrong, right in self.corrections.items():
            text = text.replace(wrong, right)
        return text

    @property
    def misspelt(self) -> dict[str, str]:
        """The corrections of more than an accent, which many leave out."""
        return {w: r for w, r in self.corrections.items() if fold(w) != fold(r)}

    @property
    def folded_words(self) -> frozenset[str]:
        """The words of the question, folded."""
        return _folded_words(self.question)

    @property
    def terms(self) -> frozenset[str]:
        """The terms of its words, in each form in which they may be found."""
        return frozenset(
            term for word in self.words for phrase in word.alternatives for term in phrase
        )

    @property
    def uses_known_words(self) -> bool:
        """Whether some article contains one of the question's own words."""
        return any(word.own and word.known for word in self.words)

    @property
    def names_what_is_asked(self) -> bool:
        """Whether it names something itself, and is not about what the one before named alone."""
        return self.context is None or self.uses_known_words

    @property
    def unmatched(self) -> list[str]:
        """The question's own words that no article contains, in their order."""
        own = (word.text for word in self.words if word.own and not word.known)
        return list(dict.fromkeys(own))

    @property
    def missing(self) -> list[str]:
        """Those of the unmatched words that tell what is asked: no numbers, letters, "old".

        Of what is written without spaces, those characters that no known pair of them covers.
        """
        own = [word for word in self.words if word.own]
        held = {term for word in own if word.known for term in word.phrase}
        telling = (w.text for w in own if not w.known and (w.is_name or w.is_telling))
        return list(dict.fromkeys(part for text in telling for part in _unheld(text, held)))


def _unheld(text: str, held: Iterable[str]) -> Sequence[str]:
    if UNSPACED_RUN.fullmatch(text) is None:
        return (text,)
    covered = {n for term in held for n in _places(text, term)}
    left = "".join(" " if n in covered else char for n, char in enumerate(text))
    return [part for part in left.split() if len(part) > 1 or part == text]


def _places(text: str, term: str) -> Iterator[int]:
    for found in re.finditer(f"(?={re.escape(term)})", text):
        yield from range(found.start(), found.start() + len(term))


@lru_cache(maxsize=MOST_REMEMBERED_FOLDED)
def _folded_words(question: str) -> frozenset[str]:
    return frozenset(map(fold, word_texts(question)))


def covered_share(words: Sequence[QueryWord], terms: frozenset[str]) -> float:
    """The share of the words' information that the terms cover, from 0 to 1."""
    asked = sum(word.weight * word.information for word in words)
    covered = sum(word.weight * word.information * word.coverage(terms) for word in words)
    return covered / asked if asked else 0.0


def looked_up(query: Query) -> tuple[list[Alternatives], list[Alternatives]]:
    """What BM25 looks up in paragraphs for a query: its words, and pairs of neighbours."""
    pairs: list[Alternatives] = [{(pair,): PAIR_WEIGHT} for pair in dict.fromkeys(query.pairs)]
    return weighted(query.words), pairs


def weighted(words: Sequence[QueryWord]) -> list[Alternatives]:
    """What BM25 looks up for these words."""
    return [word.weighted for word in words if word.known]
