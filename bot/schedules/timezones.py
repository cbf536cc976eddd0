"""Time zones by the names that people give them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from bot.composing.locale_rules import LocaleRules
from bot.composing.wording import catalogue_languages

LONGEST_ZONE_NAME = 64
MOST_ZONES_SUGGESTED = 3
MOST_EDITS = 2  # of a misspelt name, but no more than half of its letters
PART = re.compile("[ /]")
NO_PLACES = ("Factory", "localtime", "posixrules")
MOST_OFFSET_HOURS = 14
# East of Greenwich is +, as everybody writes it; the names Etc/GMT+2 have it the other way.
OFFSET = re.compile(
    r"(?:utc|gmt)?\s?([+\-\u2212\u2013])\s?(\d{1,2})(?::?([0-5]\d))?", re.IGNORECASE
)


def find(words: str) -> tzinfo | None:
    """The zone of that name, or of the place of that name; None if that is none, or several.

    `str` of a zone is its name, which finds it again.
    """
    if len(words) > LONGEST_ZONE_NAME:
        return None
    if offset := OFFSET.fullmatch(" ".join(words.split())):
        return _fixed(offset)
    names = _whole_names().get(_folded(words)) or _places().get(_folded(words), ())
    return _zone(names[0]) if len(names) == 1 else None


def zone_of(name: str | None) -> tzinfo:
    """The zone of a name that was kept; UTC where none was, or where it is gone."""
    return (find(name) if name else None) or UTC


def suggestions(words: str) -> list[str]:
    """The names that may be meant, the nearest first; none if no name is near."""
    if len(words) > LONGEST_ZONE_NAME:
        return []
    from rapidfuzz import process  # only an unknown name waits for it
    from rapidfuzz.distance import OSA

    asked, known = _folded(words), {**_places(), **_whole_names()}
    most = min(MOST_EDITS, len(asked) // 2)
    near = process.extract(asked, list(known), scorer=OSA.distance, score_cutoff=most, limit=None)
    parts = set(asked.split())
    holding = (key for key in known if parts and parts.issubset(PART.split(key)))
    keys = [asked] if asked in known else [*holding, *(key for key, _, _ in near)]
    names = dict.fromkeys(name for key in keys for name in known[key])
    return list(names)[:MOST_ZONES_SUGGESTED]


def _zone(name: str) -> tzinfo:
    return UTC if name == "UTC" else ZoneInfo(name)


def _fixed(offset: re.Match[str]) -> tzinfo | None:
    away = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if away > timedelta(hours=MOST_OFFSET_HOURS):
        return None
    return timezone(away if offset[1] == "+" else -away)


def _folded(name: str) -> str:
    """The name without what people write in several ways: case, accents, spaces and hyphens."""
    letters = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[\s_-]+", " ", plain).strip().casefold()


@cache
def _whole_names() -> Mapping[str, tuple[str, ...]]:
    """The names of all zones; each has a folded one of its own."""
    return {_folded(name): (name,) for name in sorted(available_timezones()) if _is_place(name)}


@cache
def _places() -> Mapping[str, tuple[str, ...]]:
    """The zones by the last part of their names, such as berlin.

    And by what their places are called in the languages that are spoken here: wien, москва.
    """
    languages = [LocaleRules(code) for code in catalogue_languages()]
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for (name,) in _whole_names().values():
        area, _, place = name.rpartition("/")
        if area and area != "Etc":
            called = (rules.city(name) for rules in languages)
            for word in filter(None, (place, *called)):
                found[_folded(word)][name] = None
    return {place: tuple(names) for place, names in found.items()}


def _is_place(name: str) -> bool:
    return name not in NO_PLACES
