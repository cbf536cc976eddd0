"""Patterns: regular expressions of a language, compiled when they are first used."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property

MOST_ROUNDS = 3
ESCAPED = re.compile(r"\\.")
# A class of characters, or a word of three letters or more, or one before another ("à quelle"):
# shorter ones alone often differ by nothing but the accent ("où" and "ou", "él" and "el").
CLASS_OR_WORD = re.compile(r"\[[^\]]*\]|(?<!\\)[^\W\d_](?:[^\W\d_]{2,}|[^\W\d_]?(?= [^\W\d_]))")
# Letters that people type as others and that have no accent to take off.
TYPED = {"ß": "(?:ß|ss)", "œ": "(?:œ|oe)", "ł": "[lł]", "ı": "[iı]"}
PIECE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()|]")


class Pattern:
    """A regular expression without regard to case, compiled when it is first used.

    Of several alternatives any may match; an empty pattern matches nothing. Compiling all of a
    language would take longer than an answer.
    """

    def __init__(self, *alternatives: str) -> None:
        self._given = alternatives

    @cached_property
    def _alternatives(self) -> list[str]:
        return [text.replace("\n", "") for text in self._given]

    @cached_property
    def text(self) -> str:
        """The expression."""
        return _joined(self._alternatives)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text or "(?!)", re.IGNORECASE)

    @cached_property
    def _lowered(self) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
        """What matches at the start of a text in lower case, and what anywhere in it.

        None if the pattern tells capitals from small letters.
        """
        plain = ESCAPED.sub("", self.text)
        if plain != plain.lower() or "(?-" in plain:
            return None
        at_start = [text for text in self._alternatives if _is_anchored(text)]
        anywhere = [text for text in self._alternatives if text not in at_start]
        return re.compile(_joined(at_start) or "(?!)"), re.compile(_joined(anywhere) or "(?!)")

    def is_in(self, text: str) -> bool:
        """Whether it matches anywhere in the text; takes a third of the time of `search`."""
        if self._lowered is None:
            return self.search(text) is not None
        at_start, anywhere = self._lowered
        small = text.lower()
        return at_start.match(small) is not None or anywhere.search(small) is not None

    def search(self, text: str) -> re.Match[str] | None:
        """The first match anywhere in the text."""
        return self._compiled.search(text)

    def match(self, text: str) -> re.Match[str] | None:
        """The match at the start of the text."""
        return self._compiled.match(text)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return self._compiled.fullmatch(text)

    def all(self, text: str) -> list[re.Match[str]]:
        """The matches in the text, from its start on."""
        return list(self._compiled.finditer(text))

    def remove(self, text: str) -> str:
        """The text without its matches."""
        return self._compiled.sub("", text)

    def split(self, text: str) -> list[str]:
        """What stands before, between and behind the matches."""
        ends = [(match.start(), match.end()) for match in self.all(text)]
        starts = [0, *(end for _, end in ends)]
        return [text[a:b] for a, b in zip(starts, [*(s for s, _ in ends), len(text)], strict=True)]

    def blank(self, text: str) -> str:
        """The text with a space for each of its matches, and for those that this brings about."""
        for _ in range(MOST_ROUNDS):
            before, text = text, self._compiled.sub(" ", text)
            if text == before:
                break
        return text


class AskingPattern(Pattern):
    """A pattern that is tried on what somebody types, who may leave out the accents of words."""

    @cached_property
    def _alternatives(self) -> list[str]:
        return [_with_optional_accents(text.replace("\n", "")) for text in self._given]


class OutlinedPattern(AskingPattern):
    """A pattern with long parts, such as `{it}`: compiled where it matches with anything for them.

    Few messages do, and without its parts it is compiled in a tenth of the time.
    """

    def __init__(self, expression: str, parts: Mapping[str, str]) -> None:
        super().__init__(filled(expression, parts))
        self._outline = AskingPattern(filled(expression, dict.fromkeys(parts, "(?s:.*)")))

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The match of the whole text."""
        return super().fullmatch(text) if self._outline.fullmatch(text) else None


def filled(expression: str, parts: Mapping[str, str]) -> str:
    """The expression with parts in the place of their names, such as `{numbers}`."""
    for name, part in parts.items():
        expression = expression.replace(f"{{{name}}}", part)
    return expression


def _with_optional_accents(expression: str) -> str:
    """The expression with `cu[aá]ndo` for `cuándo`."""
    if expression.isascii():
        return expression
    return CLASS_OR_WORD.sub(lambda match: _unaccented(match[0]), expression)


def _unaccented(word: str) -> str:
    is_plain = word.startswith("[") or word.isascii()
    return word if is_plain else "".join(map(_optional, word))


def _optional(letter: str) -> str:
    if letter in TYPED:
        return TYPED[letter]
    plain = unicodedata.normalize("NFD", letter)[0]
    return f"[{plain}{letter}]" if plain != letter and plain.isascii() else letter


def _joined(alternatives: Sequence[str]) -> str:
    """One expression, of several whichever matches."""
    return (
        alternatives[0] if len(alternatives) == 1 else "|".join(f"(?:{a})" for a in alternatives)
    )


def _is_anchored(expression: str) -> bool:
    """Whether it surely matches only at the start of a text."""
    depth = 0
    for piece in PIECE.findall(expression):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "|" and depth == 0:
            return False
    return expression.startswith("^")


NOTHING = AskingPattern("")
# What joins the subjects of a topic in any language.
JOINING = Pattern(r"[,;、，；]|(?<!\S)[&+/](?!\S)")
