"""What lines that steer a site generator are taken for by the parser of Markdown."""

import re
from dataclasses import dataclass, field

from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock

INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
NAMED_TITLE = re.compile(r"""\b(?:title|label|summary|name)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What a generator draws, or does not show at all.
LEFT_OUT = ("comment", "mermaid", "math", "chart", "capture", "content-ref", "openapi", "swagger")
MOST_LINES_OF_A_COMPONENT = 40


@dataclass(frozen=True, slots=True)
class Marker:
    """Lines that are taken, up to `behind`, and the kind of the token for them, if any."""

    behind: int
    kind: str = ""
    content: str = ""
    meta: dict[str, str] = field(default_factory=dict)


def line_at(state: StateBlock, number: int) -> str:
    """A line without its indent."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()


def closing_line(state: StateBlock, numbers: range, closing: re.Pattern[str]) -> int | None:
    """The first of the lines that closes what was opened before them."""
    key = f"no {closing.pattern}"
    if key in state.env:
        return None
    number = next((n for n in numbers if closing.match(line_at(state, n))), None)
    if number is None:
        state.env[key] = True  # so that a text is searched once, and not from each opening tag
    return number


def scope(behind: int, name: str, *, opens: bool, title: str) -> Marker:
    """The line that opens or closes a box, with its title if it has one."""
    kind = "scope_start" if opens else "scope_end"
    return Marker(behind, kind, meta={"name": name, "title": title})
