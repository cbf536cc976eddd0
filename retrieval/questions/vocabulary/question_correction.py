"""Correction of a question: its misspelt words, and words that are written apart."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, zip_longest

from retrieval.index.lexicon import INNER_MARK
from retrieval.questions.vocabulary.own_language import OwnLanguage
from retrieval.questions.vocabulary.question_terms import names_in
from retrieval.questions.vocabulary.spelling import Spelling, differ_in_ending
from retrieval.text.analysis import Analyzer, words

MOST_WORDS_CORRECTED = 128
SHORTEST_PART = 3  # of a word that the articles write as two
LOWER_CASE_US = re.compile(r"(?<=\b[Tt]he )us\b(?! all\b)")


class QuestionCorrector:
    """Corrects questions to words of the articles.

    `holds` tells which words they hold, `holds_pair` which two of them side by side.
    """

    def __init__(
        self,
        spelling: Spelling,
        own_language: OwnLanguage,
        holds: Callable[[str, Analyzer], bool],
        holds_pair: Callable[[str, str, Analyzer], bool],
    ) -> None:
        self._spelling = spelling
        self._own_language = own_language
        self._holds = holds
        self._holds_pair = holds_pair

    def corrected(self, text: str, analyzer: Analyzer) -> tuple[str, dict[str, str]]:
        """The text with misspelt words replaced, and which ones by what."""
        if analyzer.language.code == "en":
            text = LOWER_CASE_US.sub("US", text)
        corrections: dict[str, str] = {}
        parts, done = [], 0
        for start, end, right in self._replaced(text, analyzer):
            wrong = text[start:end]
            is_form = analyzer.language.code != "en" and differ_in_ending(wrong, right)
            if not (is_form or analyzer.is_stop_word(right)):  # nothing is searched for those
                corrections[wrong] = right
            parts += [text[done:start], right]
            done = end
        return "".join([*parts, text[done:]]), corrections

    def _replaced(self, text: str, analyzer: Analyzer) -> Iterator[tuple[int, int, str]]:
        """What is to be replaced, from where to where, and by what."""
        found = list(islice(words(text), MOST_WORDS_CORRECTED))
        texts = [word.text for word in found]
        names = names_in(text, analyzer.language)
        done = 0
        for word, following in zip_longest(found, found[1:]):
            if word.start < done or self._holds(word.text, analyzer):
                continue
            is_apart = following is not None and text[word.end : following.start] == " "
            if is_apart and (joined := self._spelling.joined([word.text, following.text])):
                done = following.end
                yield word.start, done, joined
                continue
            if parted := self._parted(word.text, analyzer):
                yield word.start, word.end, parted
                continue
            accented = self._own_language.accented(word.text)
            if held := next((form for form in accented if self._holds(form, analyzer)), None):
                yield word.start, word.end, held
                continue
            right = self._correction(word.text, accented, is_name=word.text in names)
            if right and self._own_language.may_hold(word.text, texts):
                yield word.start, word.end, right

    def _parted(self, word: str, analyzer: Analyzer) -> str | None:
        """The word as the two that the articles write it as: "lunchbox" as "lunch box"."""
        if not word.isalpha():
            return None
        places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        cuts = ((word[:place], word[place:]) for place in places)
        return next((f"{a} {b}" for a, b in cuts if self._holds_pair(a, b, analyzer)), None)

    def _correction(self, word: str, accented: Sequence[str], *, is_name: bool) -> str | None:
        """The word with the accent that was left out, or its correction.

        One with a hyphen or an apostrophe is corrected in parts.
        """
        if accented and self._spelling.knows(accented[0]) and not self._spelling.knows(word):
            return accented[0]
        parts = INNER_MARK.split(word)
        if len(parts) == 1:
            return self._spelling.correction(word, is_name=is_name)
        corrected = [self._spelling.correction(part) or part for part in parts]
        return "".join(corrected) if corrected != parts else None
