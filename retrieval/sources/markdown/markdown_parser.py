"""The parser of Markdown with what its dialects add.

GitHub's tables, struck text, task lists, alerts and footnotes; definition lists; admonitions and
tabs of MkDocs; roles of MyST; wiki links; formulas; lines and tags of site generators. Bare
addresses need no rule, since they read as they are written.
"""

import re
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath.index import math_inline_dollar
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_ref

from retrieval.sources.markdown.formulas import formulas
from retrieval.sources.markdown.html_tags import TAG
from retrieval.sources.markdown.inline_dialects import BOOKS, inline_dialects
from retrieval.sources.markdown.line_kinds import with_indented_chunks
from retrieval.sources.markdown.markers.forum_tags import forum_tags
from retrieval.sources.markdown.markers.line_marker import line_at
from retrieval.sources.markdown.markers.marker_lines import marker_lines
from retrieval.sources.markdown.markers.template_tags import without_tags
from retrieval.sources.markdown.markers.titled_line import titled_line

MDX = ".mdx"
DEEPEST_NESTING = 60
MOST_BRACKETS = 200  # of a paragraph, before anybody counts how deep they are
DEEPEST_BRACKETS = 8
BRACKETS = re.compile(r"(\\.|[\[\]])", re.DOTALL)
TAB_INDENT = 4
TAB = re.compile(r"""===[!+]{0,2}[ \t]+(?:"([^"]*)"|'([^']*)')""")
WIKI_LINK = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\](?!\()")
PARTS = re.compile(r" *#+\^? *")
UNKNOWN_REFERENCE = re.compile(r"\[([^\[\]]{0,300})\]\[[\w.:/#\s`-]{0,200}\](?![\[(])")
CALLOUT = re.compile(r"\[![\w-]{1,40}(?:[| ][^\]\n]{0,300})?\][+-]?([^\n]*)(?:\n|$)")
# Comments, and names of paragraphs, of Obsidian; kramdown's list that becomes the contents.
HIDDEN = re.compile(r"%%[^%\n]{1,1000}%%|(?<=[ \n])\^[a-z0-9-]{1,60}(?=$)")
CONTENTS = re.compile(r"^[^\n]{0,200}\n\{:[ ]?(?:no_)?toc[^}\n]{0,80}\}[ ]*$")
# The end of a link around several paragraphs, as programs write it that clip pages of the web.
LINK_ENDS = re.compile(r"^\]\((?:[^()\s]|\([^()\s]{0,300}\)){1,2000}\)[ ]*")
ESCAPED_CODE = re.compile(r"(?<![\w:]):[a-z]{1,20}(?:\\_[a-z]{1,20}){1,6}:")
NOTHING = "&#xNAN;"  # by which GitBook marks that a line begins where it does
HINTS = re.compile(r"%%|\^|\{:")  # without any of them neither is there
FENCES = re.compile(r"^[ \t]*:{3,}(?!:).*$", re.MULTILINE)  # below HTML, without an empty line
# The dash before a name that a tag stood for: `“Bees fly.” - {{ "ada" | link }}`.
LOST_NAME = re.compile(r"(?<=[^\s|-])[ \t]{1,3}[-–—]{1,3}[ \t]*$", re.MULTILINE)
XML_TAG = re.compile(r"</?[A-Za-z]\w*:[A-Za-z][\w.-]*(?=[\s/>])")
EMBEDDED = re.compile(r"<%[^%\n]{0,500}%>")
NOTE_REFERENCE = re.compile(r"\[\^[^\s\]]{1,200}\]")
INLINE_NOTE = re.compile(r"\^\[([^\[\]\n]{1,2000})\]")


def parse_markdown(lines: list[str], ending: str = ".md") -> list[Token]:
    """The tokens of a text in Markdown, from a file of that ending.

    In MDX, `{…}` are expressions; in Quarto and R Markdown, `[@key]` is a citation.
    """
    shown = with_indented_chunks(lines) if ending in BOOKS else lines
    return _parser(is_mdx=ending == MDX).parse("\n".join(shown), {"ending": ending})


def parse_words(text: str) -> list[Token]:
    """The tokens of words that stand in no paragraph, such as the title of a tab."""
    (line,) = _parser(is_mdx=False).parseInline(text, {"ending": ".md"})
    return line.children or []


class _Parser(MarkdownIt):
    """A parser that leaves the addresses of links as they are, since only their words are read."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802  # the library's name
        return url


@cache
def _parser(*, is_mdx: bool) -> MarkdownIt:
    options = {
        "tasklists": True,
        "alerts": True,
        "strikethrough_single_tilde": True,
        "maxNesting": DEEPEST_NESTING,
    }
    md = _Parser("commonmark", options).enable(["table", "strikethrough"])
    md.disable("text_join")  # which would make what is escaped look like markup
    if is_mdx:
        md.disable("code")  # what is indented there is in a component
    # Notes in the line (`^[…]`) have a rule here, and references to notes are bounded: the
    # plugin's own rules take quadratic time.
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.inline.ruler.at("footnote_ref", _note_reference)
    md.use(deflist_plugin).use(admon_plugin)
    marker_lines(md)
    titled_line(md)
    formulas(md, math_inline_dollar(allow_space=False, allow_digits=False, allow_double=True))
    inline_dialects(md)
    forum_tags(md)
    md.block.ruler.before("fence", "tab", _tab, {"alt": ["paragraph", "reference", "list"]})
    md.inline.ruler.before("link", "wiki_link", _wiki_link)
    md.inline.ruler.before("link", "inline_note", _inline_note)
    md.inline.ruler.before("autolink", "component_tag", _component_tag)
    md.inline.ruler.after("footnote_ref", "unknown_reference", _unknown_reference)
    md.core.ruler.before("inline", "template_tags", _drop_template_tags)
    md.core.ruler.before("inline", "callouts", _read_callouts)
    md.core.ruler.before("inline", "link_ends", _drop_link_ends)
    md.core.ruler.before("inline", "brackets", _escape_brackets)
    return md


def _drop_template_tags(state: StateCore) -> None:
    """Before words are looked at, so that a link whose address is a template is a link."""
    for token in state.tokens:
        if token.type == "inline" and HINTS.search(token.content):
            token.content = CONTENTS.sub("", HIDDEN.sub("", token.content))
        if token.type == "inline":
            token.content = ESCAPED_CODE.sub(_unescaped, token.content).replace(NOTHING, "")
        if token.type in ("inline", "html_block"):
            if token.type == "html_block" and ":::" in token.content:
                token.content = FENCES.sub("", token.content)
            shown = without_tags(token.content, is_mdx=state.env["ending"] == MDX)
            token.content = shown if shown == token.content else LOST_NAME.sub("", shown)


def _unescaped(code: re.Match[str]) -> str:
    return code.group().replace("\\", "")


def _drop_link_ends(state: StateCore) -> None:
    """Before words are looked at, since no link of Markdown goes on in another paragraph."""
    lines = [token for token in state.tokens if token.type == "inline"]
    for before, line in pairwise(lines):
        if line.content.startswith("](") and (end := LINK_ENDS.match(line.content)):
            line.content = line.content[end.end() :]
            before.content = before.content.removesuffix("[")


def _escape_brackets(state: StateCore) -> None:
    """Make brackets plain that only cost time: those too deep, or never closed, among many."""
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") > MOST_BRACKETS:
            token.content = _without_deep_brackets(token.content)


def _without_deep_brackets(text: str) -> str:
    parts = BRACKETS.split(text)
    opened: list[int] = []
    closed: set[int] = set()
    for number, part in enumerate(parts):
        if part == "[":
            opened.append(number)
        elif part == "]" and opened:
            closed |= {opened.pop(), number}
    depth = 0
    for number, part in enumerate(parts):
        if number in closed:
            depth += 1 if part == "[" else -1
        if part == "[" and (number not in closed or depth > DEEPEST_BRACKETS):
            parts[number] = "\\["
    return "".join(parts)


def _read_callouts(state: StateCore) -> None:
    """A quotation that opens with `[!tip] Title` is a box, with or without a title.

    So is a paragraph behind others in it.
    """
    quotations: list[Token] = []
    for token in state.tokens:
        if token.type == "blockquote_open":
            quotations.append(token)
        elif token.type == "blockquote_close":
            quotations.pop()
        elif quotations and token.type == "inline":
            if match := CALLOUT.match(token.content):
                quotations[-1].meta.setdefault("title", match[1].strip())
                token.content = token.content[match.end() :]
            quotations[-1].meta.setdefault("title", "")


def _tab(state: StateBlock, start: int, last: int, silent: bool) -> bool:  # noqa: FBT001
    """MkDocs' `=== "Title"` over lines that are indented by four."""
    match = None if state.is_code_block(start) else TAB.fullmatch(line_at(state, start))
    if match is None or silent:
        return match is not None
    behind = start + 1
    inside = state.blkIndent + TAB_INDENT
    while behind < last and (state.isEmpty(behind) or state.sCount[behind] >= inside):
        behind += 1
    token = state.push("tab_open", "div", 1)
    token.meta = {"title": match[1] or match[2] or ""}
    token.map = [start, behind]
    before = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = inside, behind, "tab"
    state.md.block.tokenize(state, start + 1, behind)
    state.blkIndent, state.lineMax, state.parentType = before
    state.push("tab_close", "div", -1)
    state.line = behind
    return True


def _wiki_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[[page|words]]` reads as its words, `[[page#part]]` as both; `![[file]]` shows a file."""
    if state.src[state.pos] not in "[!":
        return False
    match = WIKI_LINK.match(state.src, state.pos)
    if match is None:
        return False
    if not silent and match[1]:
        state.push("image", "img", 0)
    elif not silent:
        token = state.push("text_special", "", 0)
        token.content = match[3] or " > ".join(filter(None, PARTS.split(match[2])))
        token.content = token.content.strip()
    state.pos = match.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    match = INLINE_NOTE.match(state.src, state.pos) if state.src[state.pos] == "^" else None
    if match is None:
        return False
    if not silent:
        token = state.push("inline_note", "", 0)
        token.content = match[1].strip()
    state.pos = match.end()
    return True


def _note_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[^label]`, also where no note has that label."""
    found = NOTE_REFERENCE.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    return found is not None and footnote_ref(state, silent, always_match=True)


def _unknown_reference(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """`[words][page]` whose address another file or the generator knows reads as its words."""
    start = state.pos
    match = UNKNOWN_REFERENCE.match(state.src, start) if state.src[start] == "[" else None
    is_index = start > 0 and (state.src[start - 1].isalnum() or state.src[start - 1] in "])")
    if match is None or is_index or match[1].isdigit():
        return False
    if not silent:
        last = state.posMax
        state.pos, state.posMax = match.span(1)
        state.md.inline.tokenize(state)
        state.posMax = last
    state.pos = match.end()
    return True


def _component_tag(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """A tag that is none of HTML: with values in braces, as MDX has them, of ERB, EJS, or XML.

    Word and Confluence leave tags of XML (`<o:p>`, `<ac:link>`), which are no addresses.
    """
    if state.src[state.pos] != "<":
        return False
    match = EMBEDDED.match(state.src, state.pos) or TAG.match(state.src, state.pos)
    if match is None:
        return False
    tag = match.group()
    if not ("{" in tag or tag.startswith("<%") or XML_TAG.match(tag)):
        return False
    if not silent:
        token = state.push("html_inline", "", 0)
        token.content = tag
    state.pos = match.end()
    return True
