"""How far text in a language is from the background, which is in English.

Unrelated texts in one language are nearer to each other than to English ones. So a question and a
sentence that are both in another language stand too high above the background; and a question in
another language than the sentence's stands too low, if one of the two is in English.
`tests/background/measure_languages.py` measures how much. Within one language only a part of it is
taken off: sentences near a subject stand less too high than any sentence does, and with all of it
what is said in other words hardly ever answered.
"""

ENGLISH = "en"
ACROSS_LANGUAGES = 0.03
IN_ONE_LANGUAGE = 0.07
IN_HAN_OR_KANA = 0.15
TAKEN_OFF = 0.2


def height_correction(asked: str, told: str) -> float:
    """What to add to the height of a sentence in the language `told` for a question in `asked`."""
    if asked != told:
        return ACROSS_LANGUAGES if ENGLISH in (asked, told) else 0.0
    if told == ENGLISH:
        return 0.0
    return -TAKEN_OFF * (IN_HAN_OR_KANA if told in ("zh", "ja") else IN_ONE_LANGUAGE)
