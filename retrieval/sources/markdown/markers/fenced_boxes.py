"""Lines that open and close a box of text: fences of colons or slashes, with the box's title."""

import re

from markdown_it.rules_block import StateBlock

from retrieval.sources.markdown.markers.line_marker import (
    LEFT_OUT,
    MOST_LINES_OF_A_COMPONENT,
    NAMED_TITLE,
    Marker,
    closing_line,
    line_at,
    scope,
)

COLONS = re.compile(r":{3,}[ \t]*(?P<name>[^\s\[{:]*)(?P<title>.*)")
# Nuxt's `::note{icon="x"}`, whose values may stand below it between rules, and `:more{to="/x"}`.
COLON_PAIR = re.compile(
    r"::(?P<name>[a-z][\w-]{0,60})?(?P<values>\{.*\})?|:[a-z][\w-]{0,60}\{.*\}"
)
VALUE_OF_TITLE = re.compile(r"""title:[ \t]+["']?(.+?)["']?""")
CLOSED_COLONS = re.compile(r":{3,}$")
SLASHES = re.compile(r"(?P<fence>/{3,})(?:[ \t]+(?P<name>[\w-]+)(?:[ \t]*\|(?P<title>.*))?)?")
OPTION_OF_SLASHES = re.compile(r"[\w-]{1,40}:(?:[ \t].*)?")
UNTITLED = ("html", "caption", "figure-caption", "table-caption", "define")
OPTION = re.compile(r":[\w-]{1,40}:(?:[ \t].*)?")  # of a directive of MyST, below its first line
VALUES = re.compile(r"""(?:[ \t]*[\w-]+=(?:"[^"]*"|'[^']*'))+[ \t]*""")
BRACED = re.compile(r"\{[^{}]*\}")


def colons(state: StateBlock, start: int, last: int) -> Marker | None:
    """`:::note Title`, of Docusaurus, Pandoc and MyST."""
    match = COLONS.fullmatch(line_at(state, start))
    if match is None:
        return None
    behind = start + 1
    if match["name"].lower() in LEFT_OUT:
        number = closing_line(state, range(behind, last), CLOSED_COLONS)
        return Marker(behind if number is None else number + 1)
    if match["title"].startswith("{"):
        while behind < last and OPTION.fullmatch(line_at(state, behind)):
            behind += 1
    if match["title"].endswith(":::") or match["name"].endswith(":::"):
        return Marker(behind)  # `:::image source="x.png":::`, of Microsoft
    named = NAMED_TITLE.search(match["title"])
    title = (named[1] or named[2] or "") if named else BRACED.sub("", match["title"])
    title = "" if VALUES.fullmatch(title) else title
    opens = bool(match["name"] or match["title"].strip())
    return scope(behind, ":::", opens=opens, title=title.strip(" \t[]\"'"))


def pair_of_colons(state: StateBlock, start: int, last: int) -> Marker | None:
    """`::note` up to `::`, or `:more{…}` alone, of Nuxt."""
    line = line_at(state, start)
    match = COLON_PAIR.fullmatch(line)
    if match is None or not line.startswith("::"):
        return Marker(start + 1) if match else None
    named = NAMED_TITLE.search(match["values"] or "")
    title = (named[1] or named[2] or "") if named else ""
    behind = start + 1
    if match["name"] and behind < last and line_at(state, behind) == "---":
        lines = range(behind + 1, min(last, behind + MOST_LINES_OF_A_COMPONENT))
        closing = next((n for n in lines if line_at(state, n) == "---"), start)
        values = (VALUE_OF_TITLE.fullmatch(line_at(state, n)) for n in range(behind, closing))
        title = next((value[1] for value in values if value), title)
        behind = closing + 1
    return scope(behind, "::", opens=bool(match["name"]), title=title)


def slashes(state: StateBlock, start: int, last: int) -> Marker | None:
    """`/// note | Title` up to `///`, with options below it that are indented; of MkDocs."""
    match = SLASHES.fullmatch(line_at(state, start))
    if match is None:
        return None
    behind = start + 1
    inside = state.sCount[start] + 4
    while match["name"] and behind < last and state.sCount[behind] >= inside:
        if not OPTION_OF_SLASHES.fullmatch(line_at(state, behind)):
            break
        behind += 1
    title = "" if match["name"] in UNTITLED else (match["title"] or "").strip()
    return scope(behind, match["fence"], opens=bool(match["name"]), title=title)
