"""Language detection, for articles whose header names none."""

import hashlib
import json
import os
import re
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.text.analysis import word_texts
from retrieval.text.frequencies import frequencies_of

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

ENOUGH_CHARACTERS = 5000
FEWEST_WORDS = 3  # fewer tell nothing
SURE = 0.9
FAR_BEHIND = 10  # so many times less likely than the first
PLAINLY_MORE = 2
CODE = re.compile(r"[a-z]{2,3}")


class LanguageDetector:
    """Detects languages with py3langid; what was found is kept in a file, as that takes its time.

    A file that cannot be read or written only costs that time again.
    """

    def __init__(self, memory: Path) -> None:
        self._memory = memory
        self._known: dict[str, str] | None = None
        self._is_new = False

    def __call__(self, text: str) -> str:
        """The ISO 639-1 code of the text's language."""
        key = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        if self._known is None:
            self._known = self._remembered()
        if key not in self._known:
            self._known[key] = detected_language(text)
            self._is_new = True
        return self._known[key]

    def _remembered(self) -> dict[str, str]:
        try:
            found = json.loads(self._memory.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        return {k: v for k, v in found.items() if isinstance(v, str) and CODE.fullmatch(v)}

    def remember(self) -> None:
        """Write what was found, if any of it is new."""
        if not self._is_new:
            return
        draft = self._memory.with_name(f"{self._memory.name}.{os.getpid()}")
        try:
            self._memory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.unlink(missing_ok=True)  # a process of that number may have been killed
            with open(draft, "x", encoding="utf-8", opener=_private) as file:
                json.dump(self._known, file)
            draft.replace(self._memory)
        except (OSError, ValueError):
            with suppress(OSError, ValueError):
                draft.unlink()


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner may read, as all in that folder."""
    return os.open(path, flags, 0o600)


def detected_language(text: str) -> str:
    """The ISO 639-1 code of the text's language.

    Where the detector is unsure, as it is of a sentence, and another likely language knows at
    least two words more, it is that one.
    """
    if len(text.split()) < FEWEST_WORDS and text.isascii():
        return "en"
    likely = _likely_languages(text[:ENOUGH_CHARACTERS])
    first = next(iter(likely))
    if likely[first] >= SURE:
        return first
    words = {word.casefold() for word in word_texts(text) if word.isalpha()}
    known = {code: _known_words(words, code) for code in likely}
    best = max(known, key=lambda code: known[code])  # of equals the likeliest
    return best if known[best] >= known[first] + PLAINLY_MORE else first


def _likely_languages(text: str) -> dict[str, float]:
    """How likely languages are, the likeliest first; those far behind it are left out."""
    ranked = _identifier().rank(text)
    return {code: float(share) for code, share in ranked if share * FAR_BEHIND >= ranked[0][1]}


@cache
def _identifier() -> "LanguageIdentifier":
    """Made where it is needed: it takes half a second and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _known_words(words: set[str], code: str) -> int:
    frequencies = frequencies_of(code)
    return sum(word in frequencies for word in words)
