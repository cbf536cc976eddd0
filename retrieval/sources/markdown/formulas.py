r"""Formulas in LaTeX: rules for the parser of Markdown.

A formula in a line (`$…$`, `\(…\)`) is part of its sentence; one on lines of its own, between
`$$`, in `\[` or in an environment (`\begin{…}`), is read like code.
"""

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from retrieval.sources.markdown.markers.line_marker import line_at

ENVIRONMENT = re.compile(r"\\begin\{([a-z]{1,20}\*?)\}")
BRACKETED = re.compile(r"\\(?:\((?P<round>[^\n]{1,300}?)\\\)|\[(?P<square>[^\n]{1,300}?)\\\])")
# Without any of these, only the brackets are written so: `\[optional\]`.
SIGN = re.compile(r"\\[A-Za-z]{2}|\^|^\s*[A-Za-z]\s*$")
INTERRUPTS: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}


def formulas(md: MarkdownIt, in_line: Callable[[StateInline, bool], bool]) -> None:
    """Teach a parser formulas as blocks (tokens `fence`) and those in a line, by that rule."""

    def formula_in_line(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
        if state.src[state.pos] == "\\":
            return _bracketed(state, silent=silent)
        if state.src[state.pos] != "$":
            return False
        closing = state.src.find("$", state.pos + 2)
        between = state.src[state.pos : closing]
        is_variable = "`" in between or "**" in between  # of a shell, and code or bold beside it
        return closing >= 0 and not is_variable and in_line(state, silent)

    md.inline.ruler.before("escape", "math_inline", formula_in_line)
    md.block.ruler.before("fence", "formula", _formula, INTERRUPTS)


def _bracketed(state: StateInline, *, silent: bool) -> bool:
    match = BRACKETED.match(state.src, state.pos)
    latex = (match["round"] or match["square"]) if match else ""
    is_box = match is not None and match["square"] in ("x", "X")
    if match is None or is_box or not SIGN.search(latex):
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = latex, "$"
    state.pos = match.end()
    return True


def _formula(state: StateBlock, start: int, last: int, silent: bool) -> bool:  # noqa: FBT001
    line = line_at(state, start)
    closing = None if state.is_code_block(start) else _closing(line)
    unclosed = f"no end of {closing}"
    if closing is None or unclosed in state.env:
        return False
    behind = start + 1
    if len(line) <= len(closing) or not line.endswith(closing):
        numbers = (n for n in range(behind, last) if line_at(state, n).endswith(closing))
        end = next(numbers, None)
        if end is None:  # noted, so that a text is searched once, and not from each opening
            state.env[unclosed] = True
            return False
        behind = end + 1
    if not silent:
        token = state.push("fence", "code", 0)
        token.content = state.getLines(start, behind, state.blkIndent, keepLastLF=True)
        token.map = [start, behind]
        state.line = behind
    return True


def _closing(line: str) -> str | None:
    """What ends the formula that a line opens; None if it opens none."""
    if line.startswith("$$"):
        return "$$"
    if line == "\\[":
        return "\\]"
    environment = ENVIRONMENT.match(line)
    return f"\\end{{{environment[1]}}}" if environment else None
