"""The language of a question, from its script and its small words.

Detectors that are trained on long texts misjudge most short questions. The small words of a
language ("what", "does", "the") tell more: nearly every question has some.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache

from retrieval.text.analysis import fold, word_texts
from retrieval.text.frequencies import frequencies_of
from retrieval.text.languages import small_words

# The characters of scripts that tell a language, or several of which one is guessed; the first
# that is found counts.
SCRIPTS: tuple[tuple[str, str], ...] = (
    ("ja", "\u3040-\u30ff"),
    ("ko", "\uac00-\ud7af\u1100-\u11ff"),
    ("zh", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("th", "\u0e00-\u0e7f"),
    ("he", "\u0590-\u05ff"),
    ("el", "\u0370-\u03ff"),
    ("ka", "\u10a0-\u10ff"),
    ("hy", "\u0530-\u058f"),
    ("bn", "\u0980-\u09ff"),
    ("ta", "\u0b80-\u0bff"),
    ("te", "\u0c00-\u0c7f"),
    ("hi", "\u0900-\u097f"),
    ("ar", "\u0600-\u06ff"),
    ("ru", "\u0400-\u04ff"),
)
# Languages that are written in a script of that table, beside the one that stands there.
SAME_SCRIPT = {
    "ru": frozenset({"ru", "uk", "bg", "sr", "mk", "be", "kk"}),
    "ar": frozenset({"ar", "fa", "ur", "ps"}),
    "hi": frozenset({"hi", "mr", "ne", "sa"}),
    "zh": frozenset({"zh", "ja"}),
    "he": frozenset({"he", "yi"}),
}
OTHER_SCRIPTS = frozenset(
    {code for code, _ in SCRIPTS} | {other for codes in SAME_SCRIPT.values() for other in codes}
)
SHARE_OF_SCRIPT = 0.5  # of the letters; a foreign name in a question is less
SYLLABIC = frozenset({"ja", "ko", "zh"})
LETTERS_OF_SYLLABLE = 3  # so many Latin ones say as much as one that is a syllable or a word
MOST_CHARACTERS_READ = 400
LETTER = re.compile(r"[^\W\d_]")
OWN_LETTERS_WEIGHT = 2.0
LAST_WORD_WEIGHT = 1.0
FEWEST_SURE = 2
MOST_WORDS_OF_ONE = 4  # of which one small word tells the language
MOST_NAME_WORDS = 4
QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
EQUAL = 0.01  # scores that are less apart
LEAD = 1.5  # what speaks for a foreign language by so much needs no other proof


def foreign_language(
    question: str, known: Collection[str], holds: Callable[[str], bool] = lambda _: False
) -> str | None:
    """The language of the question if it is in none of those; None if it may be in one of them.

    `holds` tells whether the articles hold a word: where few small words speak, a question most
    of whose other words they hold is not foreign. In doubt, as for names, numbers and single
    words, it counts as known.
    """
    text = QUOTED.sub(" ", question[:MOST_CHARACTERS_READ])
    script = _script(text)
    scores = _scores(text, script)
    if script is not None and SAME_SCRIPT.get(script, frozenset({script})).isdisjoint(known):
        return _best(scores, text) or script
    if _is_a_name(text):
        return None
    foreign = {code: score for code, score in scores.items() if code not in known}
    most = _most(scores, known)
    is_in_another_script = script is None and OTHER_SCRIPTS.issuperset(known)
    if max(foreign.values(), default=0.0) <= most and not is_in_another_script:
        return None
    best = _best(foreign, text)
    if best is None or is_in_another_script:
        return best
    is_plain = scores[best] >= OWN_LETTERS_WEIGHT and scores[best] > LEAD * most
    is_foreign = is_plain or (scores[best] > most and _speaks(best, text, known, holds))
    return best if is_foreign else None


def _speaks(code: str, text: str, known: Collection[str], holds: Callable[[str], bool]) -> bool:
    """Whether more words are of that language alone than of those known, and enough of them."""
    speaking = [set(_languages_of_words().get(word, ())) for word in dict.fromkeys(_folded(text))]
    foreign = sum(code in codes and codes.isdisjoint(known) for codes in speaking)
    own = sum(code not in codes and not codes.isdisjoint(known) for codes in speaking)
    is_sure = sum(code in codes for codes in speaking) >= FEWEST_SURE
    if not is_sure and len(speaking) > MOST_WORDS_OF_ONE:
        return False  # one small word among many may be anything
    return foreign > own and (is_sure or not _are_mostly_held(text, known, holds))


def _is_a_name(text: str) -> bool:
    """Whether it is a few words that are all written as names or numbers: `El Niño`."""
    found = word_texts(text)
    return len(found) <= MOST_NAME_WORDS and not any(word.islower() for word in found)


def _most(scores: dict[str, float], known: Collection[str]) -> float:
    return max((scores.get(code, 0.0) for code in known), default=0.0)


def _are_mostly_held(text: str, known: Collection[str], holds: Callable[[str], bool]) -> bool:
    """Whether the articles hold at least half of the words that are no small ones.

    Names are left out if there is anything else: they are the same in other languages. Of nothing
    but small words those may be meant that are words of a language of theirs: "dove".
    """
    found = word_texts(text)
    others = [word for word in found if not is_small_word(word)]
    if not others:
        return any(word.lower() in frequencies_of(code) for code in known for word in found)
    asked = [word for word in others if word.islower()] or others
    return 2 * sum(holds(word) for word in asked) >= len(asked)


def _script(text: str) -> str | None:
    """The language that most of its letters point to; None for Latin and what is not known."""
    if text.isascii():
        return None
    letters = len(LETTER.findall(text))
    for code, characters in SCRIPTS:
        count = len(_any_of(characters).findall(text))
        weight = LETTERS_OF_SYLLABLE if code in SYLLABIC else 1
        if count and weight * count >= SHARE_OF_SCRIPT * (letters + (weight - 1) * count):
            return code
    return None


@cache
def _any_of(characters: str) -> re.Pattern[str]:
    return re.compile(f"[{characters}]")


def _best(scores: dict[str, float], text: str) -> str | None:
    """The language that most speaks for; None if nothing speaks for any.

    Of several it is the one whose dictionary has most of the words; of those with equally many or
    without a dictionary the one that stands first in the file of small words.
    """
    most = max(scores.values(), default=0.0)
    equal = [code for code in small_words() if scores.get(code, 0.0) > most - EQUAL]
    if not scores or len(equal) == 1:
        return equal[0] if scores else None
    words = {word.casefold() for word in word_texts(text)}
    return max(equal, key=lambda code: sum(word in frequencies_of(code) for word in words))


def _scores(text: str, script: str | None) -> dict[str, float]:
    """What speaks for each language of that script: its small words, and letters of its own.

    A word counts the less, the more languages have it.
    """
    known = _languages_of_words()
    scores: dict[str, float] = {}
    among = SAME_SCRIPT.get(script or "", frozenset())
    words = list(_folded(text))
    for word in dict.fromkeys(words):
        holding = [c for c in known.get(word, ()) if (c in among) == (script is not None)]
        for code in holding:
            scores[code] = scores.get(code, 0.0) + 1 / len(holding)
    for code, last in _last_words().items():
        if words and words[-1] in last:
            scores[code] = scores.get(code, 0.0) + LAST_WORD_WEIGHT
    small = text.lower()
    own = {} if small.isascii() else _own_letters()
    for code, letters in own.items():
        if letters.intersection(small):
            scores[code] = scores.get(code, 0.0) + OWN_LETTERS_WEIGHT
    return scores


def _folded(text: str) -> Iterator[str]:
    for word in word_texts(text):
        yield from fold(word).replace("’", "'").split("'")


def is_small_word(word: str) -> bool:
    """Whether it is a small word of any language."""
    return fold(word) in _languages_of_words()


@cache
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    """The languages of each small word."""
    found: dict[str, list[str]] = {}
    for code, fields in small_words().items():
        for word in dict.fromkeys(fold(word) for word in fields["words"].split()):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def _last_words() -> dict[str, frozenset[str]]:
    """Words that tell the language where they end a question."""
    given = {code: fields.get("last", "") for code, fields in small_words().items()}
    return {code: frozenset(map(fold, words.split())) for code, words in given.items() if words}


@cache
def _own_letters() -> dict[str, frozenset[str]]:
    """Letters that hardly any other language has."""
    return {code: frozenset(fields.get("letters", "")) for code, fields in small_words().items()}
