"""Recurring times: how a schedule is written, and when its next slot is."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from bot.schedules.schedule_words import canonical
from bot.schedules.translated_words import (
    is_asked_elsewhere,
    is_off_elsewhere,
    is_once_elsewhere,
    translated,
    unknown_elsewhere,
)

OFF = re.compile(
    r"(?:please )?(?:off|(?:stop|cancel|end|no more|turn off|switch off|unsubscribe|quit|disable)"
    r"(?: (?:it|this|that|these|all|them|everything|the|my|our|scheduled|daily|weekly"
    r"|schedules?|briefings?|please)){0,4}|(?:schedule|briefings?) off)(?: please)?[.!]?",
    re.IGNORECASE,
)
ASKED = re.compile(
    r"(?:when|next)(?: (?:is|are|does|do|will|comes|the|it|my|our|you|i|we|one|next|daily|weekly"
    r"|scheduled|briefings?|come|be|send|sent|get|due))*"
    r"|(?:(?:what|which|when) is )?(?:my |our |the )?scheduled(?: here| briefings?)*"
    r"|(?:show )?(?:(?:my|our|the) )?schedules?|is (?:anything|something) scheduled",
    re.IGNORECASE,
)
UNKNOWN_CADENCE = re.compile(
    r"(hourly|monthly|yearly|annually|quarterly|fortnightly|biweekly"
    r"|every (?:hour|month|year|quarter|fortnight|(?:other|second|third|two|three|\d+) \w+)"
    r"|(?:twice|three times|once) (?:a|per) (?:day|week|month|year|hour))"
    r"(?:$|,? (?=at \d|\d{1,2}(?:[:.h]\d|\s*[ap]\.?m\b)))",
    re.IGNORECASE,
)
# A time, or a day, and nothing that says how often.
ONCE = re.compile(
    r"(?P<day>(?:today|tomorrow|tonight)(?: (?:morning|noon|afternoon|evening|night))?"
    r"|this (?:morning|afternoon|evening)|subscribe)?,? ?"
    r"(?P<time>(?:at )?\d{1,2}(?:[:.h]\d\d)?(?:\s*[ap]\.?m\b\.?|\s?o['\u2019]?clock)?)?[.!]?",
    re.IGNORECASE,
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SATURDAY = 5
LONGEST_SAID = 80  # characters of what stops a schedule, or asks for it
SHORTEST_NAME = 2  # letters that tell the days of the week apart
SURE_NAME = 3  # letters that are a day of the week even without a time behind them

HALF = r"\s*([ap])\.?m\b\.?"
CLOCK = r"\s?o['\u2019]?clock\b"
TIME = re.compile(
    rf"(?:at\s)?(\d{{1,2}})(?:[:.h](\d\d))?(?:{HALF}|{CLOCK})?(?:[,;]|(?!\S))", re.IGNORECASE
)
# May be an hour, and may be the number of a topic: "5 reasons", but "08 BRICS", "8, BRICS".
BARE = re.compile(r"\d|[1-9]\d")
# What leads from a time to a topic, and is no part of it.
ABOUT = re.compile(r"(?:on|about|[-\u2013\u2014])\s", re.IGNORECASE)
TRIED = re.compile(rf"(?:at\s)?(\d\S*(?:{HALF}(?!\S))?)", re.IGNORECASE)
CLEAR = re.compile(rf"(?:at\s)?\d{{1,2}}(?:[:.h]\d|{HALF}(?!\S))", re.IGNORECASE)
DAY = re.compile(r"(?:on\s)?([^\W\d_]+)[.,]?(?:\s(.*))?", re.IGNORECASE)
# Hyphens of all kinds; in two words only where it is no part of a topic.
ONLY_NEW = re.compile(r"(?<!\S)only[-\u2010\u2011\u2013]new(?!\S)", re.IGNORECASE)
SHORT = re.compile(r"short(?:er)?(?: briefing)?\b[:,]?(?: (?:on|about) | ?)", re.IGNORECASE)
ONLY_NEW_APART = re.compile(r"^only new(?!\S)|(?<!\S)only new$", re.IGNORECASE)


class Cadence(StrEnum):
    """How often."""

    DAILY = "daily"
    WEEKLY = "weekly"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A briefing each day, from Monday to Friday, on Saturday and Sunday, or each week.

    It comes at a time of the chat's zone, each week on `weekday` (0 is Monday). `topic` is empty
    for the whole collection; with `only_new`, a slot passes in silence where there is nothing
    new; with `is_short`, it comes with three points. `language` is the code of the one that was
    spoken when it was set, if that is known.
    """

    cadence: Cadence
    at: time
    weekday: int | None = None
    topic: str = ""
    only_new: bool = False
    is_short: bool = False
    language: str = ""


