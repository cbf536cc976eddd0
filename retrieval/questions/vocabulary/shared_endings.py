"""Compounds that share their ending: "Aktiv- und Passivmitglied" names an "Aktivmitglied" too."""

import re
from collections.abc import Callable

from retrieval.text.analysis import fold

SHARED = re.compile(
    r"(?<![\w-])(?P<start>[^\W\d_]{2,40})- (?P<joint>\w{1,6}) (?P<whole>[^\W\d_]{6,60})"
)
SHORTEST_PART = 3


def with_endings(text: str, is_word: Callable[[str], bool]) -> str:
    """The text with the ending that a shortened compound shares, where that makes a known word."""

    def written_out(found: re.Match[str]) -> str:
        start, joint, whole = found.groups()
        for cut in range(SHORTEST_PART, len(whole) - SHORTEST_PART + 1):
            if is_word(fold(start + whole[cut:])):
                return f"{start}{whole[cut:]} {joint} {whole}"
        return found[0]

    return SHARED.sub(written_out, text)
