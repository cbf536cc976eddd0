"""Names that look like settings and are none, with the right name that is nearest."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from bot.settings.env_file import ENV_FILE, PREFIX, EnvFile

LONGEST_SETTING_NAME = 60
NEAR = 0.6  # of 1; lower, names that have nothing to do with each other are near
VERY_NEAR = 0.8
HALF = 0.5
SHORTEST_STEM = 4
LIKE_PREFIX = re.compile(r"FOOT[-_. ]?NOTES?[-_. ]?", re.IGNORECASE)
# What Kubernetes and Docker tell of a service that is called footnote.
OF_A_SERVICE = re.compile(
    rf"{PREFIX}(?:\w+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_\w+)?"
    r"|PORT_\d+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)"
)
PORT_OF_A_SERVICE = re.compile(r"(?:tcp|udp|sctp)://")


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that is no setting, the right one that is nearest or "", and where it was found."""

    name: str
    nearest: str
    place: str
    is_empty: bool

    @property
    def problem(self) -> str:
        """What is wrong, without what to do."""
        name = self.name[:LONGEST_SETTING_NAME]
        shown = name if name.isprintable() else ascii(name)
        near = f", but {self.nearest} may be meant" if self.nearest else ""
        if self.place:
            return f"{self.place}: there is no setting {shown}{near}"
        return f"{shown}: there is no such setting{near}"

    @property
    def remedy(self) -> str:
        """What to do."""
        if self.place:
            return "correct the name, or remove the line"
        return "correct the name, or take it out of the environment"

    def __str__(self) -> str:
        return f"{self.problem}; {self.remedy}"


def unknown_names(file: EnvFile, known: Collection[str]) -> tuple[UnknownName, ...]:
    """Those in the environment and in the file; `known` are the right ones, such as FOOTNOTE_DATA.

    What does not begin as settings do is only one if a right name is very near.
    """
    places = {name: f"{ENV_FILE}:{line}" for name, line in file.lines.items()}
    found = [*_unknown(os.environ, {}, known), *_unknown(file.values, places, known)]
    return tuple(sorted(found, key=lambda one: one.name))


def _unknown(
    values: Mapping[str, str], places: Mapping[str, str], known: Collection[str]
) -> Iterator[UnknownName]:
    for name, value in values.items():
        alike = LIKE_PREFIX.match(name)
        if alike is None or name.upper() in known or _is_of_a_service(name, value):
            continue
        is_ours = name.upper().startswith(PREFIX)
        near = _nearest(name[alike.end() :], known, NEAR if is_ours else VERY_NEAR)
        if is_ours or near:
            yield UnknownName(name, near, places.get(name, ""), not value.strip())


def _is_of_a_service(name: str, value: str) -> bool:
    port = name.startswith(PREFIX) and name.endswith("PORT") and PORT_OF_A_SERVICE.match(value)
    return bool(port or OF_A_SERVICE.fullmatch(name))


def _nearest(written: str, known: Collection[str], least: float) -> str:
    """The right name that is nearest; empty where none is near."""
    words = re.findall(r"[A-Z0-9]+", written[:LONGEST_SETTING_NAME].upper())
    scores = {name: _nearness(words, name.removeprefix(PREFIX).split("_")) for name in known}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best][0] >= least else ""


def _nearness(written: list[str], right: list[str]) -> tuple[float, float]:
    """How near two names are, from 0 to 1, and how near letter by letter.

    They are near with the same letters, with the same words in another order, and where at least
    half of the words are words of the right name: that counts from 0.65, for half, to 0.9.
    """
    letters = _ratio("_".join(written), "_".join(right))
    in_any_order = _ratio("_".join(sorted(written)), "_".join(sorted(right)))
    shared = sum(any(_is_alike(word, one) for one in right) for word in written)
    part = shared / len(written) if written else 0
    of_its_words = 0.4 + 0.5 * part if part >= HALF else 0
    return max(letters, in_any_order, of_its_words), letters


def _is_alike(word: str, other: str) -> bool:
    """Whether two words are one, misspelt or with another ending."""
    length = max(SHORTEST_STEM, (max(len(word), len(other)) + 1) // 2)
    stem = word[:length]
    same_stem = len(stem) == length and other.startswith(stem)
    return same_stem or _ratio(word, other) >= VERY_NEAR


def _ratio(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other).ratio()