class Defect(StrEnum):
    """What is wrong with a schedule as it was written."""

    NO_TIME = "no_time"
    BAD_TIME = "bad_time"
    UNSURE_TIME = "unsure_time"
    NO_WEEKDAY = "no_weekday"
    BAD_WEEKDAY = "bad_weekday"
    BAD_CADENCE = "bad_cadence"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why what was written is no schedule, and which of its words are to blame."""

    defect: Defect
    words: str = ""


def is_off(words: str) -> bool:
    """Whether the words behind the command say that nothing is to be sent any more."""
    said = " ".join(words.split())[:LONGEST_SAID]
    return OFF.fullmatch(said) is not None or is_off_elsewhere(said)


def asks_when(words: str) -> bool:
    """Whether the words behind the command ask when the next briefing is due."""
    said = " ".join(words.split())[:LONGEST_SAID].rstrip(" ?!.")
    return ASKED.fullmatch(said) is not None or is_asked_elsewhere(said)


def read_schedule(words: str) -> Schedule | Problem | None:
    """The schedule that the words behind the command say; None if they are a topic."""
    spaced = " ".join(words.split())
    if unknown := UNKNOWN_CADENCE.match(spaced):
        return Problem(Defect.BAD_CADENCE, unknown[1])
    if elsewhere := unknown_elsewhere(spaced):
        return Problem(Defect.BAD_CADENCE, elsewhere)
    if is_once_elsewhere(spaced) or _is_once(spaced):
        return Problem(Defect.BAD_CADENCE, spaced)
    return _read(translated(spaced) or canonical(spaced))


def _is_once(words: str) -> bool:
    """Whether the words say when, but not how often; a number alone may be a topic."""
    found = ONCE.fullmatch(words)
    return found is not None and bool(found["day"] or found["time"]) and not words.isdecimal()


def _read(words: str) -> Schedule | Problem | None:
    """The schedule that words in the usual order say; None if they are a topic."""
    cadence, _, rest = words.partition(" ")
    match cadence.casefold():
        case Cadence.DAILY | Cadence.WEEKDAYS | Cadence.WEEKENDS as days:
            return _timed(Cadence(days), None, rest) if rest else Problem(Defect.NO_TIME)
        case Cadence.WEEKLY:
            return _weekly(rest)
    return None


def next_slot(schedule: Schedule, zone: tzinfo, after: datetime) -> datetime:
    """The first slot behind that moment, in UTC.

    Each day, or week, has one: where the clocks are put forward over its time, it is the first
    moment behind the gap; where they are put back and show its time twice, it is the first. Only
    a day that a zone leaves out as a whole has no daily slot.
    """
    today = after.astimezone(zone).date()
    for days in range(-1, 9):  # yesterday's may have been moved behind midnight
        day = today + timedelta(days=days)
        if _is_meant(schedule, day, zone):
            slot = _moment(day, schedule.at, zone)
            if slot > after:
                return slot
    raise AssertionError(f"no slot of {schedule} in {zone} behind {after}")


def _weekly(rest: str) -> Schedule | Problem | None:
    """Reads what stands behind `weekly`: a day, a time, a topic."""
    if not rest or CLEAR.match(rest) or BARE.fullmatch(rest):
        return Problem(Defect.NO_WEEKDAY)
    found = DAY.fullmatch(rest)
    if found is None:
        return None
    name, behind = found[1], found[2] or ""
    weekday = _weekday(name)
    if weekday is None:
        return Problem(Defect.BAD_WEEKDAY, name) if CLEAR.match(behind) else None
    timed = _timed(Cadence.WEEKLY, weekday, behind)
    is_sure = not behind or len(name) >= SURE_NAME
    return Problem(Defect.NO_TIME) if timed is None and is_sure else timed


def _weekday(name: str) -> int | None:
    """The day of a name, which may be shortened, or have an s: mo, Mon, mondays, weds, thurs."""
    short = name.casefold().removesuffix("s") if len(name) > SURE_NAME else name.casefold()
    days = [n for n, day in enumerate(WEEKDAYS) if day.startswith(short)]
    return days[0] if len(short) >= SHORTEST_NAME and days else None


def _timed(cadence: Cadence, weekday: int | None, rest: str) -> Schedule | Problem | None:
    """Reads a time and what stands behind it; None if nothing there was meant as a time."""
    words, only_new = _without(ONLY_NEW, rest)
    tried = TRIED.match(words)
    if tried is None:
        return Problem(Defect.NO_TIME) if only_new else None
    found = TIME.match(words)
    at = _time(found) if found else None
    if found is None or at is None:
        return Problem(Defect.BAD_TIME, tried[1])
    behind, apart = _without(ONLY_NEW_APART, words[found.end() :].strip())
    behind, is_short = _without_first(SHORT, behind)
    topic, is_led_to = _without_first(ABOUT, behind)
    is_sure = not topic or only_new or apart or is_led_to or is_short
    if not is_sure and BARE.fullmatch(found[0]):
        return Problem(Defect.UNSURE_TIME, found[0])
    return Schedule(cadence, at, weekday, topic, only_new or apart, is_short)


def _without(pattern: re.Pattern[str], words: str) -> tuple[str, bool]:
    """The words that are left without the pattern's, and whether those were there."""
    left, count = pattern.subn("", words)
    return " ".join(left.split()), bool(count)


def _without_first(pattern: re.Pattern[str], words: str) -> tuple[str, bool]:
    """The words behind the pattern's, and whether they began with those."""
    found = pattern.match(words)
    return (words[found.end() :].strip(), True) if found else (words, False)


def _time(found: re.Match[str]) -> time | None:
    """The time of day; None if there is none such as 25:00 or 13 pm."""
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3].casefold() == "p" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _is_meant(schedule: Schedule, day: date, zone: tzinfo) -> bool:
    if schedule.cadence is Cadence.WEEKLY:
        return day.weekday() == schedule.weekday
    if schedule.cadence is not Cadence.DAILY and (
        (day.weekday() < SATURDAY) != (schedule.cadence is Cadence.WEEKDAYS)
    ):
        return False
    return _moment(day, time(), zone).astimezone(zone).date() == day  # the day is not left out


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    """When it is that time there on that day for the first time, or else has just been."""
    wall = datetime.combine(day, at, zone)
    first, other = (wall.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if first <= other:
        return first
    # A time that is skipped (PEP 495): read by the offset after the gap it lies before it, read
    # by the offset before the gap it lies behind.
    seconds = range(int(other.timestamp()), int(first.timestamp()))
    skipped = wall.replace(tzinfo=None)
    before = bisect_right(
        seconds, skipped, key=lambda s: datetime.fromtimestamp(s, zone).replace(tzinfo=None)
    )
    return datetime.fromtimestamp(seconds.start + before, UTC)
