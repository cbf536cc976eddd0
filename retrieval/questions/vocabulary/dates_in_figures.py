"""Dates in a question with the name of a month, as articles may write them in figures."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import product
from typing import Literal

from retrieval.index.statistics import Phrase
from retrieval.text.analysis import Word

FIGURES = re.compile(r"(\d{1,2}|\d{4})(?:st|nd|rd|th|er|º|ª)?\.?", re.IGNORECASE)
LAST_DAY = 31
YEAR_DIGITS = 4
WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


def dates_in_figures(found: Sequence[Word], code: str) -> Mapping[int, tuple[Phrase, ...]]:
    """How the words of each date may stand in figures, by their places among those of a question.

    Of "3 February 2025" the month is `02` and the day `03`, as in 2025-02-03; each of the three
    words is `03.02.2025` and `3.2.2025`, too.
    """
    readings: defaultdict[int, tuple[Phrase, ...]] = defaultdict(tuple)
    figures = {
        n: match[1] for n, word in enumerate(found) if (match := FIGURES.fullmatch(word.text))
    }
    for place in {near - 1 for near in figures} | {near + 1 for near in figures}:
        if not 0 <= place < len(found) or not found[place].text[0].isalpha():
            continue
        month = _months(code).get(found[place].text.casefold().rstrip("."))
        if month is None:
            continue
        readings[place] += ((f"{month:02}",),)
        beside = [near for near in (place - 1, place + 1, place + 2) if near in figures]
        days = [near for near in beside if int(figures[near]) <= LAST_DAY]
        years = [near for near in beside if len(figures[near]) == YEAR_DIGITS]
        if days:
            day = int(figures[days[0]])
            readings[days[0]] += ((f"{day:02}",),)
            for year in years[:1]:
                dotted = f"{day:02}.{month:02}.{figures[year]}", f"{day}.{month}.{figures[year]}"
                for part in (days[0], place, year):
                    readings[part] += tuple((date,) for date in dotted)
    return readings


@cache
def _months(code: str) -> Mapping[str, int]:
    """The months by their names in a language, in lower case: from the CLDR."""
    from babel.core import (  # few questions need it, and it takes long to load
        Locale,
        UnknownLocaleError,
    )

    try:
        months = Locale.parse(code).months
    except (UnknownLocaleError, ValueError):
        return {}
    return {
        name.casefold().rstrip("."): number
        for context, width in product(CONTEXTS, WIDTHS)
        for number, name in months[context][width].items()
    }
