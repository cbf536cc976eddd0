"""Measures in questions: which words ask for one, what is to be counted, at which hour.

The units of each measure (`acre`, `kg`) are in `[measures.…]` of a language's file.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from retrieval.questions.follow_ups import SHORT_MESSAGE, only_measuring
from retrieval.questions.query import QueryWord
from retrieval.questions.question_kinds import Kind, Need, WantedAnswer
from retrieval.text.analysis import Analyzer, word_texts
from retrieval.text.languages import Language

MOST_COUNTED = 3
MOST_HOURS_ASKED = 4
EMPTY_WEIGHT = 0.1


def without_measure(
    found: tuple[QueryWord, ...], want: WantedAnswer, text: str, language: Language
) -> tuple[QueryWord, ...]:
    """The words; those that only ask for a measure weigh little, or are left out if unknown.

    The answer has a unit instead: "How long does a tour take?" is answered by "lasts an hour".
    """
    measure = language.measures.get(want.measure)
    light = measure.empty if measure else frozenset[str]()
    if want.need is Need.TIME and (asked := language.asks_clock.search(text.casefold())):
        light = frozenset(asked[0].split())
    asking = list(word_texts(want.asked)) if want.kind is Kind.HOW_MANY else []
    if measure is None:  # "how long is it?" may ask for a time or a length
        light |= only_measuring(language).intersection(asking)
    if list(word_texts(text.casefold())) == asking:  # "how long?" names nothing else
        light |= frozenset(asking)
    only_ask = {*light, *asking}
    kept = tuple(w for w in found if w.known or w.text.casefold() not in only_ask)
    if all(w.text.casefold() in light for w in kept):
        if light and len(word_texts(text)) <= SHORT_MESSAGE:
            return ()  # "how long?" asks it of what was before
        return kept or found
    return tuple(
        replace(w, weight=EMPTY_WEIGHT * w.weight) if w.text.casefold() in light else w
        for w in kept
    )


def asked_hours(text: str, want: WantedAnswer, language: Language) -> list[str]:
    """The times of day in digits of a yes-or-no question: "Is it open at 6:30?", or "now".

    Of a question for opening hours, "When do you open?", what asks for the time.
    """
    if asked := language.asks_hours.search(text):
        return [asked[0]]
    if now := language.open_now.search(text):
        return [now["when"]]
    if want.kind is not Kind.YES_NO:
        return []
    found = (match[0] for match in islice(language.holds_clock.all(text), MOST_HOURS_ASKED))
    return [hour for hour in found if any(map(str.isdecimal, hour))]


def counted_terms(
    want: WantedAnswer, analyzer: Analyzer, found: Sequence[QueryWord]
) -> frozenset[str]:
    """The terms of the words right behind "how many", and what else those are found as."""
    counted = set(analyzer.terms(want.counted[:200])[:MOST_COUNTED])
    for word in found:
        if counted.intersection(analyzer.terms(word.text)):
            counted.update(term for phrase in word.alternatives for term in phrase)
    return frozenset(counted)
