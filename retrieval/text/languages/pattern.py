"""Patterns: regular expressions of a language, compiled when they are first used."""

import re
from functools import cached_property

MOST_ROUNDS = 3


class Pattern:
    """A regular expression without regard to case, compiled when it is first used.

    An empty one matches nothing. Compiling all of a language would take longer than an answer.
    """

    def __init__(self, text: str) -> None:
        self.text = text.replace("\n", "")

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.text or "(?!)", re.IGNORECASE)

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


NOTHING = Pattern("")
# What joins the subjects of a topic in any language.
JOINING = Pattern(r"[,;、，；]|(?<!\S)[&+/](?!\S)")
