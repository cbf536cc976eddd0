"""Short forms of phones, such as "u" and "koi", are read as the words that they stand for."""

import re
from collections.abc import Callable, Iterable

from retrieval.text.analysis import Analyzer
from retrieval.text.languages import Language


class ShortForms:
    """Those of some languages; `holds` tells whether the articles have a word."""

    def __init__(
        self, analyzers: Iterable[Analyzer], holds: Callable[[str, Analyzer], bool]
    ) -> None:
        self._forms = {a.language.code: dict(a.language.short_forms) for a in analyzers}
        self._holds = holds
        self._patterns = {code: _any_of(forms) for code, forms in self._forms.items() if forms}

    def spelt_out(self, text: str, analyzer: Analyzer) -> str:
        """The text without short forms; one that the articles hold is meant as it stands."""
        forms = self._forms[analyzer.language.code]
        if not forms:
            return text

        def spelt(found: re.Match[str]) -> str:
            word = found[0].casefold()
            is_meant = not analyzer.is_stop_word(word) and self._holds(word, analyzer)
            return found[0] if is_meant else forms[word]

        return self._patterns[analyzer.language.code].sub(spelt, text)


def spelt_out_abroad(text: str, language: Language) -> str:
    """A text in a language that no article is in, without short forms."""
    forms = dict(language.short_forms)
    return _any_of(forms).sub(lambda found: forms[found[0].casefold()], text) if forms else text


def _any_of(forms: Iterable[str]) -> re.Pattern[str]:
    # No part of "U.N." or "U-Bahn".
    short = rf"(?<![\w'’.-])(?:{'|'.join(map(re.escape, forms))})(?![\w'’-]|\.\w)"
    return re.compile(short, re.IGNORECASE)
