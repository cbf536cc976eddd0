"""Reads a language's file into data: the type of each field says how its text is read."""

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from retrieval.text.languages.language_data import (
    BriefingWords,
    EntryWords,
    FollowUpWords,
    Language,
    Measure,
    SentenceEnds,
    SideWords,
    VerbEndings,
)
from retrieval.text.languages.pattern import AskingPattern, OutlinedPattern, Pattern, filled

T = TypeVar("T")
FOLDER = Path(__file__).parent
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
SAME_WORDS = {"nb": "no", "nn": "no"}
NAMED_GROUP = re.compile(r"\(\?P<\w+>")


@cache
def language(code: str) -> Language:
    """The language of that ISO 639-1 code, as far as anything is known of it."""
    file = FOLDER / f"{code}.toml"
    if re.fullmatch(r"[a-z]{2,3}", code) and file.is_file():
        given = tomllib.loads(file.read_text(encoding="utf-8"))
        parts = given.pop("parts", {})
        return read(Language, {"code": code, **_written_out(given, parts)})
    others, same = _others(), SAME_WORDS.get(code, code)
    known: dict[str, Any] = {
        "code": code,
        "stop_words": small_words().get(same, {}).get("words", ""),
    }
    if code in STEMMERS:
        known["stemmer"] = STEMMERS[code]
    ends = others.get(SAME_SENTENCES.get(code, code), {}).get("sentence_ends", {})
    return read(Language, known | others.get(same, {}) | {"sentence_ends": ends})


def _written_out(given: Any, parts: Mapping[str, str]) -> Any:  # noqa: ANN401  # as TOML has it
    """What a file holds, with its parts in the place of their names."""
    if isinstance(given, str):
        return filled(given, parts)
    if isinstance(given, list):
        return [_written_out(value, parts) for value in given]
    if isinstance(given, dict):
        return {name: _written_out(value, parts) for name, value in given.items()}
    return given


@cache
def small_words() -> dict[str, dict[str, str]]:
    """For many languages the `words` that questions are made with, and `letters` of their own."""
    file = FOLDER / "small_words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _others() -> dict[str, dict[str, Any]]:
    """What `other_languages.toml` holds of languages without a file of their own, by code."""
    file = FOLDER / "other_languages.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def read(kind: type[T], given: Mapping[str, Any]) -> T:
    """The data of that kind, a class of fields; a name that it has no field for is a KeyError."""
    types = kind.__annotations__
    return kind(**{name: READERS[types[name]](value) for name, value in given.items()})


def _pattern(given: str | list[str]) -> Pattern:
    """One pattern, of several whichever matches."""
    return Pattern(given) if isinstance(given, str) else Pattern(*given)


def _asking(given: str | list[str]) -> AskingPattern:
    return AskingPattern(given) if isinstance(given, str) else AskingPattern(*given)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _families(text: str) -> tuple[tuple[str, ...], ...]:
    """A family of words for each line."""
    return tuple(tuple(line.split()) for line in text.split("\n"))


def _counted(text: str) -> dict[str, int]:
    """The words with their places, from 1."""
    return {word: number for number, word in enumerate(text.split(), start=1)}


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of `two = 2; three = 3`, on one line or on several."""
    entries = [entry.partition("=") for entry in re.split(r"[;\n]", text) if entry.strip()]
    return tuple((left.strip(), right.strip()) for left, _, right in entries)


def _kinds(entries: list[dict[str, Any]]) -> tuple[tuple[str, AskingPattern], ...]:
    return tuple((entry["kind"], _asking(entry["patterns"])) for entry in entries)


def _opening_questions(entries: list[dict[str, str]]) -> tuple[tuple[Pattern, str], ...]:
    return tuple((Pattern(entry["statement"]), entry["question"]) for entry in entries)


def _about_articles(given: Mapping[str, Any]) -> dict[str, tuple[AskingPattern, ...]]:
    """The patterns for each fact of a header, with `{it}` and `{about}` written out."""
    about = ""
    if "about" in given:
        about = rf"(?: (?:{given['about']})(?:(?<=')| )(?P<about>.{{1,200}}?))?"
    it = given.get("it", "")
    kind = NAMED_GROUP.sub("(?:", it)  # the article "Bees"
    it = rf"(?:(?P<articles>{it}){about}|(?:(?:{kind}) )?(?P<title>.{{1,200}}?))"
    parts = {"it": it, "about": about}
    return {
        fact: tuple(OutlinedPattern(pattern, parts) for pattern in given[fact])
        for fact in given
        if fact not in parts
    }


def _entry_words(given: Mapping[str, Any]) -> EntryWords:
    """The words for the first entry, the second one and so on; -1 stands for the last."""
    ordinals = enumerate(given.get("ordinals", "").split(), start=1)
    numbers = {word: number for number, group in ordinals for word in group.split("/")}
    numbers |= dict.fromkeys(given.get("last", "").split("/"), -1)
    patterns = tuple(map(AskingPattern, given.get("patterns", [])))
    return EntryWords(
        AskingPattern(given.get("steps", "")),
        AskingPattern(given.get("needs", "")),
        frozenset(given.get("needed", "").split()),
        patterns,
        numbers,
    )


def _each(read: Callable[[Any], object]) -> Callable[[Mapping[str, Any]], object]:
    return lambda given: {name: read(value) for name, value in given.items()}


# How a field is read, by its type.
READERS: Mapping[object, Callable[[Any], object]] = {
    str: str,
    str | None: str,
    bool: bool,
    frozenset[str]: _words,
    Pattern: _pattern,
    AskingPattern: _asking,
    tuple[AskingPattern, ...]: lambda given: tuple(map(AskingPattern, given)),
    tuple[tuple[str, ...], ...]: _families,
    tuple[tuple[str, str], ...]: _pairs,
    tuple[tuple[str, AskingPattern], ...]: _kinds,
    tuple[tuple[Pattern, str], ...]: _opening_questions,
    Mapping[str, int]: _counted,
    Mapping[str, float]: _counted,
    Mapping[str, Pattern]: _each(_pattern),
    Mapping[str, tuple[AskingPattern, ...]]: _about_articles,
    Mapping[str, Measure]: _each(partial(read, Measure)),
    EntryWords: _entry_words,
    FollowUpWords: partial(read, FollowUpWords),
    BriefingWords: partial(read, BriefingWords),
    SentenceEnds: partial(read, SentenceEnds),
    SideWords: partial(read, SideWords),
    VerbEndings: partial(read, VerbEndings),
}
