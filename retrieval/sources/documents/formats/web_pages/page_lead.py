"""Finds the paragraphs that lead in to an article, which extractors take for a teaser."""

import re
from collections.abc import Sequence

from lxml import html

from retrieval.sources.blocks import Block
from retrieval.sources.documents.formats.web_pages.page_text import MARKS, WHITE
from retrieval.text.analysis import word_count

FEWEST_WORDS = 8
SAME = 40  # characters
DESCRIPTIONS = "//meta[@name='description' or @property='og:description']/@content"
NAMES = re.compile(
    r"(?<![a-z])(?:intro|lead|lede|chapo|chapeau|standfirst|deck|dek|vorspann|anleser|excerpt|"
    r"summary|preamble|synopsis|entradilla|bajada|epigraph|sommario|ingress|spot|subtitle|"
    r"subheader|subheadline)(?![a-z])"
)
INNER_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
OF_PICTURES = re.compile(r"image|photo|picture|media|asset|caption|credit", re.IGNORECASE)
MOST_LEADS = 3
MOST_LINKED = 0.3
ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*$")
ASKS = ("?", "？", "؟")
# fmt: off
AROUND = frozenset({
    "nav", "aside", "footer", "form", "figure", "figcaption", "li", "table", "button",
    "blockquote",
})
# fmt: on
HEADINGS = ("h2", "h3", "h4")


def with_lead(blocks: Sequence[Block], tree: html.HtmlElement) -> list[Block]:
    """The blocks behind the paragraphs between the heading of the page and the first of them.

    Some sites mark these paragraphs up as headings; in `tree`, they are made paragraphs.
    """
    first = next((_bare(MARKS.sub("", b.text)) for b in blocks if b.is_paragraph), "")
    known = {_bare(block.text) for block in blocks if block.is_paragraph}
    leads: dict[str, str] = {}
    for element, text in _leads(tree, first[:SAME]):
        if _bare(text) not in known and len(leads) < MOST_LEADS:
            leads.setdefault(_bare(text), text)
            element.tag = "p"
    behind = (block for block in blocks if _bare(block.text) not in leads)
    return [*(Block(text, 0) for text in leads.values()), *behind]


def _leads(tree: html.HtmlElement, first: str) -> list[tuple[html.HtmlElement, str]]:
    """The sentences between the last heading of level one before the article, and that one."""
    found: list[tuple[html.HtmlElement, str]] = []
    described = tuple(_bare(str(text))[:SAME] for text in tree.xpath(DESCRIPTIONS) if text.strip())
    head: html.HtmlElement | None = None
    for element in tree.iter("h1", "p", "div", "li", *HEADINGS):
        text = " ".join(element.text_content().split())
        if element.tag == "h1" and text:
            head, found = element, []
        elif first and _bare(text).startswith(first) and not _has_blocks(element):
            shared = set(element.iterancestors())
            return [(lead, said) for lead, said in found if not _is_around(lead, shared)]
        elif head is not None and element.tag != "li" and _is_lead(element, text, described, head):
            found.append((element, text))
    return []


def _is_lead(
    element: html.HtmlElement, text: str, described: tuple[str, ...], head: html.HtmlElement
) -> bool:
    """Whether it is named as a lead is, the page is described with it, or it is beside `head`.

    Beside the heading of the page, only what ends as a sentence does is one.
    """
    parent = element.getparent()
    names = " ".join(one.get("class") or "" for one in (element, parent))
    parts = INNER_CAPITAL.sub("-", names).casefold()
    is_named = NAMES.search(parts) and not OF_PICTURES.search(names)
    is_described = _bare(text).startswith(described)
    is_asked = element.tag in HEADINGS and text.endswith(ASKS)
    is_sentence = ENDS.search(text) and not (is_asked or OF_PICTURES.search(names))
    group = next(head.iterancestors("hgroup"), head)
    is_beside = is_sentence and parent is group.getparent()
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
