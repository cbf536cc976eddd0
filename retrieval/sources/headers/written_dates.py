"""Dates as people write them in headers, in figures or with the names of months."""

import re
from datetime import UTC, date, datetime

from retrieval.text.months import month_of

ISO_DATE = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?=$|[T\s])")
COMPACT_DATE = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T?\d{4,6}Z?)?")
UNIX_TIME = re.compile(r"(1\d{9})(?:\d{3})?")  # seconds, or milliseconds
DOTTED_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
EAST_ASIAN_DATE = re.compile(r"(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월](?:\s?(\d{1,2})\s?[日일])?")
ENGLISH_DATES = ("%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%B %Y")
NAMED_MONTH = re.compile(
    r"(?:(?P<day>\d{1,2})(?:er|re|[ºªo])?\s+(?:de\s+)?)?"
    r"(?P<month>[^\W\d_]+)\s+(?:de\s+)?(?P<year>\d{4})\b"
)
WEEKDAY = re.compile(r"^[A-Z][a-z]{2,8}\s+(?=\d{1,2} [A-Z]|[A-Z])")
TIME_OF_DAY = re.compile(r"\s(?:at\s+)?\d{1,2}:\d{2}\S*(\s\d{4}\b)?.*$")  # the year may follow it
LOCALES = (
    "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "pl", "cs", "ru", "uk", "tr",
)  # fmt: skip


def iso_date(text: str) -> str | None:
    """A date as ISO writes it, without its time of day; None if it is none.

    A year, or a year and a month, stay what they are.
    """
    text = text.strip()
    if match := ISO_DATE.match(text) or EAST_ASIAN_DATE.match(text):
        return _checked_date(*match.groups())
    if match := DOTTED_DATE.match(text):
        return _checked_date(match[3], match[2], match[1])
    if match := COMPACT_DATE.fullmatch(text):
        return _checked_date(*match.groups())
    if match := UNIX_TIME.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    written = " ".join(text.replace(",", " ").replace(".", " ").split())
    return _in_english(written) or _in_another_language(written)


def _in_english(written: str) -> str | None:
    written = TIME_OF_DAY.sub(r"\1", WEEKDAY.sub("", written))
    for pattern in ENGLISH_DATES:
        try:
            found = datetime.strptime(written, pattern)  # noqa: DTZ007  # only its day is used
        except ValueError:
            continue
        return found.strftime("%Y-%m" if "%d" not in pattern else "%Y-%m-%d")
    return None


def _in_another_language(written: str) -> str | None:
    """A date whose month has a name, as Unicode's locale data give it ("28 mai 2020")."""
    match = NAMED_MONTH.search(written)
    if match is None:
        return None
    numbers = (month_of(match["month"], locale) for locale in LOCALES)
    month = next((number for number in numbers if number), None)
    return _checked_date(match["year"], str(month), match["day"]) if month else None


def _checked_date(year: str, month: str | None, day: str | None) -> str | None:
    try:
        found = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    length = 10 if day else 7 if month else 4
    return found.isoformat()[:length]
