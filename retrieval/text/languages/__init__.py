"""What does a language look like?

Its stop words, question words and turns of phrase, as data.

A language is a file `CODE.toml` in this folder; `en.toml` explains the fields. A language without
a file is still searched, with the stems that Snowball has for it and without stop words; of some,
`abbreviations.toml` knows the abbreviations, and whether they write compounds as one word.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from typing import Any

MOST_ROUNDS = 3


class Pattern:
    """A regular expression without regard to case, compiled when it is first used.

    An empty one matches nothing. Compiling all of a language would take longer than an answer.
    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\n", "")

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text or "(?!)", re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of the text."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self._compiled.fullmatch(text)

    def all(self, text: str) -> list[re.Match[str]]:
        """The matches in the text, from its start on."""
        return list(self._compiled.finditer(text))

    def remove(self, text: str) -> str:
        """The text without its matches."""
        return self._compiled.sub("", text)

    def split(self, text: str) -> list[str]:
        """What stands before, between and behind the matches."""
        ends = [(match.start(), match.end()) for match in self.all(text)]
        starts = [0, *(end for _, end in ends)]
        return [text[a:b] for a, b in zip(starts, [*(s for s, _ in ends), len(text)], strict=True)]

    def blank(self, text: str) -> str:
        """The text with a space for each of its matches, and for those that this brings about."""
        for _ in range(MOST_ROUNDS):
            before, text = text, self._compiled.sub(" ", text)
            if text == before:
                break
        return text


NOTHING = Pattern("")
# What joins the subjects of a topic in any language.
JOINING = Pattern(r"[,;、，；]|(?<!\S)[&+/](?!\S)")

# Snowball's stemmers for languages that have no file of their own, by ISO 639-1 code.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "el": "greek", "eu": "basque",
    "fi": "finnish", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "nn": "norwegian", "ro": "romanian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
