"""Dates in a question with the name of a month, as articles may write them in figures."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from retrieval.index.statistics import Phrase
from retrieval.text.analysis import Word
from retrieval.text.months import month_of

FIGURES = re.compile(r"(\d{1,2}|\d{4})(?:st|nd|rd|th|er|º|ª)?\.?", re.IGNORECASE)
LAST_DAY = 31
YEAR_DIGITS = 4


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
        month = month_of(found[place].text, code)
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
