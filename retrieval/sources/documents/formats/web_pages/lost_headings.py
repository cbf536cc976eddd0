"""Puts back the headings that extractors drop, as those with a link, or take for paragraphs."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from operator import itemgetter

from lxml import etree

from retrieval.sources.blocks import Block, BlockKind, heading
from retrieval.sources.documents.formats.web_pages.page_text import WHITE, PageText, Placed

NEAR = 60  # characters between a heading and what it heads, as of a line with the author
MOST_ABOVE = 6  # headings right above each other
LONGEST_HEADING = 200
LONGEST_BOLD = 120
FEWEST_BOLD = 2
LOWEST = 6  # level
AROUND = frozenset({"nav", "aside", "footer", "form", "button"})


def with_headings(placed: Sequence[Placed], page: PageText, title: str) -> Iterator[Placed]:
    """The blocks, with each heading of the page that stands right above a paragraph.

    Nothing is put before the first block, where the title and the name of the site stand. Where
    there are no headings, short paragraphs that are all bold are.
    """
    starts = {start: element for start, _, element in page.headings}
    read = [(_as_headed(block, starts.get(found)), found) for block, found in placed]
    if not any(block.is_heading and _bare(block.text) != _bare(title) for block, _ in read):
        read = _with_bold_headings(read, page)
    known = {_bare(block.text) for block, _ in read if block.is_heading} | {_bare(title)}
    last = -1
    for block, found in read:
        if block.is_paragraph and last >= 0:
            for lost in _headings_between(page, last, found, known):
                yield lost, -1
        last = max(last, found)
        yield block, found


def _as_headed(block: Block, element: etree._Element | None) -> Block:
    """A paragraph as a heading, if it is all that the heading of the page at its place says."""
    if element is None or block.kind is not BlockKind.TEXT:
        return block
    is_all = _bare("".join(element.itertext())) == _bare(block.text)
    return heading(block.text, block.line, int(element.tag[1])) if is_all else block


def _with_bold_headings(read: list[Placed], page: PageText) -> list[Placed]:
    """The blocks, with bold paragraphs as headings if there are several and most text is not."""
    named = {block.text for block, _ in read if _is_bold_heading(block, page)}
    size = sum(len(block.text) for block, _ in read)
    if len(named) < FEWEST_BOLD or 2 * sum(map(len, named)) > size:
        return read
    return [
        (heading(b.text, b.line, LOWEST) if _is_bold_heading(b, page) else b, found)
        for b, found in read
    ]


def _is_bold_heading(block: Block, page: PageText) -> bool:
    is_short = len(block.text) <= LONGEST_BOLD and not block.text.endswith((".", ",", ";", "…"))
    return block.kind is BlockKind.TEXT and is_short and WHITE.sub("", block.text) in page.bold


def _headings_between(page: PageText, last: int, found: int, known: set[str]) -> Iterator[Block]:
    """The headings behind one place that lead to another one without much in between."""
    lost: list[Block] = []
    reached = found
    place = bisect_right(page.headings, found, key=itemgetter(1))
    for start, end, element in reversed(page.headings[max(0, place - MOST_ABOVE) : place]):
        if start <= last:
            break
        text = " ".join("".join(element.itertext()).split())
        is_good = 0 < len(text) < LONGEST_HEADING and _bare(text) not in known
        level = int(element.tag[1])
        is_above = not lost or level < lost[-1].level
        if reached - end > NEAR or not (is_good and is_above) or _is_around(element):
            break
        lost.append(heading(text, 0, level))
        reached = start
    yield from reversed(lost)


def _is_around(element: etree._Element) -> bool:
    """Whether it stands beside the article."""
    return any(one.tag in AROUND for one in element.iterancestors())


def _bare(text: str) -> str:
    return "".join(text.casefold().split())
