"""What does a language look like?

Its stop words, question words and turns of phrase, as data.

A language is a file `CODE.toml` in this folder; `en.toml` explains the fields, among them the
negations (`negation`), the words of follow-ups (`[follow_up]`), the abbreviations
(`[sentence_ends]`) and the units of measures (`[measures.…]`). A language without a file is still
searched, with the stems that Snowball has for it; what else is known of it, mostly abbreviations,
is in `other_languages.toml`, with the same fields. `small_words.toml` has the small words of
all: they tell the language of a question, and are the stop words of languages without a file.
`small_talk.toml` has the phrases of small talk, all languages together.
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
