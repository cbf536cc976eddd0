"""Questions that set two things side by side: "Do children pay less than adults?"."""

from collections.abc import Iterable
from typing import NamedTuple

from retrieval.text.languages import Language

LONGEST_COMPARISON = 200  # characters


class TwoSides(NamedTuple):
    """The question as it is put to each side, and their names.

    `shared` is what stands behind the second name and may belong to both: "membership" in "full or
    student membership". `is_measured` tells whether an amount of each is wanted, `measure` of what
    if that is known.
    """

    questions: tuple[str, str]
    names: tuple[str, str]
    is_measured: bool
    measure: str = ""
    shared: str = ""


def two_sides(question: str, languages: Iterable[Language]) -> TwoSides | None:
    """The two sides of a question, without the words that compare them; None if it has not two."""
    text = question.strip()
    if len(text) > LONGEST_COMPARISON:
        return None
    for language in languages:
        for pattern in language.sides.patterns:
            if found := pattern.search(text):
                return _sides(text, (found.span("a"), found.span("b")), language)
    return None


def _sides(
    text: str, places: tuple[tuple[int, int], tuple[int, int]], language: Language
) -> TwoSides | None:
    if any(language.follow_up.pronouns.fullmatch(text[slice(*p)].strip()) for p in places):
        return None  # what is meant by "it" was said before
    names = text[slice(*places[0])].strip(), text[slice(*places[1])].strip()
    rest = text
    for start, end in sorted(places, reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    bare = " ".join(language.sides.comparing.blank(rest).split())
    asked = tuple(f"{name} {bare}" for name in names)
    is_measured = language.sides.measured.search(rest) is not None
    measures = (m for m, words in language.measures.items() if words.compares.search(rest))
    measure = next(measures, "")
    return TwoSides((asked[0], asked[1]), names, is_measured, measure, _shared(*names, language))


def _shared(one: str, other: str, language: Language) -> str:
    """The words of the second name beyond as many as the first one has."""
    small = language.stop_words
    told = [[w for w in name.split() if w.casefold() not in small] for name in (one, other)]
    return " ".join(told[1][len(told[0]) :])
