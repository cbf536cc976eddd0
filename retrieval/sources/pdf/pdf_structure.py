"""Reads the structure of a PDF: its headings and paragraphs, each with its page."""

from collections.abc import Iterator, Sequence

from retrieval.articles import Place
from retrieval.sources.blocks import Block, BlockKind, end, says_something
from retrieval.sources.documents.cautions import Caution, SourceWarning
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.pdf.continued_paragraphs import continued
from retrieval.sources.pdf.damaged_letters import damages, unreadable_pages
from retrieval.sources.pdf.line_group import LineGroup
from retrieval.sources.pdf.line_groups import line_groups
from retrieval.sources.pdf.page_rows import page_rows
from retrieval.sources.pdf.pdf_headings import PdfHeadings
from retrieval.sources.pdf.pdfium_pages import read_pages
from retrieval.sources.pdf.reading_order import in_reading_order
from retrieval.sources.pdf.running_heads import without_running_heads
from retrieval.sources.pdf.text_lines import (
    TextLine,
    TextPage,
    TextPages,
    usual_size,
)

MOST_NAMED = 10
FEWEST_LETTERS_OF_PAGE = 50  # for each page, of a file of pictures


def read_pdf(content: bytes) -> Document:
    """The headings and paragraphs of a PDF; raises UnreadableError for one without text."""
    file = read_pages(content)
    written = [page for page in file.pages if page.lines]
    if not written and not any(page.has_pictures for page in file.pages):
        raise UnreadableError(Reason.PDF_EMPTY)
    if not written or _is_scan(file.pages):
        raise UnreadableError(Reason.PDF_SCAN)
    unreadable = unreadable_pages(written)
    left_out = {page.number for page in unreadable}
    readable = [page for page in written if page.number not in left_out]
    if not readable:
        raise UnreadableError(Reason.PDF_UNREADABLE)
    rows = [
        row
        for page in without_running_heads(readable, [page_rows(p) for p in readable])
        for row in in_reading_order(page)
    ]
    body = usual_size(rows)
    groups = continued(line_groups(rows), body)
    reader = PdfHeadings(file, groups, body)
    title, titled = reader.title()
    labels = {page.number: page.label for page in file.pages}
    blocks = tuple(_blocks(groups, reader, titled, labels))
    return Document(
        blocks,
        title,
        pages=len(file.pages),
        is_wrapped=True,
        warnings=tuple(_warnings(file, unreadable, rows)),
    )


def _is_scan(pages: Sequence[TextPage]) -> bool:
    """Whether most pages are pictures, and the others say next to nothing."""
    pictures = sum(page.has_pictures for page in pages)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    return pictures > len(pages) / 2 and letters < FEWEST_LETTERS_OF_PAGE * len(pages)


def _blocks(
    groups: Sequence[LineGroup],
    headings: PdfHeadings,
    titled: LineGroup | None,
    labels: dict[int, str],
) -> Iterator[Block]:
    """The blocks in order; each entry of a list is one."""
    is_behind_title = False
    for group in groups:
        level = headings.level(group)
        if group is titled and not headings.is_one_of_several(group):
            yield end(1, 0)
            is_behind_title = True
            continue
        is_behind_title = is_behind_title and headings.is_byline(group)
        level = 0 if is_behind_title else level
        place = _place(group, labels)
        if level:
            yield Block(group.wrapped, 0, BlockKind.HEADING, level, place)
        elif group.is_table:
            rows = (" | ".join(line.cells) for line in group.lines)
            yield Block("\n".join(rows), 0, BlockKind.TABLE, place=place)
        elif group.is_code:
            yield Block(group.code, 0, BlockKind.CODE, place=place)
        elif says_something(group.text):
            kind = BlockKind.LIST if group.is_entry else BlockKind.TEXT
            yield Block(group.text, 0, kind, place=place)


def _place(group: LineGroup, labels: dict[int, str]) -> Place:
    page = group.lines[0].page
    return Place(page, labels.get(page, ""))


def _warnings(
    file: TextPages, unreadable: Sequence[TextPage], rows: Sequence[TextLine]
) -> Iterator[SourceWarning]:
    """What may be wrong with the text: pages without any, letters that came out as symbols."""
    empty = [page for page in file.pages if not page.lines and page.has_pictures]
    if empty:
        yield SourceWarning(Caution.PICTURES_ONLY, _named(empty))
    if unreadable:
        yield SourceWarning(Caution.PAGES_LEFT_OUT, _named(unreadable))
    yield from damages(rows)


def _named(pages: Sequence[TextPage]) -> dict[str, str | int]:
    numbers = [str(page.number) for page in pages]
    shown = ", ".join(numbers[:MOST_NAMED]) + (" …" if len(numbers) > MOST_NAMED else "")
    return {"pages": shown, "count": len(numbers)}
