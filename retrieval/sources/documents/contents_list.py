"""Leaves a table of contents out that is written as text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from retrieval.sources.blocks import Block

NAMES = frozenset({
    "contents", "table of contents", "inhalt", "inhaltsverzeichnis", "sommaire",
    "table des matières", "índice", "índice general", "contenido", "sumário", "indice", "sommario",
    "содержание", "оглавление", "inhoud", "inhoudsopgave", "innehåll", "spis treści", "目次",
    "目录", "目錄", "차례", "목차", "المحتويات", "فهرس المحتويات", "תוכן עניינים",
})  # fmt: skip
LONGEST_CONTENTS_ENTRY = 120  # characters of a line
NUMBERED = re.compile(r"(?:\d|\b[ivxlc]+)$")
LEAST_NUMBERED = 0.2  # of the lines


def is_named_contents(text: str) -> bool:
    """Whether a heading says that a table of contents follows."""
    return " ".join(text.casefold().split()).rstrip(":") in NAMES


def without_contents(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks without such headings and the short lines below them, if those name pages."""
    held: list[Block] = []
    for block in blocks:
        if held and not _may_be_inside(block, held[0]):
            yield from _kept(held)
            held = []
        if held or (block.is_heading and is_named_contents(block.text)):
            held.append(block)
        else:
            yield block
    yield from _kept(held)


def _may_be_inside(block: Block, contents: Block) -> bool:
    if block.is_heading:
        return block.level > contents.level
    return all(len(line) < LONGEST_CONTENTS_ENTRY for line in block.text.split("\n"))


def _kept(held: Sequence[Block]) -> Iterator[Block]:
    """What of it is no table of contents: all, or the headings of what follows."""
    lines = [line for block in held[1:] for line in block.text.split("\n")]
    numbered = sum(NUMBERED.search(line) is not None for line in lines)
    if numbered < LEAST_NUMBERED * len(lines) or not lines:
        yield from held
    else:
        last = max(n for n, block in enumerate(held) if not block.is_heading or not n)
        yield from held[last + 1 :]
