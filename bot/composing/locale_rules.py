"""How a language counts, writes numbers and dates, and names languages and cities: the CLDR."""

from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


class LocaleRules:
    """The rules of one language, given by its code."""

    def __init__(self, code: str) -> None:
        self._code = code

    @cached_property
    def _locale(self) -> "Locale":
        from babel import Locale  # few answers need it, nor what it loads for dates

        return Locale.parse(self._code)

    def plural(self, count: int, /, **forms: str) -> str:
        """The form that goes with the number: `one`, `few`, `many` or `other` of CLDR.

        A form that is not given is `other`, or else the last one.
        """
        last = forms.get("other", list(forms.values())[-1])
        return forms.get(self._locale.plural_form(count), last)

    def decimal(self, count: int, /) -> str:
        """The number, its thousands set apart."""
        from babel.numbers import format_decimal

        return format_decimal(count, locale=self._locale)

    def moment(self, at: datetime, pattern: str, /) -> str:
        """The date and time in that pattern of CLDR."""
        from babel.dates import format_datetime

        return format_datetime(at.replace(tzinfo=None), pattern, locale=self._locale)

    def day(self, iso: str, pattern: str, /) -> str:
        """A whole date of ISO's in that pattern of CLDR; a year, or one and a month, as it is."""
        if len(iso) < len("2024-07-05"):
            return iso
        from babel.dates import format_date

        return format_date(date.fromisoformat(iso), pattern, locale=self._locale)

    def weekday(self, number: int, /) -> str:
        """The name of a day, from 0 for Monday."""
        from babel.dates import get_day_names

        return str(get_day_names("wide", "format", self._locale)[number])

    def language_name(self, code: str, /) -> str:
        """What that language is called in this one; of one without a name its code."""
        return str(self._locale.languages.get(code, code))

    def city(self, zone: str, /) -> str | None:
        """What the place of a time zone is called, if it has another name in this language."""
        name = self._locale.time_zones.get(zone, {}).get("city")
        return str(name) if name else None
