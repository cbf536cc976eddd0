"""Lengths of a briefing: short, usual and long in a message, and the limits of each."""

from enum import StrEnum

from retrieval.briefing.briefing import Length

MOST_TOPICS = 4  # headings to ask for next: a button each under a briefing, of eight in all


class BriefingLength(StrEnum):
    """How long a briefing in a message is, the shortest first; buttons carry the value."""

    SHORT = "short"
    USUAL = "usual"
    LONG = "long"

    @property
    def limits(self) -> Length:
        """How much a briefing of this length may hold."""
        return LIMITS[self]

    @property
    def shorter(self) -> "BriefingLength | None":
        """The next shorter one; None for the shortest."""
        place = LENGTHS.index(self)
        return LENGTHS[place - 1] if place else None

    @property
    def longer(self) -> "BriefingLength | None":
        """The next longer one; None for the longest."""
        return next(iter(LENGTHS[LENGTHS.index(self) + 1 :]), None)


LENGTHS = tuple(BriefingLength)
LIMITS = {
    BriefingLength.SHORT: Length(words=80, points=3, near=MOST_TOPICS),
    BriefingLength.USUAL: Length(words=250, points=12, near=MOST_TOPICS),
    BriefingLength.LONG: Length(words=460, points=20, near=MOST_TOPICS),
}
FILE_LIMITS = Length(words=900, points=30)  # of a briefing as a document
