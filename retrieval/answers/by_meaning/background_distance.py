"""How far text in a language is from the background, which is in English; and what size adds.

Unrelated texts in one language are nearer to each other than to English ones. So a question and a
sentence that are both in another language stand too high above the background; and a question in
another language than the sentence's stands too low, if one of the two is in English.
`tests/background/measure_languages.py` measures how much. Within one language only a part of it is
taken off: sentences near a subject stand less too high than any sentence does, and with all of it
what is said in other words hardly ever answered.
"""

import math

ENGLISH = "en"
ACROSS_LANGUAGES = 0.03
IN_ONE_LANGUAGE = 0.07
IN_HAN_OR_KANA = 0.15
TAKEN_OFF = 0.2
FEWEST_SENTENCES = 100


def height_correction(asked: str, told: str) -> float:
    """What to add to the height of a sentence in the language `told` for a question in `asked`."""
    if asked != told:
        return ACROSS_LANGUAGES if ENGLISH in (asked, told) else 0.0
    if told == ENGLISH:
        return 0.0
    return -TAKEN_OFF * (IN_HAN_OR_KANA if told in ("zh", "ja") else IN_ONE_LANGUAGE)


def collection_size(sentences: int) -> float:
    """ln(sentences / 1000): in a large collection, something always comes near by chance.

    A collection of less than a hundred sentences is taken for one of a hundred, as nothing was
    fitted on smaller ones.
    """
    return math.log(max(FEWEST_SENTENCES, sentences) / 1000)
