"""Schedules in other languages: "werktags um 9 Uhr" is put as "weekdays 9:00".

A language is a file in `words/`; what its patterns find is put as the English words that schedules
are read from, and the topic behind them is left as it stands.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

WORDS = Path(__file__).parent / "words"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {"morning": 8, "noon": 12, "afternoon": 15, "evening": 18, "night": 21}  # usual hours
CADENCES = ("daily", "weekdays", "weekends")
MORNING_ENDS = 6  # the hours of the night behind midnight
NOON = 12
SURE_NAME = 4  # letters of a day that are no other word
END = r"(?!\w)"
Table = Mapping[str, str | Sequence[str]]


def translated(words: str) -> str | None:
    """The words as English says them; None if they are no schedule in any of the languages."""
    return next(filter(None, (tongue.schedule(words) for tongue in _languages())), None)


def is_off_elsewhere(words: str) -> bool:
    """Whether the words stop what is scheduled, in one of the languages."""
    return any(tongue.off.fullmatch(words) for tongue in _languages())


def is_asked_elsewhere(words: str) -> bool:
    """Whether the words ask when the next briefing is due, in one of the languages."""
    return any(tongue.asked.fullmatch(words) for tongue in _languages())


def is_once_elsewhere(words: str) -> bool:
    """Whether the words say when in one of the languages, but not how often."""
    return not words.isdecimal() and any(t.once.fullmatch(words) for t in _languages())


def unknown_elsewhere(words: str) -> str | None:
    """The words for how often, where that is something that there is not."""
    found = (tongue.unknown.match(words) for tongue in _languages())
    return next((match[1] for match in found if match), None)


class ScheduleLanguage:
    """How one language says when."""

    def __init__(self, table: Table) -> None:
        def pattern(text: str) -> re.Pattern[str]:
            return re.compile(text, re.IGNORECASE)

        of_week = zip(DAYS, table["days"], strict=True)
        days = "|".join(f"(?P<{day}>{name})" for day, name in of_week)
        named = "|".join(f"(?P<{name}>{table[name]})" for name in CADENCES)
        self.off = pattern(str(table["off"]))
        self.asked = pattern(str(table["asked"]))
        self.unknown = pattern(rf"({table['unknown']})(?=$|,? (?:{table['at']})?\d{{1,2}})")
        self.once = pattern(rf"(?!$)(?:{table['once']})?,? ?(?:{table['time']})?[.!]?")
        self._days = pattern(
            rf"(?:(?:{named}){END}|(?P<weekly>{table['weekly']})?(?:{days}){table['day_ending']}{END})"
        )
        self._time = pattern(rf"{table['time']}(?![\w:%]|\.\w){END}")
        parts = "|".join(f"(?P<{part}>{table[part]})" for part in PARTS)
        self._part = pattern(rf"(?:{parts}){END}")
        self._every_part = pattern(str(table["every_part"]))
        self._each_week = pattern(str(table["each_week"]))
        self._wishes = {
            english: pattern(rf"(?:{table[name]})(?!\S)")
            for name, english in (("only_new", "only-new"), ("short", "short"), ("about", "on"))
        }

    def schedule(self, words: str) -> str | None:
        """The words in English; None if they name neither days with a time nor days alone."""
        days = time = part = None
        every, rest = "", words.rstrip(" .!")
        if self._each_week.fullmatch(rest):
            return "weekly"
        while rest:
            if days is None and (found := self._days.match(rest)):
                days = found
                part = part or self._part.match(found.groupdict().get("ending") or "")
            elif time is None and (found := self._time.match(rest)):
                time = found
            elif part is None and (found := self._part.match(rest)):
                part = found
                every = "daily" if self._every_part.match(found[0]) else ""
            else:
                break
            rest = rest[found.end() :].lstrip(" ,")
        cadence = _cadence(days) if days else every
        clock = _clock(time, str(part.lastgroup) if part else "")
        wishes, topic = self._wished(rest)
        is_sure = _is_clear(time) or bool(wishes) or not topic
        if not cadence or not (_names_days(days, time, part, rest) if days else is_sure):
            return None
        return " ".join(filter(None, (cadence, clock, wishes, topic)))

    def _wished(self, rest: str) -> tuple[str, str]:
        """What is wished for behind the time, in English, and the topic.

        What leads to a topic ("on") is its sign, so that it may be anything.
        """
        said: list[str] = []
        while rest:
            tried = ((e, p.match(rest)) for e, p in self._wishes.items() if e not in said)
            english, found = next(((e, f) for e, f in tried if f), ("", None))
            if found is None:
                break
            said.append(english)
            rest = rest[found.end() :].strip()
        return " ".join(said), rest


def _cadence(found: re.Match[str]) -> str:
    groups = found.groupdict()
    if cadence := next((name for name in CADENCES if groups[name]), ""):
        return cadence
    return "weekly " + next(day for day in DAYS if groups[day])


def _is_clear(time: re.Match[str] | None) -> bool:
    """Whether it is a time of day, and not a number that may belong to a topic."""
    return time is not None and not time[0].isdecimal()


def _names_days(
    days: re.Match[str], time: re.Match[str] | None, part: re.Match[str] | None, rest: str
) -> bool:
    """Whether the words are a schedule: short names of days may be any word, and a topic too."""
    groups = days.groupdict()
    is_every = any(groups.get(name) for name in (*CADENCES, "weekly", "every"))
    if time is None:
        return part is not None or (is_every and not rest)
    return is_every or len(days[0]) >= SURE_NAME or _is_clear(time)


def _clock(time: re.Match[str] | None, part: str) -> str:
    """The time as English writes it, in 24 hours; a bare number is left as it is."""
    if time is None:
        return f"{PARTS[part]}:00" if part else ""
    if time[0].isdecimal() and not part:
        return time[0]
    hour, minute = int(time["hour"]), time["minute"] or time["past"] or "00"
    if time.groupdict().get("half"):  # "halb 9" is half an hour before nine
        hour, minute = (hour or NOON) - 1, "30"
    if part in ("afternoon", "evening") and hour < NOON:
        hour += NOON
    if part == "night":
        hour = hour % NOON if hour == NOON or hour < MORNING_ENDS else hour % NOON + NOON
    return f"{hour}:{minute}"


@cache
def _languages() -> tuple[ScheduleLanguage, ...]:
    files = sorted(WORDS.glob("*.toml"))
    return tuple(ScheduleLanguage(tomllib.loads(f.read_text(encoding="utf-8"))) for f in files)
