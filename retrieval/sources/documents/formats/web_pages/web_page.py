"""Takes the article out of a web page with trafilatura.

Of the extractors compared, it had the best F on both sets of pages that people had marked up, and
it keeps headings, lists and the edges of paragraphs. It is told to be precise; where readability's
rule, which comes with it, finds twice as much text, that is taken.
"""

import logging
import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace

from lxml import etree, html
from trafilatura import bare_extraction
from trafilatura.readability_lxml import Document as Readable
from trafilatura.settings import Document as Extracted

from retrieval.sources.blocks import Block
from retrieval.sources.documents.charset import decoded
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.element_blocks import ElementBlocks, begins_paragraph
from retrieval.sources.documents.element_formulas import write_formulas
from retrieval.sources.documents.formats.web_pages.anchors import with_anchors
from retrieval.sources.documents.formats.web_pages.forum_posts import forum_posts
from retrieval.sources.documents.formats.web_pages.linked_paragraphs import without_linked
from retrieval.sources.documents.formats.web_pages.lost_headings import with_headings
from retrieval.sources.documents.formats.web_pages.lost_paragraphs import with_paragraphs
from retrieval.sources.documents.formats.web_pages.page_lead import with_lead
from retrieval.sources.documents.formats.web_pages.page_refusals import (
    is_front_page,
    is_of_links,
    refusal_of,
)
from retrieval.sources.documents.formats.web_pages.page_text import page_text
from retrieval.sources.documents.formats.web_pages.page_title import page_title
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.web.web_address import remedy_for
from retrieval.text.analysis import word_count

MUCH_MORE = 2.0
FEW_PAGE_WORDS = 60
FEWEST_LOOSE_WORDS = 8
INLINE = frozenset({"a", "b", "i", "em", "strong", "span", "u", "sup", "sub", "code", "abbr"})
RENAMED = {
    "list": "ul", "item": "li", "row": "tr", "cell": "td", "quote": "blockquote", "lb": "br",
    "hi": "span", "ref": "span", "ab": "p", "fw": "p", "graphic": "img",
}  # fmt: skip
EDIT_LINKS = (
    "//*[contains(@class,'mw-editsection')]"
    "|//*[self::h1 or self::h2 or self::h3 or self::h4]//a[starts-with(@href,'#')]"
)
PERMALINK = re.compile(r"[¶§#🔗]?|\[edit\]")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DEEPEST_MAIN = 60  # elements within each other
NOTE_CALLS = "//sup[.//a[contains(@href,'#')]]"
NOTE_CALL = re.compile(r"\[[\w ]{1,8}\]|\(?\d{1,3}\)?")
OUTSIDE = (
    "//nav|//header[not(ancestor::article or ancestor::main)]|//footer|//aside|//form"
    "|//*[@role='navigation']"
)


def read_page(content: bytes, charset: str | None = None, address: str | None = None) -> Document:
    """The article of a page; `charset` and `address` are what came with it.

    Raises UnreadableError, which says what the page is if it has no article.
    """
    text = decoded(content, charset)
    tree = _tree(text)
    for name in ("trafilatura", "htmldate", "readability", "justext", "courlan"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    blocks, found = _article_blocks(tree, address)
    if is_front_page(tree, address or "", _word_count(blocks)):
        raise UnreadableError(Reason.PAGE_OF_LINKS)
    posts = forum_posts(tree)
    if posts is not None:
        blocks = _blocks(posts)
    if _word_count(blocks) < FEW_PAGE_WORDS or is_of_links(tree, FEW_PAGE_WORDS):
        reason = refusal_of(tree, " ".join(b.text for b in blocks if b.is_paragraph))
        if reason is not None:
            raise UnreadableError(reason)
        everything = _all_blocks(tree)
        blocks = everything if _word_count(everything) < FEW_PAGE_WORDS else blocks
    if not any(block.is_paragraph for block in blocks):
        raise UnreadableError(Reason.PAGE_NO_ARTICLE)
    if posts is None:
        blocks = with_lead(blocks, tree)
    title = page_title(tree, (found.title if found is not None else "") or "")
    page = page_text(tree)
    placed = list(page.placed(blocks))
    if posts is None:  # the headings between posts name who wrote them
        whole = with_paragraphs(placed, page, tree)
        placed = list(with_headings(without_linked(whole, tree), page, title))
    canonical = (found.url if found is not None else "") or ""
    return Document(
        tuple(with_anchors(placed, page)),
        title,
        tree.get("lang") or "",
        canonical if remedy_for(canonical) is None else "",
        (found.date if found is not None else "") or "",
    )


def _word_count(blocks: Sequence[Block]) -> int:
    return word_count(" ".join(block.text for block in blocks if block.is_paragraph))


def _tree(text: str) -> html.HtmlElement:
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.replace("\0", ""))
    if not source.strip():
        raise UnreadableError(Reason.PAGE_EMPTY)
    try:
        tree = html.document_fromstring(source, parser=html.HTMLParser(remove_comments=True))
    except (etree.ParserError, ValueError) as error:
        raise UnreadableError(Reason.PAGE_NO_HTML) from error
    write_formulas(tree)
    _drop_marks(tree)
    _wrap_loose_text(tree)
    _part_paragraphs(tree)
    _keep_main(tree)
    return tree


