"""Puts back the paragraphs of a page that stand in boxes like those of its article.

Extractors take one box; some sites put each part of an article, or each paragraph, into its own.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import html

from retrieval.sources.documents.element_blocks import ElementBlocks
from retrieval.sources.documents.formats.web_pages.page_text import (
    COMPARED,
    WHITE,
    PageText,
    Placed,
)
from retrieval.text.analysis import word_count

FEWEST_WORDS = 4
FEWEST_ALIKE = 3  # paragraphs of the article in boxes of one kind
MOST_LINKED = 0.5
# fmt: off
AROUND = frozenset({
    "nav", "aside", "footer", "form", "figure", "figcaption", "button", "li", "table",
})
# fmt: on


def with_paragraphs(
    placed: Sequence[Placed], page: PageText, tree: html.HtmlElement
) -> list[Placed]:
    """The blocks of an article with those paragraphs, in the order of the page."""
    lost = deque(_lost(placed, page, tree))
    found: list[Placed] = []
    for block, place in placed:
        while lost and place > lost[0][1]:
            found.append(lost.popleft())
        found.append((block, place))
    return [*found, *lost]


def _lost(placed: Sequence[Placed], page: PageText, tree: html.HtmlElement) -> Iterator[Placed]:
    known = {_beginning(line) for block, _ in placed for line in block.text.split("\n")}
    elements = [(element, _beginning(element.text_content())) for element in tree.iter("p")]
    kinds = Counter(_kind(element) for element, text in elements if text in known)
    place = 0
    for element, text in elements:
        if text in known or kinds[_kind(element)] < FEWEST_ALIKE or not _is_prose(element):
            continue
        position = page.text.find(text, place)
        if position >= 0:
            place = position
            reader = ElementBlocks()
            reader.feed(element)
            yield from ((replace(block, place=None), place) for block in reader.blocks())


def _kind(element: html.HtmlElement) -> tuple[str, ...]:
    """How a paragraph and the box that it stands in are marked up."""
    box = element.getparent()
    return element.get("class", ""), str(box.tag), box.get("class", "")


def _is_prose(element: html.HtmlElement) -> bool:
    """Whether it says something in the page itself, and not mostly in links."""
    text = element.text_content()
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    is_around = any(box.tag in AROUND for box in element.iterancestors())
    return word_count(text) >= FEWEST_WORDS and linked <= MOST_LINKED * len(text) and not is_around


def _beginning(text: str) -> str:
    return WHITE.sub("", text)[:COMPARED]
