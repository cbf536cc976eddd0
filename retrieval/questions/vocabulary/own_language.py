"""Whether a word of a question may be one of the articles' language, and so a misspelt one.

`days` is no misspelling of the French `dans`. A question is too short to detect its language; what
is counted are the words of it that the languages know: their function words, and dictionaries.
"""

from collections.abc import Iterator, Sequence

from retrieval.text.analysis import fold
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import Language, language

# Languages in whose words a question may be put, by the script that they are written in.
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl")
OTHER = ("ru", "ar", "fa")
PLAINLY = 2  # so many function words tell the language of a question
SURELY_A_WORD = 2000  # so often a dictionary counts what is a word of its language to anybody
LONGEST_ACCENTED = 40  # letters; each of them may be the one without its accent
ACCENTED = {
    "a": "àáâãäåąă", "c": "çćč", "e": "èéêëęě", "i": "ìíîïı", "l": "ł", "n": "ñńň",
    "o": "òóôõöøő", "s": "śşš", "u": "ùúûüůű", "y": "ýÿ", "z": "źżž", "е": "ё",
}  # fmt: skip


class OwnLanguage:
    """The languages of a collection, told apart from others by the words of a question.

    Dictionaries of other languages are read when they are first needed.
    """

    def __init__(self, languages: Sequence[Language]) -> None:
        self._languages = languages
        self._codes = [tongue.code for tongue in languages]

    def may_hold(self, word: str, question: Sequence[str]) -> bool:
        """Whether a word that the collection does not hold may be a misspelt one of its language.

        `question` are all words of the question, among them this one.
        """
        others = [fold(other) for other in question if other != word and other.isalpha()]
        own = max(_function_words(others, tongue) for tongue in self._languages)
        foreign = max(_function_words(others, language(code)) for code in self._other_codes(word))
        if foreign > own:
            return False
        is_plain = own >= PLAINLY and own > foreign
        return not self._is_foreign(word, SURELY_A_WORD if is_plain else 1)

    def accented(self, word: str) -> list[str]:
        """What a word may be if its accent was left out, the likeliest first.

        A form that its languages use less than the word as it stands is not meant.
        """
        if not word.isalpha() or len(word) > LONGEST_ACCENTED:
            return []
        least = self._count(word)
        counts = {form: self._count(form) for form in _with_accent(word)}
        return sorted((f for f, n in counts.items() if n >= least), key=lambda f: -counts[f])

    def _is_foreign(self, word: str, often: int) -> bool:
        """Whether another language's dictionary counts the word at least so often."""
        lower = word.casefold()
        return any(frequencies_of(code).count(lower) >= often for code in self._other_codes(word))

    def _count(self, word: str) -> int:
        return max(frequencies_of(code).count(word.casefold()) for code in self._codes)

    def _other_codes(self, word: str) -> list[str]:
        codes = LATIN if fold(word).isascii() else OTHER
        return [code for code in codes if code not in self._codes]


def _with_accent(word: str) -> Iterator[str]:
    """The word with one accent: people leave accents out, and few words have two."""
    for place, letter in enumerate(word):
        for accented in ACCENTED.get(letter, ""):
            yield word[:place] + accented + word[place + 1 :]


def _function_words(words: Sequence[str], tongue: Language) -> int:
    """How many of the words are the language's function words, or words that ask."""
    return sum(word in tongue.stop_words or word in tongue.asking_words for word in words)
