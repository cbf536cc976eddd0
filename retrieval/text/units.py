"""The names of units of measurement in a language, long and short: from the CLDR."""

import re
from collections import defaultdict
from functools import cache
from itertools import product
from typing import Literal

# Those that people measure everyday things by, as the CLDR calls them.
UNITS = """
length-kilometer length-meter length-centimeter length-millimeter length-mile length-foot
length-inch length-yard mass-kilogram mass-gram mass-milligram mass-pound mass-ounce volume-liter
volume-milliliter volume-centiliter volume-deciliter volume-gallon volume-tablespoon
volume-teaspoon area-square-meter area-square-kilometer area-hectare area-acre duration-second
duration-minute duration-hour duration-day duration-week duration-month duration-year
digital-kilobyte digital-megabyte digital-gigabyte digital-terabyte power-watt power-kilowatt
energy-kilowatt-hour energy-kilocalorie electric-volt electric-ampere speed-kilometer-per-hour
"""
AROUND_NAME = re.compile(r"^[\W\d]+|\W+$")
LENGTHS: tuple[Literal["long", "short", "narrow"], ...] = ("long", "short", "narrow")
OTHER_SPELLINGS = {"en": ("en_GB",), "pt": ("pt_PT",)}
COUNTS = (1, 2, 5)  # of which the languages that are known have different forms


def other_names(word: str, code: str) -> frozenset[str]:
    """What else the unit of that name is called in the language: `km` for `kilometres`.

    In lower case; nothing if it is no unit's name, or the language is not known.
    """
    return _names(code).get(word.casefold(), frozenset())


@cache
def _names(code: str) -> dict[str, frozenset[str]]:
    from babel import (  # few questions need it, and it takes long to load
        Locale,
        UnknownLocaleError,
    )
    from babel.units import format_unit

    try:
        locales = [Locale.parse(one) for one in (code, *OTHER_SPELLINGS.get(code, ()))]
    except (UnknownLocaleError, ValueError):
        return {}
    forms = [(*form, place) for form in product(COUNTS, LENGTHS) for place in locales]
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for unit in UNITS.split():
        told = (format_unit(n, unit, length, locale=place) for n, length, place in forms)
        names = {name for text in told if (name := AROUND_NAME.sub("", text).casefold())}
        for name in names:
            found[name] |= names - {name}
    return dict(found)
