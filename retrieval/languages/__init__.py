"""What does a language look like? Its stop words, question words and turns of phrase, as data.

A language is a file `CODE.toml` in this folder; `en.toml` explains the fields. A language without
a file is still searched, with the stems that Snowball has for it and without stop words.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

NOTHING = re.compile(r"(?!)")

# Snowball's stemmers for languages that have no file of their own, by ISO 639-1 code.
STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "el": "greek", "eu": "basque",
    "fi": "finnish", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "lt": "lithuanian", "ne": "nepali", "nl": "dutch", "no": "norwegian",
    "nb": "norwegian", "nn": "norwegian", "ro": "romanian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """How a message refers to the question before it."""

    openers: re.Pattern[str] = NOTHING
    connectives: re.Pattern[str] = NOTHING
    pronouns: re.Pattern[str] = NOTHING
    reversal: re.Pattern[str] = NOTHING
    greeting_first: re.Pattern[str] = NOTHING


@dataclass(frozen=True, slots=True)
class Language:
    """A language as retrieval sees it; patterns are tried without regard to case."""

    code: str
    stemmer: str | None = None
    stop_words: frozenset[str] = frozenset()
    asking_words: frozenset[str] = frozenset()
    number_words: frozenset[str] = frozenset()
    families: tuple[tuple[str, ...], ...] = ()
    leaning: re.Pattern[str] = NOTHING
    filler: re.Pattern[str] = NOTHING
    time: re.Pattern[str] = NOTHING
    year: re.Pattern[str] = NOTHING
    year_asked: re.Pattern[str] = NOTHING
    people: re.Pattern[str] = NOTHING
    quantity: re.Pattern[str] = NOTHING
    name_given: re.Pattern[str] = NOTHING
    kinds: tuple[tuple[str, re.Pattern[str]], ...] = ()
    cues: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    small_talk: tuple[tuple[str, re.Pattern[str]], ...] = ()
    follow_up: FollowUpWords = FollowUpWords()


@cache
def language(code: str) -> Language:
    """The language of that ISO 639-1 code, as far as anything is known of it."""
    file = resources.files(__package__) / f"{code}.toml"
    if not re.fullmatch(r"[a-z]{2,3}", code) or not file.is_file():
        return Language(code, stemmer=STEMMERS.get(code))
    return _from_fields(code, tomllib.loads(file.read_text(encoding="utf-8")))


def _from_fields(code: str, fields: Mapping[str, Any]) -> Language:
    return Language(
        code=code,
        stemmer=fields.get("stemmer"),
        stop_words=frozenset(fields["stop_words"].split()),
        asking_words=frozenset(fields["asking_words"].split()),
        number_words=frozenset(fields["number_words"].split()),
        families=tuple(tuple(line.split()) for line in fields.get("families", "").split("\n")),
        leaning=_any_of(fields["leaning"]),
        filler=_any_of(fields["filler"]),
        time=_pattern(fields["time"]),
        year=_pattern(fields["year"]),
        year_asked=_pattern(fields["year_asked"]),
        people=_pattern(fields["people"]),
        quantity=_pattern(fields["quantity"]),
        name_given=_pattern(fields["name_given"]["pattern"]),
        kinds=tuple((entry["kind"], _any_of(entry["patterns"])) for entry in fields["kinds"]),
        cues={kind: _pattern(pattern) for kind, pattern in fields["cues"].items()},
        small_talk=tuple((talk, _pattern(p)) for talk, p in fields["small_talk"].items()),
        follow_up=FollowUpWords(**{k: _pattern(p) for k, p in fields["follow_up"].items()}),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return _pattern("|".join(f"(?:{pattern})" for pattern in patterns))


def _pattern(text: str) -> re.Pattern[str]:
    """The pattern, which may be written over several lines; an empty one matches nothing."""
    joined = "".join(line for line in text.split("\n"))
    return re.compile(joined, re.IGNORECASE) if joined else NOTHING
