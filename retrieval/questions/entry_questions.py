"""Questions about one entry of a list, by its number: "What does the third step say?"."""

from typing import NamedTuple

from retrieval.text.languages import Language


class AskedEntry(NamedTuple):
    """The number of an entry, -1 for the last one, and the question without it.

    `noun` is the question without the number alone: it has "step" where `rest` does not.
    """

    number: int
    rest: str
    noun: str


def asked_entry(question: str, language: Language) -> AskedEntry | None:
    """The entry that a question asks about; None if it asks about none in particular."""
    words = language.list_entries
    for pattern in words.patterns:
        for found in pattern.all(question):
            name = found["n"].casefold()
            number = int(name) if name.isdecimal() else words.numbers.get(name)
            if number:
                return AskedEntry(
                    number,
                    f"{question[: found.start()]} {question[found.end() :]}",
                    f"{question[: found.start('n')]} {question[found.end('n') :]}",
                )
    return None
