"""All paragraphs of an article are read, into however many boxes a page puts them."""

from lxml import html

from retrieval.sources.blocks import paragraph
from retrieval.sources.documents.formats.web_pages.lost_paragraphs import with_paragraphs
from retrieval.sources.documents.formats.web_pages.page_text import page_text

PARTS = [f"Bees do a thing that is number {number}." for number in range(6)]
PAGE = html.fromstring(
    "<article>"
    f"<div class=body><p>{'<p>'.join(PARTS[:2])}</div>"
    "<div class=teaser><p>Five wasps that you should know about.</p></div>"
    f"<div class=body><p>{'<p>'.join(PARTS[2:4])}<p><a>All that we write on bees</a></div>"
    f"<div class=body><p>{'<p>'.join(PARTS[4:])}<table><tr><td><p>A cell of four words"
    "</table></div><footer><div class=body><p>Call us on each day.</div></footer></article>"
)


def whole(*kept):
    page = page_text(PAGE)
    placed = list(page.placed([paragraph(text, 0) for text in kept]))
    return [block.text for block, _ in with_paragraphs(placed, page, PAGE)]


def test_paragraphs_in_boxes_like_those_of_the_article_are_put_back_in_their_order():
    """Teasers, links and cells are not taken, nor what stands below the article."""
    assert whole(*PARTS[1:4]) == PARTS


def test_boxes_are_alike_only_where_several_paragraphs_stand_in_them():
    """One paragraph that stands in such a box may stand there by chance."""
    assert whole(PARTS[1]) == [PARTS[1]]
