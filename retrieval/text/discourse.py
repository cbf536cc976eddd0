"""How a sentence stands in its text: whether it leans on another, denies, or says nothing."""

import re

from retrieval.text.analysis import plain_lower
from retrieval.text.languages import Language

QUESTION_MARKS = ("?", "？", "؟")
CLOSING = "\"'”’»)*_ "  # what may stand behind the mark that ends a sentence
SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "।", "۔", "؟")
COLONS = (":", "：")
ARROWS = ("→", "⇒", "➔")  # of links: "The whole process →"
DASHES = ("— ", "― ", "-- ")
OPENING = re.compile(r"^[\W_]+")
UNSPACED_LINK = r"[\u3040-\u30ff\u3400-\u9fff]{1,4}[:：,，]?"
LEAD_IN = re.compile(r"(?:[\w'’-]+ ){0,4}[\w'’-]+, ")


def leans(sentence: str, language: Language) -> bool:
    """Whether the sentence is understood only with the one before it ("This move …").

    What leads in up to a comma is passed over: "Beyond energy, they …" leans as well.
    """
    opening = OPENING.sub("", sentence)
    lead_in = LEAD_IN.match(opening)
    rest = opening[lead_in.end() :] if lead_in else ""
    return bool(language.leaning.match(opening) or language.pointing.match(rest))


def moves_on(sentence: str, language: Language) -> bool:
    """Whether the sentence opens another point of several ("In addition, …")."""
    return language.briefing.moving_on.match(sentence) is not None


def asks(sentence: str) -> bool:
    """Whether the sentence is a question."""
    return sentence.rstrip(CLOSING).endswith(QUESTION_MARKS)


def is_closed(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip(CLOSING).endswith(SENTENCE_ENDS)


def leads_in(sentence: str) -> bool:
    """Whether the sentence leads in to what follows it ("Install it with:")."""
    return sentence.endswith(COLONS)


def names_source(text: str) -> bool:
    """Whether it only says who said what stands above it ("— Ada, in her diary")."""
    return text.startswith(DASHES) and not is_closed(text)


def is_filler(sentence: str, language: Language) -> bool:
    """Whether it greets, announces, asks or links, and says nothing of its subject."""
    if sentence.endswith(ARROWS) or names_source(sentence):
        return True
    return language.filler.is_in(plain_lower(OPENING.sub("", sentence)))


def only_links(text: str, language: Language) -> bool:
    """Whether a paragraph only links a formula with what is before it ("where", "所以")."""
    if re.fullmatch(UNSPACED_LINK, text):
        return True
    linking = text.casefold().rstrip(":,").split()
    return bool(linking) and all(word in language.stop_words for word in linking)


def denies(sentence: str, language: Language) -> bool:
    """Whether it denies or forbids something."""
    return language.negation.is_in(sentence) or language.forbids.is_in(sentence)
