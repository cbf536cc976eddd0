"""What a line of Markdown is as a whole: a heading in bold, lines of code, a link to its page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from textwrap import dedent

from markdown_it.token import Token

from retrieval.sources.line_hyphens import LineJoiner
from retrieval.sources.markdown.inline_text import inline_text

# "(back to top)" in HTML, in a paragraph of its own.
LINK_OF_HTML = re.compile(
    r"""(?:<(?:p|div|center)\b[^<>]{0,200}>\s*){0,3}\W{0,3}"""
    r"""<a\s[^<>]{0,200}\bhref=["']?#[^<>]{0,300}>[^<]*</a>\W{0,3}(?:</\w+>\s*){0,3}"""
)
RUST = re.compile(r"[ \t]*rust\b")
OPTIONS = re.compile(r"^[ \t]*(?:#|//|--)\|.*(?:\n|$)", re.MULTILINE)
CHUNK = re.compile(r"([ \t]+)`{3,}\{\w")
# Of MkDocs' plugins and of mdBook.
INCLUSION = re.compile(
    r"^[ \t]*(?:\{!.*!\}|\{\* .*\*\}|-+8<-+.*|\{\{#\w*include\b.*\}\})[ \t]*(?:\n|$)", re.MULTILINE
)
# Of Twoslash: what is above the last cut is only compiled, and so is what is below another one.
TWOSLASH = re.compile(r"\btwoslash\b")
CUT = re.compile(
    r"\A(?:.*\n)*[ \t]*// ---cut(?:-before)?---.*\n|^[ \t]*// ---cut-after---(?:.*\n?)*"
    r"|^[ \t]*//(?: @[A-Za-z]+(?::.*)?| +\^[?|^].*)(?:\n|$)",
    re.MULTILINE,
)
HIDDEN_RUST = re.compile(r"^[ \t]*#(?: .*)?(?:\n|$)", re.MULTILINE)


def read_lines(tokens: Sequence[Token], joiner: LineJoiner | None) -> None:
    """Note in the `meta` of each line what it is and shows, and forget its markup.

    That may be deep, so it has to be gone before a tree is made.
    """
    labels = frozenset(t.meta["label"] for t in tokens if t.type == "footnote_reference_open")
    for line in tokens:
        if line.type == "inline":
            markup = line.children or []
            line.meta["is_bold"] = is_bold(markup)
            line.meta["code"] = lines_of_code(markup)
            line.meta["leads_inside"] = leads_inside(line)
            line.meta["shown"] = inline_text(markup, labels, joiner)
            line.children = None


def is_bold(tokens: Iterable[Token]) -> bool:
    """Whether a paragraph is set in bold as a heading would be, such as a question of a FAQ."""
    shown = dropwhile(_is_sign, tokens)  # "⚠️ **Fire**"
    types = [token.type for token in shown if token.type != "text" or token.content]
    ends = types[:1] == ["strong_open"] and types[-1:] == ["strong_close"]
    return ends and types.count("strong_open") == 1


def lines_of_code(tokens: Iterable[Token]) -> str:
    """The code of a paragraph of nothing but lines of code, as wikis export it; else nothing."""
    said = [token for token in tokens if token.type != "text" or token.content.strip()]
    lines = [token.content.replace("\u00a0", " ") for token in said[::2]]
    is_code = len(lines) > 1 and len(said) == 2 * len(lines) - 1
    is_code = is_code and all(token.type == "code_inline" for token in said[::2])
    is_code = is_code and all(token.type.endswith("break") for token in said[1::2])
    return dedent("\n".join(lines)).strip() if is_code else ""


def leads_inside(line: Token) -> bool:
    """Whether all words of a line are one link to a place of its page: "3.1. [Wax](#wax)"."""
    if is_link_inside(line.content):
        return True
    tokens = line.children or []
    types = [token.type for token in tokens]
    if types.count("link_open") != 1:
        return False
    opens, closes = types.index("link_open"), types.index("link_close")
    around = (*tokens[:opens], *tokens[closes + 1 :])
    is_link = all(token.type == "text" and not _has_letter(token.content) for token in around)
    return is_link and str(tokens[opens].attrs["href"]).startswith("#")


def is_link_inside(html: str) -> bool:
    """Whether HTML is nothing but such a link."""
    return "#" in html and LINK_OF_HTML.fullmatch(html.strip()) is not None


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_sign(token: Token) -> bool:
    return token.type == "text" and not any(map(str.isalnum, token.content))


def with_indented_chunks(lines: Iterable[str]) -> Iterator[str]:
    """Lines of a book that runs its code, which stands as far in as its fence in an entry."""
    indent = ""
    for line in lines:
        opening = CHUNK.match(line)
        is_less = not line.startswith(indent)
        yield indent + line if is_less and line.strip() else line
        if opening is not None:
            indent = opening[1]
        elif line.lstrip().startswith("```"):
            indent = ""


def without_hidden(code: str, language: str) -> str:
    """Code without the lines that are not shown: some of Rust's, options such as `#| echo`.

    Lines that only name files from which the code comes are left out, too.
    """
    code = INCLUSION.sub("", code)
    if language.startswith("{"):  # R Markdown and Quarto run it
        return OPTIONS.sub("", code).strip("\n")
    if TWOSLASH.search(language):
        return CUT.sub("", code).strip("\n")
    return HIDDEN_RUST.sub("", code).strip("\n") if RUST.match(language) else code
