"""Tags, texts and comments of HTML, cut in time that grows with its length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

NAME = re.compile(r"</?([A-Za-z][\w:.-]*+)")
# Attributes; values in quotation marks or braces may hold `>`. None of it is tried twice.
TAG = re.compile(
    r"""</?[A-Za-z][\w:.-]*+(?:[^<>"'{}]|"[^"]{0,1000}"|'[^']{0,1000}'|\{[^{}]{0,1000}\})*+>"""
    r"""|</?[A-Za-z][\w:.-]*+[^<>]*+>"""
)
DECLARATION = re.compile(r"<[!?][^<>]{0,500}>")
# Tags that begin a line of their own.
# fmt: off
BREAKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "nav", "aside", "figure",
    "figcaption", "blockquote", "center", "hr", "form", "fieldset", "address", "body", "html",
    "caption", "thead", "tbody", "tfoot", "dl", "dt", "dd",
})
# fmt: on
COMMENT, COMMENT_END = "<!--", "-->"


@dataclass(frozen=True, slots=True)
class HtmlPiece:
    """A text (without a name) or a tag, and where it begins; `closes` is true of `</p>`.

    `mark` is what an entry of a list is shown with, such as `3.` or `b)`, where that is known, and
    the number that a list begins with.
    """

    start: int
    text: str
    name: str = ""
    closes: bool = False
    mark: str = ""


def tag_name(tag: str) -> str:
    """The name of a tag in lower case; empty for a comment."""
    match = NAME.match(tag)
    return match[1].lower() if match else ""


def pieces(html: str) -> Iterator[HtmlPiece]:
    """The texts, entities read, and the tags of HTML; comments are left out.

    A `<` that begins no tag is text. A comment that does not end hides the rest, as browsers do.
    """
    done = position = 0
    while (position := html.find("<", position)) >= 0:
        behind = _tag_end(html, position)
        if behind == position:
            position += 1
            continue
        if position > done:
            yield HtmlPiece(done, unescape(html[done:position]))
        tag = html[position:behind]
        if name := tag_name(tag):
            yield HtmlPiece(position, tag, name, tag.startswith("</"))
        done = position = behind
    if done < len(html):
        yield HtmlPiece(done, unescape(html[done:]))


def _tag_end(html: str, start: int) -> int:
    if html.startswith(COMMENT, start):
        found = html.find(COMMENT_END, start + 2)
        return len(html) if found < 0 else found + len(COMMENT_END)
    match = TAG.match(html, start) or DECLARATION.match(html, start)
    return match.end() if match else start
