"""The names of months in a language: from the CLDR."""

from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Literal

WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


def month_of(name: str, code: str) -> int | None:
    """The number of the month of that name, long or short; None if it is none in the language."""
    return _months(code).get(_key(name))


@cache
def _months(code: str) -> Mapping[str, int]:
    from babel.core import (  # few texts need it, and it takes long to load
        Locale,
        UnknownLocaleError,
    )

    try:
        months = Locale.parse(code).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        _key(name): number
        for context, width in product(CONTEXTS, WIDTHS)
        for number, name in months[context][width].items()
    }


def _key(name: str) -> str:
    return name.casefold().rstrip(".")
