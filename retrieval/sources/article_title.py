"""The title of an article, and its blocks without the heading that says it."""

import re
from collections.abc import Sequence

from retrieval.sources.blocks import Block, end

LONGEST_TITLE = 500  # characters; what is longer is a text
WORDLESS = re.compile(r"\W+")


def split_title(
    title: str | None, blocks: Sequence[Block], *, is_markdown: bool
) -> tuple[str | None, list[Block]]:
    """The title, and the blocks without the heading that says it.

    From the header; else, in Markdown, the only heading of level one, wherever it stands; else
    the first heading, if it opens the text.
    """
    title = title if title is not None and len(title) <= LONGEST_TITLE else None
    first = _titles(blocks, is_markdown=is_markdown)
    for number in first:
        found = blocks[number]
        if len(found.text) > LONGEST_TITLE:
            continue
        if title is None or _same(found.text, title):
            rest = [*blocks[:number], end(found.level, found.line), *blocks[number + 1 :]]
            return title or found.text, rest
    return title, list(blocks)


def _titles(blocks: Sequence[Block], *, is_markdown: bool) -> list[int]:
    """Where the headings stand that may be the title, the likeliest first."""
    places = []
    if is_markdown:
        tops = [n for n, block in enumerate(blocks) if block.is_heading and block.level == 1]
        places += tops if len(tops) == 1 else []
    if blocks and blocks[0].is_heading:
        places.append(0)
    return places


def _same(one: str, other: str) -> bool:
    """Whether two titles say the same, or one begins with all that the other says."""
    first, second = (f"{WORDLESS.sub(' ', text).strip().casefold()} " for text in (one, other))
    return bool(first.strip() and second.strip()) and (
        first.startswith(second) or second.startswith(first)
    )
