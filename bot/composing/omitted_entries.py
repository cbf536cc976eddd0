"""How much of a list or a table a quote shows."""

from collections.abc import Iterator

from retrieval.articles import Article, Paragraph, ParagraphKind, Quote
from retrieval.text.line_structure import Line, LineStructure, line_structure

LISTED = (ParagraphKind.LIST, ParagraphKind.TABLE)
FEWEST_SHOWN = 2


def entries_shown(quote: Quote, article: Article) -> tuple[int, int]:
    """How many entries or rows the quote shows, and how many there are; 0 of 0 of other texts.

    Entries below others are not counted. A long list that is several paragraphs is one list.
    """
    if quote.paragraph.kind not in LISTED:
        return 0, 0
    structure = line_structure(quote.paragraph, article.language)
    shown = sum(_is_shown(line, quote) for line in _top(structure))
    total = sum(len(_top(part)) for part in _parts(quote.paragraph, structure, article))
    return shown, total


def is_cut_list(shown: int, total: int) -> bool:
    """Whether a quote shows a list or a table, and not all of it."""
    return FEWEST_SHOWN <= shown < total


def _top(structure: LineStructure) -> list[Line]:
    return [line for line in structure.lines if line.parent is None]


def _is_shown(line: Line, quote: Quote) -> bool:
    start = line.sentences[0].start
    return any(span.start <= start < span.end for span in quote.spans)


def _parts(
    paragraph: Paragraph, structure: LineStructure, article: Article
) -> Iterator[LineStructure]:
    """The list itself, and the paragraphs beside it that go on with it under the same lead-in."""
    yield structure
    lead = _lead(paragraph, structure)
    for step in (-1, 1):
        number = paragraph.number - 1 + step
        while lead and 0 <= number < len(article.paragraphs):
            other = article.paragraphs[number]
            if not other.text.startswith(lead) or _kind(other) != _kind(paragraph):
                break
            part = line_structure(other, article.language)
            if _lead(other, part) != lead:
                break
            yield part
            number += step


def _kind(paragraph: Paragraph) -> tuple[ParagraphKind, str]:
    return paragraph.kind, paragraph.heading


def _lead(paragraph: Paragraph, structure: LineStructure) -> str:
    return paragraph.text[: structure.lead[-1].end] if structure.lead else ""
