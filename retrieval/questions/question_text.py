"""The text of a question: on one line, and no longer than the longest question that is read."""

import re

LONGEST_QUESTION = 4096  # characters, as many as a message has; what is beyond them is not read
UNSHOWN = re.compile(
    r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069]+"
)


def question_text(text: str) -> str:
    """What is read of a question that may be of any length and hold anything."""
    return clean(text)[:LONGEST_QUESTION]


def is_too_long(text: str) -> bool:
    """Whether only the beginning of a question is read."""
    return len(clean(text)) > LONGEST_QUESTION


def clean(text: str) -> str:
    """The text on one line, without control characters, direction marks and lone surrogates."""
    return " ".join(UNSHOWN.sub(" ", text).split())
