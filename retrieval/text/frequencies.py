"""Word frequencies of languages, and whether a word is one at all.

Reads the word counts that pyspellchecker ships (from OpenSubtitles, words seen 50 times or more).
They are sorted, a word a line; the library's own loader takes as long as all the rest of an
answer, so the text of the file is searched as it is.
"""

import gzip
import math
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

LEAST_COUNT = 50
MOST_REMEMBERED_COUNTS = 10_000
RUNNING_WORDS = 1.65e9  # what the English counts add up to


@cache
def frequencies_of(code: str) -> "Frequencies":
    """The word counts of a language: read once, as that takes its time."""
    return Frequencies(code)


class Frequencies:
    """The word counts of one language; empty for a language without a list."""

    def __init__(self, code: str) -> None:
        self._text = _text(code)
        self.count = lru_cache(maxsize=MOST_REMEMBERED_COUNTS)(self._count)

    def __bool__(self) -> bool:
        """Whether there is a list of that language."""
        return bool(self._text)

    def __contains__(self, word: object) -> bool:
        """Whether the word, in lower case, is in the language's dictionary."""
        return isinstance(word, str) and self.count(word) > 0

    def _count(self, word: str) -> int:
        """How often the word was seen; 0 if it is in no list."""
        start = f'"{word}": '.encode("utf-8", "replace")
        line = _first_line_from(self._text, start)
        return int(line[len(start) :].rstrip(b",\r")) if line.startswith(start) else 0

    def information(self, word: str) -> float:
        """The information that the word carries, in nats: -ln of its share of running text.

        A word in no list counts as if it had been seen as often as the rarest.
        """
        return math.log(RUNNING_WORDS / (self.count(word) + LEAST_COUNT))


def _first_line_from(text: bytes, start: bytes) -> bytes:
    """The first of sorted lines that is not before `start`; by bisection."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high) // 2
        begin = text.rfind(b"\n", low, middle) + 1 or low
        end = text.find(b"\n", middle)
        end = len(text) if end < 0 else end
        if text[begin:end] < start:
            low = end + 1
        else:
            high = begin
    end = text.find(b"\n", low)
    return text[low : len(text) if end < 0 else end]


@cache
def _text(code: str) -> bytes:
    """The lines of the language's file, without its brackets; empty without a file."""
    spec = find_spec("spellchecker")
    if spec is None or not spec.submodule_search_locations:
        return b""
    file = Path(spec.submodule_search_locations[0], "resources", f"{code}.json.gz")
    if not file.is_file():
        return b""
    text = gzip.decompress(file.read_bytes())
    return text[text.find(b"\n") + 1 : text.rfind(b"\n")]
