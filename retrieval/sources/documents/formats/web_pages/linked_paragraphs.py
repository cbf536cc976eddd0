"""Leaves out paragraphs within an article that lead to another one: "Read also: …"."""

from collections.abc import Sequence

from lxml import html

from retrieval.sources.blocks import BlockKind
from retrieval.sources.documents.formats.web_pages.page_lead import ENDS
from retrieval.sources.documents.formats.web_pages.page_text import WHITE, Placed

LEAST_LINKED = 0.75  # of a paragraph
LEAST_LEFT = 0.7  # of the blocks; a page with fewer is one of links


def without_linked(placed: Sequence[Placed], tree: html.HtmlElement) -> list[Placed]:
    """The blocks without paragraphs that are links and no sentences, where most are others."""
    linked = {_bare(element) for element in tree.iter("p") if _leads_elsewhere(element)}
    left = [
        (block, place)
        for block, place in placed
        if block.kind is not BlockKind.TEXT or WHITE.sub("", block.text) not in linked
    ]
    return left if len(left) >= LEAST_LEFT * len(placed) else list(placed)


def _leads_elsewhere(element: html.HtmlElement) -> bool:
    size = sum(len(_bare(link)) for link in element.iter("a"))
    is_linked = size > 0 and size >= LEAST_LINKED * len(_bare(element))
    return is_linked and not ENDS.search(element.text_content().strip())


def _bare(element: html.HtmlElement) -> str:
    return WHITE.sub("", element.text_content())
