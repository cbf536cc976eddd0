"""How common is a word in its language, and is it one at all?

Reads the word counts that pyspellchecker ships (OpenSubtitles, words counted 50 times or more).
Its own loader takes three times as long as the rest of an answer, so the file is read directly.
"""

import gzip
import json
import math
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path

LEAST_COUNT = 50


class Frequencies:
    """The word counts of one language; empty for a language without a list."""

    def __init__(self, code: str) -> None:
        self._counts = _counts(code)
        self._total = _total(code)

    def __contains__(self, word: object) -> bool:
        """Whether the word, in lower case, is in the language's dictionary."""
        return word in self._counts

    def information(self, word: str) -> float:
        """The information that the word carries, in nats: -ln of its share of running text.

        A word that is in no list counts as if it had been seen as often as the rarest; without a
        list all words carry the same.
        """
        if not self._counts:
            return math.log(1e5)
        return math.log(self._total / (self._counts.get(word, 0) + LEAST_COUNT))


@cache
def _counts(code: str) -> Mapping[str, int]:
    spec = find_spec("spellchecker")
    if spec is None or not spec.submodule_search_locations:
        return {}
    file = Path(spec.submodule_search_locations[0], "resources", f"{code}.json.gz")
    if not file.is_file():
        return {}
    counts: dict[str, int] = json.loads(gzip.decompress(file.read_bytes()))
    return counts


@cache
def _total(code: str) -> int:
    return sum(_counts(code).values())
