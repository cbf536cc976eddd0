"""Finds for each paragraph of a page the nearest element above it that has an id."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from retrieval.articles import Place
from retrieval.sources.blocks import Block
from retrieval.sources.documents.formats.web_pages.page_text import PageText, Placed


def with_anchors(placed: Iterable[Placed], page: PageText) -> Iterator[Block]:
    """The blocks, each with the anchor above it, where its text is found in the page again."""
    for block, found in placed:
        nearest = bisect_right(page.starts, found) - 1
        if found < 0 or nearest < 0:
            yield block
        else:
            yield replace(block, place=Place(anchor=page.ids[nearest]))
