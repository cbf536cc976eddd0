"""Word frequencies of languages, and whether a word is one at all.

Reads the word counts that pyspellchecker ships (from OpenSubtitles, words seen 50 times or more).
They are sorted, a word a line; the library's own loader takes as long as all the rest of an
answer, so the lines are searched as they are.
"""

import gzip
import math
from bisect import bisect_left
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LEAST_COUNT = 50
RUNNING_WORDS = 1.65e9  # what the English counts add up to


class Frequencies:
    """The word counts of one language; empty for a language without a list."""

    def __init__(self, code: str) -> None:
        self._lines = _lines(code)

    def __contains__(self, word: object) -> bool:
        """Whether the word, in lower case, is in the language's dictionary."""
        return isinstance(word, str) and self.count(word) > 0

    def count(self, word: str) -> int:
        """How often the word was seen; 0 if it is in no list."""
        start = f'"{word}": '.encode("utf-8", "replace")
        position = bisect_left(self._lines, start)
        if position == len(self._lines) or not self._lines[position].startswith(start):
            return 0
        return int(self._lines[position][len(start) :].rstrip(b",\r"))

    def information(self, word: str) -> float:
        """The information that the word carries, in nats: -ln of its share of running text.

        A word in no list counts as if it had been seen as often as the rarest.
        """
        return math.log(RUNNING_WORDS / (self.count(word) + LEAST_COUNT))


@cache
def _lines(code: str) -> list[bytes]:
    spec = find_spec("spellchecker")
    if spec is None or not spec.submodule_search_locations:
        return []
    file = Path(spec.submodule_search_locations[0], "resources", f"{code}.json.gz")
    if not file.is_file():
        return []
    return gzip.decompress(file.read_bytes()).split(b"\n")[1:-1]
