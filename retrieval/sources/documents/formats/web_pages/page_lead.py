"""Finds the paragraphs that lead in to an article, which extractors take for a teaser."""

import re
from collections.abc import Sequence
from itertools import islice

from lxml import html

from retrieval.sources.blocks import Block
from retrieval.text.analysis import word_count

FEWEST_WORDS = 8
SAME = 40  # characters
DESCRIPTIONS = "//meta[@name='description' or @property='og:description']/@content"
NAMES = re.compile(
    r"(?<![a-z])(?:intro|lead|lede|chapo|chapeau|standfirst|deck|dek|vorspann|"
    r"anleser|entradilla|bajada|sommario|ingress|subtitle|subheadline)(?![a-z])",
    re.IGNORECASE,
)
OF_PICTURES = re.compile(r"image|photo|picture|media|asset|caption|credit", re.IGNORECASE)
MOST_LEADS = 3
MOST_LINKED = 0.3
ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
# fmt: off
AROUND = frozenset({
    "nav", "aside", "footer", "form", "figure", "figcaption", "li", "table", "button",
    "blockquote",
})
# fmt: on
WHITE = re.compile(r"\s+")


def with_lead(blocks: Sequence[Block], tree: html.HtmlElement) -> list[Block]:
    """The blocks behind the paragraphs between the heading of the page and the first of them."""
    first = next((_bare(b.text) for b in blocks if b.is_paragraph), "")
    known = {_bare(block.text) for block in blocks}
    leads = dict.fromkeys(text for text in _leads(tree, first[:40]) if _bare(text) not in known)
    return [*(Block(text, 0) for text in islice(leads, MOST_LEADS)), *blocks]


def _leads(tree: html.HtmlElement, first: str) -> list[str]:
    """The sentences between the last heading of level one before the article, and that one."""
    found: list[tuple[html.HtmlElement, str]] = []
    described = tuple(_bare(str(text))[:SAME] for text in tree.xpath(DESCRIPTIONS) if text.strip())
    head: html.HtmlElement | None = None
    for element in tree.iter("h1", "p", "div"):
        text = " ".join(element.text_content().split())
        if element.tag == "h1" and text:
            head, found = element, []
        elif first and _bare(text).startswith(first) and not _has_blocks(element):
            shared = set(element.iterancestors())
            return [said for lead, said in found if not _is_around(lead, shared)]
        elif head is not None and _is_lead(element, text, described, head):
            found.append((element, text))
    return []


def _is_lead(
    element: html.HtmlElement, text: str, described: tuple[str, ...], head: html.HtmlElement
) -> bool:
    """Whether it is named as a lead is, the page is described with it, or it is beside `head`.

    Beside the heading of the page, only a paragraph that ends as a sentence does is one.
    """
    parent = element.getparent()
    names = " ".join(one.get("class") or "" for one in (element, parent))
    is_named = NAMES.search(names) and not OF_PICTURES.search(names)
    is_described = _bare(text).startswith(described)
    is_beside = element.tag == "p" and parent is head.getparent() and ENDS.search(text)
    if not (is_named or is_described or is_beside):
        return False
    if _has_blocks(element) or word_count(text) < FEWEST_WORDS:
        return False
    linked = sum(len(a.text_content()) for a in element.iter("a"))
    return linked <= MOST_LINKED * len(text)


def _is_around(element: html.HtmlElement, shared: set[html.HtmlElement]) -> bool:
    """Whether it stands in something beside the article, which the article is not in, too."""
    return any(a.tag in AROUND for a in element.iterancestors() if a not in shared)


def _has_blocks(element: html.HtmlElement) -> bool:
    return next(element.iterdescendants("p", "div", "ul", "h2", "h3", "table"), None) is not None


def _bare(text: str) -> str:
    return WHITE.sub("", text)
