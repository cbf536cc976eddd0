"""The text of a page in the order in which it is written, with the places of ids and headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from retrieval.sources.blocks import Block

COMPARED = 50  # characters at the beginning of a paragraph
UNSEEN = frozenset({"script", "style", "template", "noscript"})
BOLD = ("strong", "b")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
WHITE = re.compile(r"\s+")
MARKS = re.compile(r"^(?:• |\d+\. )")


Placed = tuple[Block, int]  # and where it begins; -1 if that is not found


@dataclass(slots=True)
class PageText:
    """All text of a page without its white space.

    `starts` are the places where elements with `ids` begin; `headings` are the elements, and
    where they begin and end, in the order of their ends; `bold` are the paragraphs that are all
    bold, without their white space.
    """

    text: str = ""
    starts: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    headings: list[tuple[int, int, etree._Element]] = field(default_factory=list)
    bold: set[str] = field(default_factory=set)

    def placed(self, blocks: Sequence[Block]) -> Iterator[Placed]:
        """The blocks in order, each with its place."""
        position = 0
        for block in blocks:
            wanted = WHITE.sub("", MARKS.sub("", block.text.split("\n")[0]))[:COMPARED]
            found = self.text.find(wanted, position) if wanted else -1
            position = max(found, position)
            yield block, found


def page_text(tree: etree._Element) -> PageText:
    """The text of a page as it is shown."""
    page = PageText()
    parts: list[str] = []
    length = 0
    open_headings: list[int] = []
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        said = None
        if event == "start" and skipped is None:
            if element.tag in UNSEEN:
                skipped = element
                continue
            if anchor := (element.get("id") or (element.tag == "a" and element.get("name"))):
                page.starts.append(length)
                page.ids.append(anchor)
            if element.tag in HEADINGS:
                open_headings.append(length)
            said = element.text
        elif event == "end":
            if element is skipped:
                skipped = None
            elif skipped is None and element.tag in HEADINGS:
                page.headings.append((open_headings.pop(), length, element))
            said = element.tail if skipped is None else None
        if said and (bare := WHITE.sub("", said)):
            parts.append(bare)
            length += len(bare)
    page.text = "".join(parts)
    bold = filter(_is_bold, tree.iter("p"))
    page.bold.update(WHITE.sub("", "".join(one.itertext())) for one in bold)
    return page


def _is_bold(element: etree._Element) -> bool:
    """Whether all that it says is bold, and it says something."""
    texts = [element.text, *(child.tail for child in element)]
    inner = [child for child in element if child.tag != "br"]
    is_marked = bool(inner) and all(one.tag in BOLD or _is_bold(one) for one in inner)
    return is_marked and not any((text or "").strip() for text in texts)
