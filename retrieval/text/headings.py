"""Headings: what of them names the subject."""

import re

SUBTITLE = re.compile(r"\s*(?:[:：]\s|\s[-–—]\s).*$", re.DOTALL)
# "2. Results", "2.1 Results", "IV. Results"; not "3 ways to …".
ENUMERATION = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|[IVX]{1,5}\.)\s+(?=\S)"
)


# "Step 1", "Chapter IV": it needs what stands behind its colon.
NUMBERED_PART = re.compile(r"[^\W\d]+ (?:\d{1,3}|[IVX]{1,5})")


def label(heading: str) -> str:
    """A heading without its number and without what stands behind a colon or a dash."""
    text = heading.strip().rstrip(":： ")
    numbered = ENUMERATION.match(text)
    text = text[numbered.end() :] if numbered else text
    name = SUBTITLE.sub("", text).strip()
    return text if not name or NUMBERED_PART.fullmatch(name) else name