# Languages whose sentences are told apart as those of another.
SAME_SENTENCES = {"nb": "no", "nn": "no", "sr": "hr", "bs": "hr", "sl": "hr"}


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: how a question asks for it, and the units that an answer holds.

    `compares` are the words by which two things are compared in it, `empty` those that hardly tell
    more than the unit does.
    """

    asks: Pattern
    holds: Pattern
    compares: Pattern
    empty: frozenset[str]


@dataclass(frozen=True, slots=True)
class SideWords:
    """How a question sets two things side by side: patterns with the groups `a` and `b`.

    `comparing` are the words that only compare, `measured` those that ask for an amount of each.
    """

    patterns: tuple[Pattern, ...] = ()
    comparing: Pattern = NOTHING
    measured: Pattern = NOTHING


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """How a message refers to the question before it."""

    openers: Pattern = NOTHING
    connectives: Pattern = NOTHING
    pronouns: Pattern = NOTHING
    reversal: Pattern = NOTHING
    continues: Pattern = NOTHING
    example: Pattern = NOTHING
    goes_on: Pattern = NOTHING
    wondering: Pattern = NOTHING
    second_question: Pattern = NOTHING
    greeting_first: Pattern = NOTHING


@dataclass(frozen=True, slots=True)
class EntryWords:
    """How one entry of a list is asked about: patterns with its number `n`, a word or digits.

    `steps` are words that ask for all entries.
    """

    steps: Pattern = NOTHING
    patterns: tuple[Pattern, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BriefingWords:
    """What makes a sentence a good point of a briefing or a bad one, and where it stands there."""

    vague_words: frozenset[str] = frozenset()
    joining: Pattern = JOINING
    possessive: Pattern = NOTHING
    chatter: Pattern = NOTHING
    talking: Pattern = NOTHING
    relying: Pattern = NOTHING
    hollow: Pattern = NOTHING
    announcing: Pattern = NOTHING
    moving_on: Pattern = NOTHING
    outlook: Pattern = NOTHING
    framing: Pattern = NOTHING
    planned: Pattern = NOTHING
    negation: Pattern = NOTHING
    numerals: Mapping[str, float] = field(default_factory=dict)
    magnitudes: Mapping[str, int] = field(default_factory=dict)
    given_to: Pattern = NOTHING
    taken_from: Pattern = NOTHING
    decimal_comma: bool = False
    same_words: tuple[tuple[str, str], ...] = ()
    fronted: frozenset[str] = frozenset()
    scoped: Pattern = NOTHING
    verb_second: bool = False


@dataclass(frozen=True, slots=True)
class SentenceEnds:
    """What stands before a dot that ends no sentence; `en.toml` explains the lists."""

    never_last: frozenset[str] = frozenset()
    rarely_last: frozenset[str] = frozenset()
    often_last: frozenset[str] = frozenset()
    before_numbers: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    ordinals: bool = False
    before_ordinals: frozenset[str] = frozenset()
    after_ordinals: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Language:
    """A language as retrieval sees it; patterns are tried without regard to case."""

    code: str
    stemmer: str | None = None
    capital_nouns: bool = False
    stop_words: frozenset[str] = frozenset()
    asking_words: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    place_words: frozenset[str] = frozenset()
    families: tuple[tuple[str, ...], ...] = ()
    frames: Pattern = NOTHING
    leaning: Pattern = NOTHING
    pointing: Pattern = NOTHING
    filler: Pattern = NOTHING
    holds_time: Pattern = NOTHING
    holds_year: Pattern = NOTHING
    asks_year: Pattern = NOTHING
    holds_people: Pattern = NOTHING
    asks_quantity: Pattern = NOTHING
    asks_about_name: Pattern = NOTHING
    kinds: tuple[tuple[str, Pattern], ...] = ()
    cues: Mapping[str, Pattern] = field(default_factory=dict)
    claims: Mapping[str, Pattern] = field(default_factory=dict)
    about_articles: Mapping[str, tuple[Pattern, ...]] = field(default_factory=dict)
    list_entries: EntryWords = EntryWords()
    follow_up: FollowUpWords = FollowUpWords()
    briefing: BriefingWords = BriefingWords()
    sentence_ends: SentenceEnds = SentenceEnds()
    compounds: bool = False
    holds_clock: Pattern = NOTHING
    asks_clock: Pattern = NOTHING
    asks_age: Pattern = NOTHING
    holds_amount: Pattern = NOTHING
    forbids: Pattern = NOTHING
    excepts: Pattern = NOTHING
    holds_place: Pattern = NOTHING
    holds_example: Pattern = NOTHING
    asks_frequency: Pattern = NOTHING
    holds_frequency: Pattern = NOTHING
    locating_words: frozenset[str] = frozenset()
    measures: Mapping[str, Measure] = field(default_factory=dict)
    sides: SideWords = SideWords()
    opening_questions: tuple[tuple[Pattern, str], ...] = ()
    heading_question: str = "{}"


@cache
def language(code: str) -> Language:
    """The language of that ISO 639-1 code, as far as anything is known of it."""
    file = resources.files(__package__) / f"{code}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", code) or not file.is_file():
        other = _others().get(SAME_SENTENCES.get(code, code), {})
        return Language(
            code,
            stemmer=STEMMERS.get(code),
            sentence_ends=_sentence_ends(other),
            compounds=other.get("compounds", False),
        )
    return _from_fields(code, tomllib.loads(file.read_text(encoding="utf-8")))


@cache
def _others() -> dict[str, dict[str, Any]]:
    """What `abbreviations.toml` holds of languages without a file of their own, by code."""
    file = resources.files(__package__) / "abbreviations.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _from_fields(code: str, fields: Mapping[str, Any]) -> Language:
    return Language(
        code=code,
        stemmer=fields.get("stemmer"),
        capital_nouns=fields.get("capital_nouns", False),
        stop_words=frozenset(fields["stop_words"].split()),
        asking_words=frozenset(fields["asking_words"].split()),
        number_words=frozenset(fields["number_words"].split()),
        place_words=frozenset(fields.get("place_words", "").split()),
        families=tuple(tuple(line.split()) for line in fields.get("families", "").split("\n")),
        frames=_any_of(fields.get("frames", [])),
        leaning=_any_of(fields["leaning"]),
        pointing=_any_of(fields.get("pointing", [])),
        filler=_any_of(fields["filler"]),
        holds_time=Pattern(fields["holds_time"]),
        holds_year=Pattern(fields["holds_year"]),
        asks_year=Pattern(fields["asks_year"]),
        holds_people=Pattern(fields["holds_people"]),
        asks_quantity=Pattern(fields["asks_quantity"]),
        asks_about_name=Pattern(fields["asks_about_name"]["pattern"]),
        kinds=tuple((entry["kind"], _any_of(entry["patterns"])) for entry in fields["kinds"]),
        cues={kind: Pattern(pattern) for kind, pattern in fields["cues"].items()},
        claims={kind: Pattern(pattern) for kind, pattern in fields.get("claims", {}).items()},
        about_articles=_about_articles(fields.get("about_articles", {})),
        list_entries=_entry_words(fields.get("list_entries", {})),
        follow_up=FollowUpWords(**{k: Pattern(p) for k, p in fields["follow_up"].items()}),
        briefing=_briefing_words(fields.get("briefing", {})),
        sentence_ends=_sentence_ends(fields.get("sentences", {})),
        compounds=fields.get("compounds", False),
        holds_clock=Pattern(fields["holds_clock"]),
        asks_clock=Pattern(fields["asks_clock"]),
        asks_age=Pattern(fields["asks_age"]),
        holds_amount=Pattern(fields["holds_amount"]),
        forbids=Pattern(fields.get("forbids", "")),
        excepts=Pattern(fields.get("excepts", "")),
        holds_place=Pattern(fields.get("holds_place", "")),
        holds_example=Pattern(fields.get("holds_example", "")),
        asks_frequency=Pattern(fields.get("asks_frequency", "")),
        holds_frequency=Pattern(fields.get("holds_frequency", "")),
        locating_words=frozenset(fields.get("locating_words", "").split()),
        measures={k: _measure(entry) for k, entry in fields.get("measures", {}).items()},
        sides=_side_words(fields.get("sides", {})),
        heading_question=fields.get("heading_question", "{}"),
        opening_questions=tuple(
            (Pattern(entry["statement"]), entry["question"])
            for entry in fields.get("opening_questions", [])
        ),
    )


def _measure(fields: Mapping[str, Any]) -> Measure:
    return Measure(
        asks=Pattern(fields["asks"]),
        holds=Pattern(fields["holds"]),
        compares=Pattern(fields.get("compares", "")),
        empty=frozenset(fields.get("empty", "").split()),
    )


def _sentence_ends(fields: Mapping[str, Any]) -> SentenceEnds:
    lists = {k: frozenset(v.split()) for k, v in fields.items() if isinstance(v, str)}
    return SentenceEnds(**lists, ordinals=fields.get("ordinals", False))


def _about_articles(fields: Mapping[str, Any]) -> dict[str, tuple[Pattern, ...]]:
    """The patterns for each fact of a header, with `{it}` and `{about}` written out."""
    about = ""
    if "about" in fields:
        about = rf"(?: (?:{fields['about']})(?:(?<=')| )(?P<about>.{{1,200}}?))?"
    it = rf"(?:(?P<articles>{fields.get('it', '')}){about}|(?P<title>.{{1,200}}?))"
    return {
        fact: tuple(
            Pattern(pattern.replace("{it}", it).replace("{about}", about))
            for pattern in fields[fact]
        )
        for fact in fields
        if fact not in ("it", "about")
    }


def _entry_words(fields: Mapping[str, Any]) -> EntryWords:
    """The words for the first entry, the second one and so on; -1 stands for the last."""
    ordinals = enumerate(fields.get("ordinals", "").split(), start=1)
    numbers = {word: number for number, group in ordinals for word in group.split("/")}
    numbers |= dict.fromkeys(fields.get("last", "").split("/"), -1)
    patterns = tuple(map(Pattern, fields.get("patterns", [])))
    return EntryWords(Pattern(fields.get("steps", "")), patterns, numbers)


def _briefing_words(fields: Mapping[str, Any]) -> BriefingWords:
    def counted(name: str) -> dict[str, int]:
        return {word: n for n, word in enumerate(fields.get(name, "").split(), start=1)}

    return BriefingWords(
        vague_words=frozenset(fields.get("vague_words", "").split()),
        joining=Pattern(fields.get("joining", JOINING.text)),
        possessive=Pattern(fields.get("possessive", "")),
        chatter=_any_of(fields.get("chatter", [])),
        talking=Pattern(fields.get("talking", "")),
        relying=Pattern(fields.get("relying", "")),
        hollow=_any_of(fields.get("hollow", [])),
        announcing=Pattern(fields.get("announcing", "")),
        moving_on=Pattern(fields.get("moving_on", "")),
        outlook=Pattern(fields.get("outlook", "")),
        framing=Pattern(fields.get("framing", "")),
        planned=Pattern(fields.get("planned", "")),
        negation=Pattern(fields.get("negation", "")),
        numerals=counted("numerals"),
        magnitudes=counted("magnitudes"),
        given_to=Pattern(fields.get("given_to", "")),
        taken_from=Pattern(fields.get("taken_from", "")),
        decimal_comma=fields.get("decimal_comma", False),
        same_words=_pairs(fields.get("same_words", "")),
        fronted=frozenset(fields.get("fronted", "").split()),
        scoped=Pattern(fields.get("scoped", "")),
        verb_second=fields.get("verb_second", False),
    )


def _side_words(fields: Mapping[str, Any]) -> SideWords:
    patterns = tuple(map(Pattern, fields.get("patterns", [])))
    comparing, measured = (Pattern(fields.get(name, "")) for name in ("comparing", "measured"))
    return SideWords(patterns, comparing, measured)


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of `two = 2; three = 3`, on one line or on several."""
    entries = [entry.partition("=") for entry in re.split(r"[;\n]", text) if entry.strip()]
    return tuple((left.strip(), right.strip()) for left, _, right in entries)


def _any_of(patterns: list[str]) -> Pattern:
    return Pattern("|".join(f"(?:{pattern})" for pattern in patterns))
