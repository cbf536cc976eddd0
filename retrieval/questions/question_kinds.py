"""The kind of answer that a question wants, and what a sentence needs to be one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from retrieval.text.analysis import plain_lower
from retrieval.text.languages import Language, Pattern


class Kind(StrEnum):
    """The kinds of question that are answered differently."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    WHY = "why"
    HOW = "how"
    HOW_MANY = "how_many"
    YES_NO = "yes_no"
    DEFINITION = "definition"
    LIST = "list"
    COMPARISON = "comparison"
    WHAT = "what"
    KEYWORDS = "keywords"
    SMALL_TALK = "small_talk"
    ABOUT_ARTICLES = "about_articles"


OPENING = (Kind.WHO, Kind.WHERE, Kind.WHY)


class Need(StrEnum):
    """What a sentence has to hold before it can answer.

    A number may have to be of a measure, such as a weight: `[measures]` of a language's file.
    """

    NOTHING = "nothing"
    NUMBER = "number"
    AGE = "age"
    YEAR = "year"
    TIME = "time"
    NAME = "name"
    PLACE = "place"
    FREQUENCY = "frequency"


# Without these a passage is no answer. A place may be a common noun, too, a person be meant by
# one, and how often be told in many words.
GATED = frozenset({Need.NUMBER, Need.AGE, Need.YEAR, Need.TIME})


class WantedAnswer(NamedTuple):
    """The kind of answer wanted, what it needs, and the words behind "how many".

    `measure` is the name of what is to be measured, if that is one of the language's; `asked` are
    the words that only ask, in lower case.
    """

    kind: Kind
    need: Need = Need.NOTHING
    counted: str = ""
    measure: str = ""
    asked: str = ""


def wanted_answer(question: str, language: Language) -> WantedAnswer:
    """What the question wants, by the question words of its language."""
    text = plain_lower(question)
    for name, pattern in _opening_kinds(text, language):
        if found := pattern.search(text):
            kind = Kind(name)
            if kind not in (Kind.LIST, Kind.COMPARISON) and language.asks_clock.search(text):
                return WantedAnswer(kind, Need.TIME)
            need = _need(kind, text, language)
            measure = _measure(need, text, language)
            return WantedAnswer(kind, need, text[found.end() :], measure, found[0])
    if language.asks_clock.search(text):  # "the tour starts at what time"
        return WantedAnswer(Kind.WHEN, Need.TIME)
    need = Need.NUMBER if language.asks_quantity.search(text) else Need.NOTHING
    return WantedAnswer(Kind.KEYWORDS, need, measure=_measure(need, text, language))


def _opening_kinds(text: str, language: Language) -> Sequence[tuple[str, Pattern]]:
    """The kinds in the order in which they are tried: one that opens the question goes before.

    "Who decides how many may come?" asks for a person.
    """
    opening = [
        (name, pattern)
        for name, pattern in language.kinds
        if name in OPENING and (found := pattern.match(text)) and found.start() == 0
    ]
    return [*opening, *language.kinds] if opening else language.kinds


def _measure(need: Need, text: str, language: Language) -> str:
    """What a question for a number wants to be measured; empty if nothing in particular."""
    if need not in (Need.NUMBER, Need.AGE):
        return ""
    asked = (name for name, measure in language.measures.items() if measure.asks.search(text))
    return next(asked, "")


def _need(kind: Kind, text: str, language: Language) -> Need:
    is_named = language.asks_about_name.search(text)
    tried = (
        (Need.FREQUENCY, language.asks_frequency.search(text)),
        (Need.AGE, language.asks_age.search(text)),
        (Need.NUMBER, kind is Kind.HOW_MANY or language.asks_quantity.search(text)),
        (Need.YEAR, language.asks_year.search(text)),
        (Need.TIME, kind is Kind.WHEN),
        (Need.PLACE, kind is Kind.WHERE and (language.place_words or language.holds_place.text)),
        (Need.NAME, kind is Kind.WHO and not is_named),
    )
    return next((need for need, is_wanted in tried if is_wanted), Need.NOTHING)
