"""Normalises text once, when it is taken in; what is stored is what is cited."""

import re
import unicodedata

INVISIBLE = re.compile(
    "[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffc]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)
NO_BREAK = re.compile("[\u00a0\u202f\u2007\t\v\f]")
LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip


def normalized(text: str) -> str:
    """The text as it is stored.

    Invisible and control characters go, no-break blanks become blanks, Latin ligatures their
    letters, and all is composed (NFC). Quotation marks, dashes, capitals, `½` and `x²` stay what
    they are, which compatibility forms (NFKC) would change.
    """
    text = INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
    text = NO_BREAK.sub(" ", text).translate(LIGATURES)
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """The normalised text with a blank for each run of white space."""
    return " ".join(normalized(text).split())
