"""Marks inside of words and lines that some dialects have: rules for the parser of Markdown.

Pandoc's and MkDocs' `H~2~O` and `m^2^`, keys (`++ctrl+k++`), roles of MyST and
reStructuredText (``{ref}`words <label>` ``), images with a size (`![plan](plan.png =400x300)`);
citations, references (`@sec-bees`) and entries of an index of books.
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
# With a size, or with quotation marks in its title.
SIZED_IMAGE = re.compile(
    r"!\[[^\[\]]{0,300}\]\([^\s()]{1,1000} {1,3}"
    r"(?:=\d{0,5}%?(?:x\d{0,5}%?)?|\"[^\n()]{0,300}\")\)"
)
# Pandoc's key of a book, which has its year: `[see @doe1999, p. 3]`; `[@doe]` is a person.
CITATION = re.compile(
    r"\[[^\[\]\n@]{0,60}@[A-Za-z]\w{0,60}(?:19|20)\d\d\w{0,60}[^\[\]\n]{0,200}\]"
)
BOOKS = (".qmd", ".rmd")
CITATION_OF_BOOK = re.compile(r"\[[^\[\]\n@]{0,60}@[A-Za-z][^\[\]\n]{0,300}\](?![\[(])")
NAMED_CITATION = re.compile(r"@([A-Za-z][A-Za-z-]{0,60}?)[:_-]?((?:19|20)\d\d)\w{0,60}")
CITED_KEY = re.compile(r"@([A-Za-z][\w:-]{0,60})")
# Quarto's `@sec-bees`, bookdown's `\@ref(fig:bees)`, and LaTeX's `\ref{bees}`.
REFERENCE = re.compile(
    r"@(?P<kind>sec|fig|tbl|eq|lst|thm)-(?P<label>\w[\w-]{0,80})"
    r"|\\@?ref[({](?:\w{2,5}:)?(?P<name>[\w:.-]{1,80})[)}]"
)
KINDS = {"sec": "§ ", "fig": "Fig. ", "tbl": "Table ", "eq": "Eq. "}
# What sets a page or makes its index, and shows nothing.
HIDDEN_COMMAND = re.compile(
    r"\\(?:(?:index[a-z]?|label|nocite|[vh]space\*?|(?:this)?pagestyle)"
    r"\{[^{}\n]{0,200}(?:\{[^{}\n]{0,200}\}[^{}\n]{0,200}){0,3}\}"
    r"|(?:newpage|pagebreak|clear(?:double)?page|noindent|(?:big|med|small)skip)\b)"
)
# `:badge[new]{color="x"}` of Nuxt, and words and pictures in colons of Microsoft's pages.
DIRECTIVE = re.compile(
    r"""(?<![\w:]):[a-z][a-z-]{1,30}\[(?P<words>[^\[\]\n]{0,200})\](?:\{[^{}\n]{0,300}\})?"""
    r"""|:::no-loc text="(?P<name>[^"\n]{0,200})":::|:::image\b[^\n]{0,500}?:::"""
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
    md.inline.ruler.before("backticks", "directive", _directive)
    md.inline.ruler.after("link", "citation", _citation)
    md.inline.ruler.before("escape", "reference_of_book", _reference)
    md.inline.ruler.before("escape", "hidden_command", _hidden_command)


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


def _directive(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = DIRECTIVE.match(state.src, state.pos) if state.src[state.pos] == ":" else None
    words = (match["words"] or match["name"] or "") if match else ""
    return _take(state, words, match, silent=silent)


def _sized_image(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    is_image = state.src[state.pos] == "!"
    match = SIZED_IMAGE.match(state.src, state.pos) if is_image else None
    return _take(state, "", match, silent=silent)


def _citation(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    if state.src[state.pos] != "[":
        return False
    pattern = CITATION_OF_BOOK if state.env["ending"] in BOOKS else CITATION
    return _take(state, "", pattern.match(state.src, state.pos), silent=silent)


def _reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A reference by its label, since its number is counted elsewhere."""
    sign, before = state.src[state.pos], state.src[state.pos - 1 : state.pos]
    if sign not in "@\\" or before.isalnum():
        return False
    if match := REFERENCE.match(state.src, state.pos):
        words = KINDS.get(match["kind"], "") + (match["label"] or match["name"])
        return _take(state, words, match, silent=silent)
    if state.env["ending"] not in BOOKS:
        return False
    if match := NAMED_CITATION.match(state.src, state.pos):
        return _take(state, f"{match[1].capitalize()} ({match[2]})", match, silent=silent)
    match = CITED_KEY.match(state.src, state.pos)
    return _take(state, match[1] if match else "", match, silent=silent)


def _hidden_command(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    is_command = state.src[state.pos] == "\\"
    match = HIDDEN_COMMAND.match(state.src, state.pos) if is_command else None
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
