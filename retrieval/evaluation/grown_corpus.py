"""A corpus of any size, mixed from a few articles' sentences, whose vocabulary keeps growing.

Sentences alone would repeat the same few thousand words for ever, which no real text does.
"""

import re
from array import array
from collections.abc import Iterator
from random import Random

from retrieval.articles import Collection, ParagraphKind
from retrieval.errors import FolderError
from retrieval.text.sentences import sentence_spans

HEAPS_EXPONENT = 0.6  # of real text 0.4 to 0.6, see `GrowingVocabulary`
REPLACED_SHARE = 0.2
MOST_SENTENCES = 8
QUESTION_WORDS = 6
WORD = re.compile(r"\w+")
REPLACEABLE = re.compile(r"[^\W\d_]{4,}")
SYLLABLES = [first + second for first in "bdfgklmnprtv" for second in "aeiou"]
MADE_UP_WORDS = len(SYLLABLES) ** 4
# Has no divisor in common with MADE_UP_WORDS: each number has a word of its own.
WORD_STEP = 7_368_787


def made_up_word(number: int) -> str:
    """A word that stands for a number below 12,960,000; neighbours do not look alike."""
    rest, word = number * WORD_STEP % MADE_UP_WORDS, ""
    for _ in range(4):
        rest, place = divmod(rest, len(SYLLABLES))
        word += SYLLABLES[place]
    return word + "n"  # no ending that a stemmer takes off


class GrowingVocabulary:
    """Replaces words by made-up ones so that n words of text hold K n^0.6 different ones.

    That is Heaps' law (Manning, Raghavan and Schütze 2008, section 5.1.1), with the K of the text
    that it begins with. A word that is not new is one of those used before, each as likely as it
    is frequent, so that frequencies follow Zipf's law (Simon 1955).
    """

    def __init__(self, words: int, different: int, random: Random) -> None:
        self._factor = different / words**HEAPS_EXPONENT
        self._first = different
        self._random = random
        self._used = array("L")
        self._coined = 0
        self.words = 0

    def replaced(self, sentence: str) -> str:
        """The sentence with some of its words replaced."""
        self.words += sum(1 for _ in WORD.finditer(sentence))
        wanted = self._factor * self.words**HEAPS_EXPONENT - self._first

        def word(match: re.Match[str]) -> str:
            if wanted <= 0 or self._random.random() >= REPLACED_SHARE:
                return match.group()
            return self._word(is_new=self._coined < wanted)

        return REPLACEABLE.sub(word, sentence)

    def _word(self, *, is_new: bool) -> str:
        if is_new or not self._used:
            number = self._coined
            self._coined += 1
        else:
            number = self._used[int(self._random.random() * len(self._used))]
        self._used.append(number)
        return made_up_word(number)


class GrownCorpus:
    """Makes paragraphs in the language that most articles of a collection are in.

    The same collection and seed make the same paragraphs. Raises FolderError if it has none.
    """

    def __init__(self, collection: Collection, seed: int = 1) -> None:
        self.language = next(iter(collection.languages), "en")
        self._seed = seed
        self._paragraphs = [
            [" ".join(p.text[s.start : s.end].split()) for s in sentence_spans(p.text, a.language)]
            for a in collection.articles
            if a.language == self.language
            for p in a.paragraphs
            if p.kind is ParagraphKind.TEXT
        ]
        self._sentences = [sentence for found in self._paragraphs for sentence in found]
        words = [word.casefold() for s in self._sentences for word in WORD.findall(s)]
        if not words:
            raise FolderError("the articles hold no running text to mix; name a folder with some")
        self._words, self._different = len(words), len(set(words))

    def paragraphs(self, count: int) -> Iterator[str]:
        """So many paragraphs, with as many sentences each as the articles' have."""
        random = Random(self._seed)  # noqa: S311  # repeatable, and no secret
        vocabulary = GrowingVocabulary(self._words, self._different, random)
        for _ in range(count):
            size = min(MOST_SENTENCES, len(random.choice(self._paragraphs)))
            chosen = random.choices(self._sentences, k=size)
            yield " ".join(map(vocabulary.replaced, chosen))

    def question(self, paragraph: str, number: int) -> str:
        """A few words that follow one another in a paragraph, as a question."""
        words = WORD.findall(paragraph)
        random = Random(f"{self._seed} {number}")  # noqa: S311
        first = random.randrange(max(1, len(words) - QUESTION_WORDS + 1))
        return " ".join(words[first : first + QUESTION_WORDS]) + "?"
