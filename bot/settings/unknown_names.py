"""Names that look like settings and are none, with the right name that is nearest."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from bot.settings.env_file import ENV_FILE, PREFIX, EnvFile

LONGEST_SETTING_NAME = 60
NEAR = 54  # of 100; lower, names that have nothing to do with each other are near
VERY_NEAR = 80
SHORTEST_MEANT = 4  # letters
WORD = re.compile(r"[A-Z0-9]+")
LIKE_PREFIX = re.compile(r"FOOT[-_. ]?NOTES?[-_. ]?", re.IGNORECASE)


class UnknownName(NamedTuple):
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
        if alike is None or name.upper() in known:
            continue
        is_ours = name.upper().startswith(PREFIX)
        near = _nearest(name[alike.end() :], known, NEAR if is_ours else VERY_NEAR)
        if is_ours or near:
            yield UnknownName(name, near, places.get(name, ""), not value.strip())


def _nearest(written: str, known: Collection[str], least: float) -> str:
    """The right name that is nearest, its words in any order; empty where none is near."""
    from rapidfuzz import fuzz  # only a misspelt name waits for it

    words = " ".join(WORD.findall(written[:LONGEST_SETTING_NAME].upper()))
    if len(words) < SHORTEST_MEANT:
        return ""
    right = {name: name.removeprefix(PREFIX).replace("_", " ") for name in known}
    scores = {n: (fuzz.WRatio(words, text), fuzz.ratio(words, text)) for n, text in right.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best][0] >= least else ""
