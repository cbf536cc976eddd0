"""Numbers in digits, in articles and questions, however they are written.

`10,000`, `10.000`, `10 000` and `10'000` are one number; so are `½`, `1/2` and `0.5`. Words for
numbers ("half", "two") are in the languages' files.
"""

import re
import unicodedata

SPACES = " \u00a0\u2007\u2009\u202f"
GROUPING = f"{SPACES}'’"
# A number in groups of three: not the last digits of a longer one, nor the first of a telephone's.
GROUPED = (
    rf"(?<![\w.,])(?<!\d[{SPACES}])[1-9]\d{{0,2}}(?:[{GROUPING}]\d{{3}})+(?:[.,]\d+)?"
    rf"(?!\w|[{SPACES}]\d)"
)
VERSION = r"(?<!\w)[vV]\d+(?:\.\d+)+"
SEPARATED = r"\d+(?:[.,٫٬]\d+)+"
FRACTION = r"(?<![\w/⁄.,])\d{1,2}[/⁄]\d{1,2}(?![\w/⁄])"
_NUMBER = re.compile(rf"\d+(?:[.,{GROUPING}]\d+)*|[vV]\d+(?:\.\d+)+")
_FRACTION = re.compile(r"(?P<whole>\d*?)(?P<over>\d{1,2})[/⁄](?P<under>\d{1,2})")
_VULGAR = re.compile(r"(\d*)([¼-¾⅐-⅞])")
_DIGIT = re.compile(r"\d")
_ENDS_IN_ZERO = re.compile(r"(?<=\d)\.0+$|(?<=\.\d)0+$|(?<=\.\d\d)0+$")
_SEPARATOR = re.compile(r"[.,]")
EXACT = frozenset({2, 4, 5, 8, 10})  # what these divide is written with few decimals
_UNIT = re.compile(
    r"(\d+)((?:[kmµnc]|)g|[kmcnµ]?m|m?l|cl|dl|hl|ha|[kmg]?w|[kmgt]wh|k?v|m?ah|[kmg]?hz|"
    r"[kmgtp]i?b|[kmg]b(?:it|ps)|bit|byte|min|sec|[mnµ]s|px|pt|dpi|ppi|rpm|bar|psi|[hk]?pa|"
    r"mph|km/?h|kph|lbs?|oz|ft|yd|mi|k?cal|kj|db|lm|ccm|qm|t|h|€|eur|usd|chf|gbp)",
    re.IGNORECASE,
)

# Digits that number or name something and are no quantity: an entry of a list, "(3)", "[3]",
# "§ 3", "No. 3", "n. 297", "comma 3", "May 1st", "Oak Street 12", "12 Oak Street".
LABELS = (
    r"\A\s*\d{1,3}[.)] |\(\d{1,3}[a-z]?\)|\[\d{1,3}\]|§+ ?\d+\w?|"
    r"\b(?:no|nos|nr|nrn|n|art|abs|fig|abb|tab)\. ?\d+\w?|\bn[º°]\.? ?\d+\w?|"
    r"\b\d{1,3}(?:st|nd|rd|th)\b|"
    r"\b(?:comma|commi|absatz|lid|articol[oi]|art[ií]culos?|artigos?|artikel) \d+\w?|"
    r"\b\w{0,40}(?:straße|strasse|str\.|gasse|weg|platz|allee|street|road|lane|avenue)"
    r" \d+\w?\b|"
    r"\b\d+\w? (?:\w{1,40} ){1,2}(?:street|road|lane|avenue|st|rd|ave)\b|"
    r"\b(?:rue|via|calle|rua|avenue|улица|ул\.) (?:[\w.]{1,40} ){0,3}\w{1,40},? \d+\w?\b"
)


def without_labels(text: str) -> str:
    """The text with a space for each number that only labels something, as in "§ 3"."""
    if not _DIGIT.search(text):
        return text
    return re.sub(LABELS, " ", text, flags=re.IGNORECASE)


def number_readings(word: str, *, decimal_comma: bool) -> tuple[str, ...]:
    """What number a word may be, the likeliest reading first; none if it is no number.

    A number is digits, with a point before the decimals. `1.250` is 1250 where numbers are written
    with a decimal comma and else 1.25; the other reading comes second. What has more points, as
    versions and dates do, stays as it is. `12,50` may be 12.5 as well, but 2.10 is no 2.1.
    """
    if vulgar := _VULGAR.fullmatch(word):
        return (_with_fraction(vulgar[1], unicodedata.normalize("NFKC", vulgar[2])),)
    found = _digit_readings(word, decimal_comma=decimal_comma)
    if "," in word and len(found) == 1 and _ENDS_IN_ZERO.search(found[0]):
        return (*found, _ENDS_IN_ZERO.sub("", found[0]))
    return found


def _digit_readings(word: str, *, decimal_comma: bool) -> tuple[str, ...]:
    text = plain_digits(unicodedata.normalize("NFKC", word).replace("٫", ".").replace("٬", "'"))
    if not _NUMBER.fullmatch(text):
        return ()
    text = text.lstrip("vV")
    bare = "".join(char for char in text if char not in GROUPING)
    marks = _SEPARATOR.findall(bare)
    if not marks:
        return (bare,)
    if len(set(marks)) == 2:  # both
        return (_with_both(bare, marks[-1]),)
    if len(marks) > 1:
        return (_with_several(bare, marks[0]),)
    whole, _, rest = bare.partition(marks[0])
    decimal = f"{whole}.{rest}"
    if len(rest) != 3 or len(whole) > 3 or whole.startswith("0") or bare != text:
        return (decimal,)
    is_likelier = marks[0] == ("." if decimal_comma else ",")
    return (whole + rest, decimal) if is_likelier else (decimal, whole + rest)


def decimal_of_fraction(word: str) -> str | None:
    """`0.5` for `1/2`; None for what is no proper fraction."""
    found = _FRACTION.fullmatch(plain_digits(word))
    if found is None or not 0 < int(found["over"]) < int(found["under"]) <= max(EXACT):
        return None
    return _with_fraction("", f"{found['over']}⁄{found['under']}")


def number_and_unit(word: str) -> tuple[str, str] | None:
    """`5` and `kg` for `5kg`; None for other words."""
    found = _UNIT.fullmatch(word)
    return (found[1], found[2]) if found else None


def plain_digits(text: str) -> str:
    """The text with the digits of all scripts as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _with_several(text: str, mark: str) -> str:
    """The number with two or more of one mark: groups of digits, or a version or a date."""
    first, *groups = text.split(mark)
    in_thousands = len(first) <= 3 and all(len(group) == 3 for group in groups)
    in_lakhs = mark == "," and len(groups[-1]) == 3
    return "".join((first, *groups)) if in_thousands or in_lakhs else text


def _with_both(text: str, decimal_mark: str) -> str:
    """The number with points and commas, of which the last is before the decimals."""
    whole, _, decimals = text.rpartition(decimal_mark)
    return re.sub(r"[.,]", "", whole) + "." + decimals


def _with_fraction(whole: str, fraction: str) -> str:
    over, under = map(int, fraction.split("⁄"))
    if under not in EXACT:
        return f"{whole} {over}/{under}".strip()
    decimals = f"{over / under:g}".removeprefix("0")
    return (plain_digits(whole) or "0") + decimals
