"""Finds for each paragraph of a page the nearest element above it that has an id."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lxml import etree

from retrieval.articles import Place
from retrieval.sources.blocks import Block

COMPARED = 50  # characters at the beginning of a paragraph
UNSEEN = frozenset({"script", "style", "template", "noscript"})
WHITE = re.compile(r"\s+")
MARKS = re.compile(r"^(?:• |\d+\. )")


def with_anchors(blocks: Sequence[Block], tree: etree._Element) -> Iterator[Block]:
    """The blocks, each with the anchor above it, where its text is found in the page again."""
    text, starts, anchors = _flat(tree)
    position = 0
    for block in blocks:
        wanted = WHITE.sub("", MARKS.sub("", block.text.split("\n")[0]))[:COMPARED]
        found = text.find(wanted, position) if wanted else -1
        if found < 0:
            yield block
            continue
        position = found
        nearest = bisect_right(starts, found) - 1
        yield replace(block, place=Place(anchor=anchors[nearest])) if nearest >= 0 else block


def _flat(tree: etree._Element) -> tuple[str, list[int], list[str]]:
    """The page's text without white space, and where in it which ids begin."""
    parts: list[str] = []
    length = 0
    starts: list[int] = []
    anchors: list[str] = []
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start" and skipped is None:
            if element.tag in UNSEEN:
                skipped = element
                continue
            if anchor := (element.get("id") or (element.tag == "a" and element.get("name"))):
                starts.append(length)
                anchors.append(anchor)
            said = element.text
        elif event == "end":
            if element is skipped:
                skipped = None
            said = element.tail if skipped is None else None
        else:
            said = None
        if said and (bare := WHITE.sub("", said)):
            parts.append(bare)
            length += len(bare)
    return "".join(parts), starts, anchors
