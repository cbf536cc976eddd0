"""What may be wrong with a text that was read, for people to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Caution(Enum):
    """Something to look at: how it is said of one page, and of several.

    The wording is for the command line. The name is what wordings in other languages go by.
    """

    NOTED = ("{text}", "{text}")
    HEADER = ("{problem}; {remedy}", "{problem}; {remedy}")
    PICTURES_ONLY = ("page {pages} holds only pictures", "pages {pages} hold only pictures")
    PAGES_LEFT_OUT = (
        "page {pages} left out: the PDF does not say which letters are shown there",
        "pages {pages} left out: the PDF does not say which letters are shown there",
    )
    SYMBOLS_IN_WORDS = (
        "letters of this PDF are damaged: symbols stand inside of words",
        "letters of this PDF are damaged: symbols stand inside of words",
    )
    LIGATURES_LOST = (
        "letters of this PDF are damaged: parts of words are missing, such as “fi” and “Th”",
        "letters of this PDF are damaged: parts of words are missing, such as “fi” and “Th”",
    )
    ARABIC_SWAPPED = (
        "letters of this PDF are damaged: lam and alef have changed places in Arabic words",
        "letters of this PDF are damaged: lam and alef have changed places in Arabic words",
    )


@dataclass(frozen=True, slots=True)
class SourceWarning:
    """A caution and the values that belong into its wording; `count` is that of the pages."""

    caution: Caution
    values: Mapping[str, str | int] = field(default_factory=dict)

    def __str__(self) -> str:
        one, several = self.caution.value
        return (one if self.values.get("count", 1) == 1 else several).format_map(self.values)

    @property
    def fields(self) -> list[object]:
        """Itself as JSON."""
        return [self.caution.name, dict(self.values)]


def noted(text: str) -> SourceWarning:
    """A sentence as it is."""
    return SourceWarning(Caution.NOTED, {"text": text})


def warning_of(fields: object) -> SourceWarning:
    """The warning of such JSON, or of a mere sentence; raises KeyError, TypeError, ValueError."""
    if isinstance(fields, str):  # as it was stored once
        return noted(fields)
    if not isinstance(fields, list):
        raise TypeError("this is no warning")
    name, values = fields
    return SourceWarning(Caution[name], {str(key): value for key, value in values.items()})
