"""What does a language look like?

Its stop words, question words and turns of phrase, as data.

A language is a file `CODE.toml` in this folder; `en.toml` explains the fields. A language without
a file is still searched, with the stems that Snowball has for it, and without the small words that
`small_words.toml` knows; `abbreviations.toml` knows the abbreviations of some, and whether they
write compounds as one word.
"""

from retrieval.text.languages.language_data import (
    BriefingWords,
    Language,
    SentenceEnds,
    VerbEndings,
)
from retrieval.text.languages.language_file import language, small_words
from retrieval.text.languages.pattern import Pattern

__all__ = [
    "BriefingWords",
    "Language",
    "Pattern",
    "SentenceEnds",
    "VerbEndings",
    "language",
    "small_words",
]
