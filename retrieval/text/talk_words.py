"""The phrases of small talk in each language, and the form that they are looked for in."""

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from string import digits
from typing import Any

FILE = Path(__file__).parent / "languages" / "small_talk.toml"
LONGEST_BEGINNING = 3
MOST_REMEMBERED_BEGINNINGS = 1000  # of messages, for each language
MOST_REMEMBERED_MESSAGES = 64  # several look at each message that comes in
# Marks that many leave out, and letters that many write for one another: accents, Arabic vowels
# and hamzas, the dots of Hindi consonants, the dot over a Turkish i; the Russian ё, the Polish ł.
MARKS = re.compile(r"[\u064b-\u0652\u0670\u093c\u0307\ufe0f]|(?<=[a-z])[\u0300-\u036f]+")
LETTERS = str.maketrans("أإآٱёँłı", "ااااеंli")
# Words behind a space, with which no message begins, and classes of characters there or in a word;
# escapes, other classes, and other words: their first three letters, or those before one that may
# be missing. No phrase begins with a character that may be any.
PIECE = re.compile(r" \w+|(?<=[ \w])\[[^\]]*\]|\\(.)|\[([^\]]*)\]|(\w(?:\w(?![?*{])){0,2})\w*")
# The first group: what no match is without, a word, a space, or brackets that must not be missing.
PART = re.compile(r"\\.|\[[^\]]*\]|\(|(\)(?![?*{])|\w\w+[?*{]?| (?!\?))|\)")
BRACKETS = re.compile(r"\\.|\[[^\]]*\]|[()|]")
DIGIT = "d"
APOSTROPHES = re.compile(r"['’‘`´]")


@dataclass(frozen=True)
class TalkWords:
    """The phrases of small talk in one language, and the words that may stand between them.

    `texts` are regular expressions, each with its name: what it says, or `around` for what says
    nothing; `end` is what follows each of them. Each is compiled only where a message begins like
    it, as few do. They call the collection `articles`, people what it is to them: `collection`
    finds "this blog".
    """

    texts: tuple[tuple[str, str], ...]
    end: str
    collection: str
    articles: str

    @cached_property
    def _all_beginnings(self) -> frozenset[str]:
        return _beginnings(self.collection).union(*(_beginnings(text) for _, text in self.texts))

    def may_begin(self, text: str) -> bool:
        """Whether a message may begin with a phrase, or with what people call the collection."""
        return not self._all_beginnings.isdisjoint(_beginning(text))

    def with_articles(self, text: str) -> str:
        """The text with the articles in the place of what somebody calls the collection."""
        return _compiled(self.collection).sub(self.articles, text)

    def phrases(self, text: str, position: int = 0) -> Iterator[tuple[str, re.Match[str]]]:
        """The phrases that stand in a message from there on, each with its name."""
        for name, pattern in self._likely(text[position : position + LONGEST_BEGINNING]):
            match = pattern.match(text, position)
            if match:
                yield name, match

    @cached_property
    def _likely(self) -> Callable[[str], Sequence[tuple[str, re.Pattern[str]]]]:
        return lru_cache(maxsize=MOST_REMEMBERED_BEGINNINGS)(self._phrases_beginning)

    def _phrases_beginning(self, text: str) -> list[tuple[str, re.Pattern[str]]]:
        """What may match a text that begins so, each with the name of its phrases."""
        beginning = _beginning(text)
        found = []
        for name, texts in self.texts:
            if beginning.isdisjoint(_beginnings(texts)):
                continue  # few have to be taken apart
            for choice, beginnings in _choices(texts):
                if not beginning.isdisjoint(beginnings):
                    found.append((name, _compiled(f"(?:{choice}){self.end}")))
        return found


def _beginning(text: str) -> set[str]:
    """The first letters of a message: one, two and three of them."""
    return {text[:1], text[:2], text[:LONGEST_BEGINNING]}


@cache
def _choices(text: str) -> list[tuple[str, frozenset[str]]]:
    """What stands between the bars of an expression that are in no brackets.

    Each with the letters that it begins with.
    """
    found = []
    depth = begin = 0
    for mark in BRACKETS.finditer(f"{text}|"):
        depth += {"(": 1, ")": -1}.get(mark.group(), 0)
        if mark.group() == "|" and not depth:
            choice = text[begin : mark.start()]
            found.append((choice, _beginnings(_opening(choice))))
            begin = mark.end()
    return found


@cache
def _beginnings(expression: str) -> frozenset[str]:
    """With which letters the words of an expression begin, up to three of each."""
    found: set[str] = set()
    for escaped, characters, word in PIECE.findall(expression):
        found.update(digits if escaped == DIGIT else characters or [word])
    return frozenset(found)


def _opening(choice: str) -> str:
    """The expression up to the end of the first part that no match is without."""
    depth = 0
    for part in PART.finditer(choice):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if part[1] and not depth:
            return choice[: part.end()]
    return choice


@cache
def _compiled(choice: str) -> re.Pattern[str]:
    return re.compile(choice)


@cache
def talk_languages() -> tuple[str, ...]:
    """The codes of the languages whose small talk is known."""
    return tuple(_talk())


@cache
def talk_words(code: str) -> TalkWords | None:
    """The small talk of a language; None if none is known.

    A phrase ends at the end of a word, but where words are not separated.
    """
    fields = _talk().get(code)
    if fields is None:
        return None
    end = "" if fields.get("unspaced") else r"(?=\s|$)"
    lines = ((name, text) for name, text in fields.items() if isinstance(text, str))
    texts = {name: _same_letters(text.replace("\n", "")) for name, text in lines}
    collection, articles = texts.pop("collection"), texts.pop("articles")
    texts["around"] += f"|{re.escape(articles)}"  # "what is it about, this blog?"
    return TalkWords(tuple(texts.items()), end, collection, articles)


@cache
def _talk() -> dict[str, dict[str, Any]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _same_letters(text: str) -> str:
    """The text with each letter in the one form that a message is compared in."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return unicodedata.normalize("NFKC", MARKS.sub("", decomposed))


@lru_cache(maxsize=MOST_REMEMBERED_MESSAGES)
def talk_form(message: str) -> str:
    """A message as small talk is looked for in it.

    In lower case, without apostrophes, with a space for each mark, accents of letters kept.
    """
    text = _same_letters(APOSTROPHES.sub("", message).casefold())
    kept = (char if unicodedata.category(char)[0] in "LNM" else " " for char in text)
    return " ".join("".join(kept).split())
