"""How does a sentence stand in its text: does it lean on another one, does it say anything?"""

import re

from retrieval.languages import Language

OPENING = re.compile(r"^[\W_]+")


def leans(sentence: str, language: Language) -> bool:
    """Whether the sentence is understood only with the one before it ("This move …")."""
    return bool(language.leaning.match(OPENING.sub("", sentence)))


def is_filler(sentence: str, language: Language) -> bool:
    """Whether it greets, announces or asks, and says nothing of its subject."""
    return bool(language.filler.search(OPENING.sub("", sentence).casefold().replace("’", "'")))
