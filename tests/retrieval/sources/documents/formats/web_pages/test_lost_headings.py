"""The headings of a page stand above what they head, whatever an extractor made of them."""

from lxml import html

from retrieval.sources.blocks import paragraph
from retrieval.sources.documents.formats.web_pages.lost_headings import with_headings
from retrieval.sources.documents.formats.web_pages.page_text import page_text


def test_a_heading_that_was_taken_for_a_paragraph_is_one():
    """A paragraph that only begins as a heading does stays one."""
    page = page_text(html.fromstring("<div><h2>Bees</h2><p>Bees fly.</p><h3>Wax</h3>Old.</div>"))
    placed = list(page.placed([paragraph(text, 0) for text in ("Bees", "Bees fly.", "Wax Old.")]))
    found = [(block.text, block.level) for block, _ in with_headings(placed, page, "Of bees")]
    assert found == [("Bees", 2), ("Bees fly.", 0), ("Wax Old.", 0)]
