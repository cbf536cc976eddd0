"""A line of text between two tags, the first of which names its title: a rule for the parser.

Glossaries and cards are written so: `{{% def name="Drone" %}}A male bee.{{% /def %}}`,
`<Card title="Drone">A male bee.</Card>`.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from retrieval.sources.markdown.markers.line_marker import INTERRUPTS, NAMED_TITLE, line_at

LINE = re.compile(
    r"(?P<opening>\{(?:\{[%<]|%-?)\s*(?P<name>\w+)\s[^{}]{1,1000}\}{1,2}"
    r"|<(?P<tag>[A-Z]\w*)\s[^<>]{1,1000}>)"
    r"[ \t]*(?P<text>[^\s{<].*)"
    r"(?:\{(?:\{[%<]\s*/|%-?\s*end)\s*(?P=name)\b[^{}]{0,20}\}{1,2}|</(?P=tag)>)"
)
OPENINGS = ("{{%", "{{<", "{%", "<")


def titled_line(md: MarkdownIt) -> None:
    """Teach a parser such lines, as a paragraph between `scope_start` and `scope_end`."""
    md.block.ruler.before("fence", "titled_line", _titled_line, INTERRUPTS)


def _titled_line(state: StateBlock, start: int, _: int, silent: bool) -> bool:  # noqa: FBT001
    line = line_at(state, start)
    match = None
    if line.startswith(OPENINGS) and not state.is_code_block(start):
        match = LINE.fullmatch(line)
    title = NAMED_TITLE.search(match["opening"]) if match else None
    if match is None or title is None or silent:
        return title is not None
    name = match["name"] or match["tag"]
    state.push("scope_start", "", 0).meta = {"name": name, "title": title[1] or title[2] or ""}
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    text = state.push("inline", "", 0)
    text.content, text.children = match["text"].rstrip(), []
    text.map = [start, start + 1]
    state.push("paragraph_close", "p", -1)
    state.push("scope_end", "", 0).meta = {"name": name, "title": ""}
    state.line = start + 1
    return True
