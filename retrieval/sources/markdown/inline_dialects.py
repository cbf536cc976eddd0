"""Marks inside of words and lines that some dialects have: rules for the parser of Markdown.

Pandoc's and MkDocs' `H~2~O` and `m^2^`, keys (`++ctrl+k++`), roles of MyST and
reStructuredText (``{ref}`words <label>` ``), images with a size (`![plan](plan.png =400x300)`),
and citations.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from retrieval.sources.markdown.inline_text import raised

SUBSCRIPT = re.compile(r"~([^\s~]{1,20})~(?!~)")
SUPERSCRIPT = re.compile(r"\^([^\s^\[\]]{1,20})\^")
KEYS = re.compile(r"\+\+([\w\"-]{1,20}(?:\+[\w\"-]{1,20}){0,5})\+\+(?![\w+])")
ROLE = re.compile(
    r"(?:\{(?P<myst>[a-z][\w:+-]{0,40})\}|:(?P<rest>(?:[a-z]{1,10}:)?(?:ref|doc|term|abbr|numref|any|"
    r"download|class|func|meth|mod|attr|data|exc|obj|file|guilabel|menuselection|kbd|command|"
    r"option|envvar|program|samp|code|sub|sup|math|setting|ticket|djadmin|rst:dir)):)"
    r"(?P<ticks>`+)(?P<content>[^`]{1,1000})(?P=ticks)(?!`)"
)
SIZED_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^\s()]{1,1000} {1,3}=\d{0,5}%?(?:x\d{0,5}%?)?\)")
# Pandoc's key of a book, which has its year: `[see @doe1999, p. 3]`; `[@doe]` is a person.
CITATION = re.compile(
    r"\[[^\[\]\n@]{0,60}@[A-Za-z]\w{0,60}(?:19|20)\d\d\w{0,60}[^\[\]\n]{0,200}\]"
)
TARGET = re.compile(r"\s*<[^<>]*>$")
ICONS = re.compile(r"octicon|material-\w+|fa[a-z]?|fas-\w+")


def inline_dialects(md: MarkdownIt) -> None:
    """Teach a parser these marks, as tokens of text."""
    md.inline.ruler.before("strikethrough", "subscript", _subscript)
    md.inline.ruler.before("strikethrough", "superscript", _superscript)
    md.inline.ruler.before("strikethrough", "keys", _keys)
    md.inline.ruler.before("backticks", "role", _role)
    md.inline.ruler.before("image", "sized_image", _sized_image)
    md.inline.ruler.after("link", "citation", _citation)


def _subscript(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = SUBSCRIPT.match(state.src, state.pos) if _is_attached(state, "~") else None
    return _take(state, match[1] if match else "", match, silent=silent)


def _superscript(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = SUPERSCRIPT.match(state.src, state.pos) if _is_attached(state, "^") else None
    return _take(
        state,
        raised(match[1], state.src[max(0, state.pos - 4) : state.pos]) if match else "",
        match,
        silent=silent,
    )


def _is_attached(state: StateInline, mark: str) -> bool:
    """Whether a mark stands right behind a word; elsewhere `~` strikes out."""
    position = state.pos
    before = state.src[position - 1 : position]
    return state.src[position] == mark and (before.isalnum() or before == ")")


def _keys(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    is_free = not state.src[state.pos - 1 : state.pos].isalnum()
    match = KEYS.match(state.src, state.pos) if state.src[state.pos] == "+" and is_free else None
    return _take(state, match[1] if match else "", match, silent=silent)


def _role(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] not in "{:":
        return False
    match = ROLE.match(state.src, state.pos)
    if match is None:
        return False
    is_icon = ICONS.fullmatch(match["myst"] or "") is not None
    words = TARGET.sub("", match["content"]).strip() or match["content"].strip("<> ")
    return _take(state, "" if is_icon else words.lstrip("~!/"), match, silent=silent)


def _sized_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    is_image = state.src[state.pos] == "!"
    match = SIZED_IMAGE.match(state.src, state.pos) if is_image else None
    return _take(state, "", match, silent=silent)


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    is_citation = state.src[state.pos] == "["
    match = CITATION.match(state.src, state.pos) if is_citation else None
    return _take(state, "", match, silent=silent)


def _take(state: StateInline, words: str, match: re.Match[str] | None, *, silent: bool) -> bool:
    if match is None:
        return False
    if not silent and words:
        state.push("text_special", "", 0).content = words
    elif not silent:
        state.push("image", "img", 0)
    state.pos = match.end()
    return True
