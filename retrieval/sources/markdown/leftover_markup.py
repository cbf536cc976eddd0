"""Markup that a reader would see: what no rule of the dialects has taken for markup."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from retrieval.sources.file_kinds import MARKDOWN
from retrieval.sources.markdown.html_tags import BREAKS, COMMENT, COMMENT_END, TAG, pieces
from retrieval.sources.markdown.inline_text import LABEL, without_marks
from retrieval.sources.markdown.markdown_parser import parse_markdown

MOST_IN_A_FILE = 50
LONGEST_SHOWN_MARKUP = 40
CODE_TAGS = frozenset({"code", "pre", "kbd", "samp"})
# Other names in angle brackets stand for something: `<file>`.
TAGS = "|".join((
    *BREAKS, *CODE_TAGS, r"h[1-6]|[abiqsu]|em|strong|span|br|img|sub|sup|small|font|mark|del|ins",
    "table|t[rdh]|[uo]l|li|details|summary|script|style|iframe|input|button|video|audio|svg|abbr|cite|big",
))  # fmt: skip
ESCAPE = "put a backslash before it, or backticks around it, if it is meant"


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece of text that looks like markup, in a line that counts from 0."""

    text: str
    kind: str
    remedy: str
    line: int


KINDS = (
    (re.compile(r"\{[{%][^\n]{0,60}|[^\n{]{0,30}%\}"), "a tag of a template",
     "close it in its own paragraph, or remove it"),
    (re.compile(r"\{[#.][\w-]"), "an attribute list", "close it with } in its line"),
    (re.compile(r"\[[ xX]\]"), "a box of a task list", "write it behind the bullet of a list"),
    (re.compile(r"\]\([^\s)]{0,60}"), "a link", "close its address, without spaces in it"),
    (re.compile(r"(?<!\[)\]\[[^\]\n]{0,60}\]"), "a link", "add the address that it refers to"),
    (re.compile(rf"\[\^(?:{LABEL.pattern})\]"), "a footnote",
     "add its note, a line [^…]: with its text"),
    (re.compile(r"(?<!\*)\*\*(?=[^\s*])|(?<=[^\s*])\*\*(?!\*)"), "bold text",
     "close it with ** in its paragraph"),
    (re.compile(r"~~(?=\S)|(?<=\S)~~"), "struck text", "close it with ~~ in its paragraph"),
    (re.compile(r"(?<!\w)==(?=\w)|(?<=\w)==(?!\w)"), "marked text", "close it with =="),
    (re.compile(r"(?<!\S):::+"), "a box", "write ::: at the beginning of a line"),
    (re.compile(r"^#{1,6}[^\W\d_]"), "a heading", "write a space behind the #"),
    (re.compile(rf"</?(?:{TAGS})[\s/>]|<!--"), "a tag of HTML", "close it with >"),
)  # fmt: skip


def leftover_markup(lines: list[str], ending: str) -> Iterator[Leftover]:
    """What looks like markup in the words of a text, code left out; the first 50 places.

    `ending` is that of its file.
    """
    texts = _texts_of_markdown(lines, ending) if ending in MARKDOWN else enumerate(lines)
    count = 0
    for line, text in texts:
        for found in _leftovers(text, line):
            yield found
            count += 1
            if count == MOST_IN_A_FILE:
                return


def _leftovers(text: str, line: int) -> Iterator[Leftover]:
    """One of each kind: the rest of a line is seen when it is looked at."""
    for pattern, kind, remedy in KINDS:
        if match := pattern.search(text):
            shown = match.group()[:LONGEST_SHOWN_MARKUP].strip()
            yield Leftover(shown, kind, f"{remedy}; {ESCAPE}", line)


def _texts_of_markdown(lines: list[str], ending: str) -> Iterator[tuple[int, str]]:
    """The texts between markup and code, with their lines, and those of HTML."""
    for token in parse_markdown(lines, ending):
        line = token.map[0] if token.map else 0
        if token.type == "inline":
            yield from _texts_of_inline(token, line)
        elif token.type == "html_block":
            yield from _texts_of_html(token.content, line)


def _texts_of_html(html: str, line: int) -> Iterator[tuple[int, str]]:
    """The texts between tags and comments; a comment that does not end is one."""
    opens = html.rfind(COMMENT)
    if opens > html.rfind(COMMENT_END):
        yield line + html.count("\n", 0, opens), COMMENT
    done = open_code = 0
    for piece in pieces(html):
        line += html.count("\n", done, piece.start)
        done = piece.start
        if piece.name in CODE_TAGS:
            open_code = max(0, open_code + (-1 if piece.closes else 1))
        elif not piece.name and not open_code:
            yield line, TAG.sub("", piece.text)


def _texts_of_inline(token: Token, line: int) -> Iterator[tuple[int, str]]:
    children = token.children or []
    unmarked = without_marks(children)
    begins = is_alone = token.level == 1  # and not in a list, where `#word` is a tag
    for number, child in enumerate(children):
        if child.type == "text":  # what is escaped is none
            text = TAG.sub("", unmarked.get(number, child.content))
            yield line, text if begins else text.lstrip("#")
        elif child.type in ("softbreak", "hardbreak"):
            line += 1
        begins = is_alone and child.type == "softbreak"
