"""What is known of a language: its stop words, question words and turns of phrase."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from retrieval.text.languages.pattern import JOINING, NOTHING, AskingPattern, Pattern


class Measure(NamedTuple):
    """What is measured: how a question asks for it, and the units that an answer holds.

    `compares` are the words by which two things are compared in it, `empty` those that hardly tell
    more than the unit does.
    """

    asks: AskingPattern
    holds: Pattern
    compares: AskingPattern = NOTHING
    empty: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SideWords:
    """How a question sets two things side by side: patterns with the groups `a` and `b`.

    `comparing` are the words that only compare, `measured` those that ask for an amount of each.
    """

    patterns: tuple[AskingPattern, ...] = ()
    comparing: AskingPattern = NOTHING
    measured: AskingPattern = NOTHING


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """How a message refers to the question before it.

    One of at most three words that begins with one of `openers` leans on it ("and why?"); after
    `connectives` the same is asked of something else ("what about the pool?").
    `expletives` only look like pronouns: "it" in "Is it allowed to smoke?", a German article.
    """

    openers: AskingPattern = NOTHING
    connectives: AskingPattern = NOTHING
    pronouns: AskingPattern = NOTHING
    expletives: AskingPattern = NOTHING
    continues: AskingPattern = NOTHING
    example: AskingPattern = NOTHING
    goes_on: AskingPattern = NOTHING
    wondering: AskingPattern = NOTHING
    second_question: AskingPattern = NOTHING
    questioning: AskingPattern = NOTHING
    condition: AskingPattern = NOTHING
    greeting_first: AskingPattern = NOTHING


@dataclass(frozen=True, slots=True)
class EntryWords:
    """How one entry of a list is asked about: patterns with its number `n`, a word or digits.

    `steps` are words that ask for all entries, `needs` questions for what something takes, which a
    list of one of the words in `needed` tells.
    """

    steps: AskingPattern = NOTHING
    needs: AskingPattern = NOTHING
    needed: frozenset[str] = frozenset()
    patterns: tuple[AskingPattern, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BriefingWords:
    """What makes a sentence a good point of a briefing or a bad one, and where it stands there."""

    vague_words: frozenset[str] = frozenset()
    joining: Pattern = JOINING
    possessive: Pattern = NOTHING
    chatter: Pattern = NOTHING
    talking: Pattern = NOTHING
    addressed: Pattern = NOTHING
    relying: Pattern = NOTHING
    hollow: Pattern = NOTHING
    announcing: Pattern = NOTHING
    moving_on: Pattern = NOTHING
    outlook: Pattern = NOTHING
    framing: Pattern = NOTHING
    planned: Pattern = NOTHING
    numerals: Mapping[str, float] = field(default_factory=dict)
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    given_to: Pattern = NOTHING
    taken_from: Pattern = NOTHING


@dataclass(frozen=True, slots=True)
class SentenceEnds:
    """What stands before a dot that ends no sentence; `en.toml` explains the lists."""

    never_last: frozenset[str] = frozenset()
    rarely_last: frozenset[str] = frozenset()
    often_last: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    sentence_openers: frozenset[str] = frozenset()
    ordinals: bool = False
    before_ordinals: frozenset[str] = frozenset()
    after_ordinals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class VerbEndings:
    """How forms of a verb differ that the stemmer does not join; `en.toml` explains the fields."""

    augment: str = ""
    endings: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    prefixes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """A language as retrieval sees it; patterns are tried without regard to case.

    Those that are tried on questions are `AskingPattern`s.
    """

    code: str
    stemmer: str | None = None
    capital_nouns: bool = False
    stop_words: frozenset[str] = frozenset()
    asking_words: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    decimal_comma: bool = False
    place_words: frozenset[str] = frozenset()
    families: tuple[tuple[str, ...], ...] = ()
    kept_apart: tuple[tuple[str, ...], ...] = ()
    short_forms: tuple[tuple[str, str], ...] = ()
    frames: AskingPattern = NOTHING
    leaning: Pattern = NOTHING
    pointing: Pattern = NOTHING
    filler: Pattern = NOTHING
    holds_time: Pattern = NOTHING
    holds_year: Pattern = NOTHING
    asks_year: AskingPattern = NOTHING
    holds_people: Pattern = NOTHING
    asks_quantity: AskingPattern = NOTHING
    asks_about_name: AskingPattern = NOTHING
    asks_habit: AskingPattern = NOTHING
    holds_condition: Pattern = NOTHING
    asks_origin: AskingPattern = NOTHING
    holds_origin: Pattern = NOTHING
    kinds: tuple[tuple[str, AskingPattern], ...] = ()
    cues: Mapping[str, Pattern] = field(default_factory=dict)
    claims: Mapping[str, Pattern] = field(default_factory=dict)
    about_articles: Mapping[str, tuple[AskingPattern, ...]] = field(default_factory=dict)
    list_entries: EntryWords = EntryWords()
    follow_up: FollowUpWords = FollowUpWords()
    briefing: BriefingWords = BriefingWords()
    sentence_ends: SentenceEnds = SentenceEnds()
    compounds: bool = False
    verbs: VerbEndings = VerbEndings()
    agents: frozenset[str] = frozenset()
    holds_clock: Pattern = NOTHING
    asks_clock: AskingPattern = NOTHING
    hours_words: frozenset[str] = frozenset()
    asks_hours: AskingPattern = NOTHING
    open_now: AskingPattern = NOTHING
    asks_age: AskingPattern = NOTHING
    holds_amount: Pattern = NOTHING
    negation: Pattern = NOTHING
    forbids: Pattern = NOTHING
    excepts: Pattern = NOTHING
    holds_place: Pattern = NOTHING
    holds_example: Pattern = NOTHING
    asks_frequency: AskingPattern = NOTHING
    holds_frequency: Pattern = NOTHING
    locating_words: frozenset[str] = frozenset()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    sides: SideWords = SideWords()
    opening_questions: tuple[tuple[Pattern, str], ...] = ()
