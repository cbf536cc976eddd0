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


def test_bold_paragraphs_are_headings_where_there_are_no_others():
    """Several of them; a sentence, or a word in bold that goes on, is none."""
    texts = ("Wax", "Bees make it.", "Honey", "Bees eat it.", "Bold!")
    marked = (
        "<p><b>Wax</b></p><p>Bees make it.</p><p><span><strong>Honey</strong></span></p>"
        "<p>Bees eat it.</p>"
    )
    page = page_text(html.fromstring(f"<div>{marked}<p><b>Bold</b>!</p></div>"))
    placed = list(page.placed([paragraph(text, 0) for text in texts]))
    found = [block.text for block, _ in with_headings(placed, page, "Of bees") if block.is_heading]
    assert found == ["Wax", "Honey"]
    assert not any(block.is_heading for block, _ in with_headings(placed[:2], page, "Of bees"))
    titled = page_text(html.fromstring(f"<div><h2>Hives</h2>{marked}</div>"))
    placed = list(titled.placed([paragraph(text, 0) for text in ("Hives", *texts[:4])]))
    found = [block.text for block, _ in with_headings(placed, titled, "Of bees") if block.level]
    assert found == ["Hives"]