def _part_paragraphs(tree: html.HtmlElement) -> None:
    """Make several paragraphs of one with two line breaks, of which extractors make one."""
    for second in reversed(list(tree.iter("br"))):
        paragraph = second.getparent()
        if paragraph.tag == "p" and begins_paragraph(second):
            behind = etree.Element("p")
            behind.text = _printable(second.tail)
            behind.tail, paragraph.tail = paragraph.tail, None
            behind.extend(second.itersiblings())
            paragraph.remove(second)
            paragraph.addnext(behind)


def _printable(text: str | None) -> str:
    """A text that lxml takes, which reads more from a page than it takes back."""
    return CONTROL.sub("", text or "")


def _keep_main(tree: html.HtmlElement) -> None:
    """Let what holds most paragraphs of the page be no comment to extractors, as `commentable` is.

    They go by the names of classes.
    """
    main = tree.find("body")
    for _ in range(DEEPEST_MAIN):
        if main is None:
            return
        if "comment" in main.get("class", "").casefold():
            del main.attrib["class"]
        paragraphs = _paragraph_count(main)
        main = next((c for c in main if 2 * _paragraph_count(c) > paragraphs), None)


def _paragraph_count(element: html.HtmlElement) -> int:
    return sum(1 for _ in element.iter("p", "br"))


def _drop_marks(tree: html.HtmlElement) -> None:
    """Drop the calls of notes, and what is beside a heading to edit it or to link to it.

    Quotations within a sentence lose their tags, which extractors take for those of paragraphs.
    """
    etree.strip_tags(tree, "q")
    for element in tree.xpath(EDIT_LINKS):
        text = element.text_content().strip()
        if element.tag != "a" or PERMALINK.fullmatch(text):
            element.drop_tree()
    for element in tree.xpath(NOTE_CALLS):
        if NOTE_CALL.fullmatch(element.text_content().strip()):
            element.drop_tree()


def _wrap_loose_text(tree: html.HtmlElement) -> None:
    """Make a paragraph of text that stands right behind a box, which extractors drop with it."""
    for box in list(tree.iter("div", "figure", "table")):
        if word_count(box.tail or "") < FEWEST_LOOSE_WORDS or box.getparent() is None:
            continue
        paragraph = etree.Element("p")
        paragraph.text, box.tail = _printable(box.tail), None
        box.addnext(paragraph)
        while (following := paragraph.getnext()) is not None and following.tag in INLINE:
            paragraph.append(following)


def _article_blocks(
    tree: html.HtmlElement, address: str | None
) -> tuple[list[Block], Extracted | None]:
    found = _extracted(tree, address, is_precise=True)
    blocks = _blocks(found.body) if found is not None else []
    readable = _readable_blocks(tree)
    if (
        _word_count(readable) >= MUCH_MORE * _word_count(blocks)
        and _word_count(readable) >= FEW_PAGE_WORDS
    ):
        blocks = readable
    if _word_count(blocks) < FEW_PAGE_WORDS:
        wider = _extracted(tree, address, is_precise=False)
        more = _blocks(wider.body) if wider is not None else []
        if _word_count(more) > _word_count(blocks):
            blocks = more
        found = found or wider
    return blocks, found


def _extracted(
    tree: html.HtmlElement, address: str | None, *, is_precise: bool
) -> Extracted | None:
    try:
        found = bare_extraction(
            tree,
            url=address,
            favor_precision=is_precise,
            include_comments=False,
            include_formatting=True,
            with_metadata=True,
        )
        return found if isinstance(found, Extracted) else None
    except (ValueError, TypeError, AttributeError, etree.LxmlError, RecursionError):
        return None


def _readable_blocks(tree: html.HtmlElement) -> list[Block]:
    try:
        return _blocks(html.fromstring(Readable(deepcopy(tree)).summary()))
    except (ValueError, TypeError, AttributeError, etree.LxmlError, RecursionError):
        return []


def _blocks(body: etree._Element) -> list[Block]:
    """The blocks of an element tree, whose names are made those of HTML."""
    for element in body.iter():
        name = element.tag
        if name == "head":
            rank = element.get("rend", "")
            element.tag = rank if re.fullmatch(r"h[1-6]", rank) else "h2"
        elif name == "list" and element.get("rend") == "ol":
            element.tag = "ol"
        elif name == "code":
            parent = element.getparent()
            inline = parent is not None and parent.tag in ("p", "li", "item", "td", "cell", "span")
            element.tag = "span" if inline else "pre"
        elif name in RENAMED:
            element.tag = RENAMED[name]
    reader = ElementBlocks()
    reader.feed(body)
    return [replace(block, place=None) for block in reader.blocks()]


def _all_blocks(tree: html.HtmlElement) -> list[Block]:
    """All text of a small page but what stands around it."""
    copy = deepcopy(tree)
    for element in copy.xpath(OUTSIDE):
        if element.getparent() is not None:
            element.drop_tree()
    body = copy.find(".//body")
    return _blocks(copy if body is None else body)
