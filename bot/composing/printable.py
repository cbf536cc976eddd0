"""Text without the control characters that would steer a terminal."""

import re

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without control and direction characters; line ends and tabs stay."""
    return CONTROL.sub("", text)
