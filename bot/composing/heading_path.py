"""The headings that a paragraph stands under, as far as they fit into a line."""

from retrieval.articles import Paragraph

BETWEEN = " › "
OMITTED = "…"
LONGEST_PATH = 120


def heading_path(paragraph: Paragraph) -> str:
    """The paragraph's heading behind those above it: `Part 2 › Chapter 1 › § 8`.

    Its own heading is always whole. The nearest ones come first where not all fit; an ellipsis
    stands for the others. Empty if there is no heading.
    """
    path = paragraph.heading
    for place, ancestor in enumerate(reversed(paragraph.ancestors)):
        longer = f"{ancestor}{BETWEEN}{path}"
        is_outermost = place == len(paragraph.ancestors) - 1
        if len(longer) > LONGEST_PATH - (0 if is_outermost else len(OMITTED + BETWEEN)):
            return f"{OMITTED}{BETWEEN}{path}"
        path = longer
    return path
