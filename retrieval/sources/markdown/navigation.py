"""Tells text that only leads elsewhere: the summary of a book, a site's sidebar, contents."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # plain text is read without a parser of Markdown
    from markdown_it.tree import SyntaxTreeNode

FEWEST_LINKS = 3
BULLET = r"(?:[-*+]|\d{1,3}[.)])[ \t]+"
WORDS = r"(?:[^\[\]\\]|\\.){1,300}"
LINK = re.compile(rf"(?:{BULLET})?(?:\[{WORDS}\]\(([^()]{{0,500}})\)|\[\[{WORDS}\]\])")
OUTSIDE = re.compile(r"\w+:|//")  # an address of another site; that of a draft is empty
BESIDES = re.compile(r"#{1,6}[ \t].*|-{3,}|\*{3,}|<!--.*-->")
PART = re.compile(rf"{BULLET}.+")


def is_navigation(lines: Iterable[str]) -> bool:
    """Whether Markdown is nothing but links to other files, under headings or names of parts.

    A few may lead to other sites.
    """
    inside = outside = 0
    said = [line for line in lines if line.strip()]
    for line, following in pairwise([*said, ""]):
        if link := LINK.fullmatch(line.strip()):
            leads_out = OUTSIDE.match(link[1] or "") is not None
            outside, inside = outside + leads_out, inside + (not leads_out)
        elif not BESIDES.fullmatch(line.strip()) and not _is_part(line, following):
            return False
    return inside >= FEWEST_LINKS * max(1, outside)


def _is_part(line: str, following: str) -> bool:
    """Whether an entry only names the entries below it."""
    is_below = _indent(following) > _indent(line)
    return is_below and PART.fullmatch(line.strip()) is not None


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def is_contents(node: "SyntaxTreeNode") -> bool:
    """Whether a list only leads to places of the same page, which its headings name as well."""
    leads = [one.meta["leads_inside"] for one in node.walk() if one.type == "inline"]
    return len(leads) >= FEWEST_LINKS and all(leads)
