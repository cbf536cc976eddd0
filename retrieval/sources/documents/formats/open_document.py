"""Reads OpenDocument texts (ODT)."""

from lxml import etree

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.element_blocks import ElementBlocks
from retrieval.sources.documents.formats.zip_archive import ZipArchive
from retrieval.sources.documents.refusal_reasons import Reason

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
FO_LANGUAGE = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}language"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
MANIFEST = "META-INF/manifest.xml"
DROPPED = (
    f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}table-of-content",
    f"{TEXT}alphabetical-index", f"{TEXT}sequence-decls", f"{OFFICE}forms",
)  # fmt: skip
NAMES = {
    f"{TEXT}p": "p", f"{TEXT}list": "ul", f"{TEXT}list-item": "li", f"{TEXT}list-header": "li",
    f"{TABLE}table": "table", f"{TABLE}table-row": "tr", f"{TABLE}table-cell": "td",
    f"{TEXT}line-break": "br", f"{TEXT}note": "div",
}  # fmt: skip
DEEPEST_LISTS = 6
MOST_BLANKS = 100


def read_open_document(content: bytes) -> Document:
    """The headings and paragraphs of an .odt; raises UnreadableError."""
    archive = ZipArchive(content, "DOCUMENT")
    if MANIFEST in archive and b"encryption-data" in archive.read(MANIFEST):
        raise UnreadableError(Reason.DOCUMENT_PASSWORD)
    root = archive.tree("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableError(Reason.DOCUMENT_KIND)
    styles = [root] + ([archive.tree("styles.xml")] if "styles.xml" in archive else [])
    title = _take_title(body, styles)
    numbered = _numbered_styles(styles)
    _count_on(body, numbered)
    notes = _renamed(body, numbered)
    reader = ElementBlocks()
    reader.feed(body)
    for note in notes:
        reader.feed(note)
    return Document(tuple(reader.blocks()), title or _set_title(archive), _language(styles))


def _take_title(body: etree._Element, styles: list[etree._Element]) -> str:
    """The one paragraph in the style Title, which heads nothing."""
    named = {"Title"} | {
        style.get(f"{STYLE}name")
        for root in styles
        for style in root.iter(f"{STYLE}style")
        if style.get(f"{STYLE}parent-style-name") == "Title"
    }
    set_so = [p for p in body.iter(f"{TEXT}p") if p.get(f"{TEXT}style-name") in named]
    found = [(p, text) for p in set_so if (text := " ".join("".join(p.itertext()).split()))]
    if len(found) != 1:
        return ""
    ((paragraph, title),) = found
    paragraph.getparent().remove(paragraph)
    return title


def _numbered_styles(styles: list[etree._Element]) -> set[str]:
    """The names of the styles of lists that count."""
    return {
        style.get(f"{STYLE}name", "")
        for root in styles
        for style in root.iter(f"{TEXT}list-style")
        if next(style.iterchildren(), None) is not None
        and next(style.iterchildren()).tag == f"{TEXT}list-level-style-number"
    }


def _count_on(body: etree._Element, numbered: set[str]) -> None:
    """Make numbered lists that continue others begin with the right number.

    A list names the style or the list that it continues, across the text between.
    """
    counts: dict[str, int] = {}
    for element in body.iter(f"{TEXT}list"):
        style = element.get(f"{TEXT}style-name", "")
        if style in numbered:
            own = style if element.get(f"{TEXT}continue-numbering") == "true" else ""
            before = counts.get(element.get(f"{TEXT}continue-list") or own, 0)
            if before:
                element.set("start", str(before + 1))
            count = before + sum(1 for _ in element.iterchildren(f"{TEXT}list-item"))
            counts[style] = counts[element.get(XML_ID) or style] = count


def _renamed(body: etree._Element, numbered: set[str]) -> list[etree._Element]:
    """Give elements the names that HTML has for them; the notes, taken out of the text."""
    notes = []
    for element in list(body.iter()):
        if element.tag == f"{TEXT}note":
            if (found := element.find(f"{TEXT}note-body")) is not None:
                notes.append(found)
            _drop(element)
        elif element.tag in DROPPED:
            _drop(element)
        elif isinstance(element.tag, str):
            _rename(element, numbered)
    for note in notes:
        note.tag = "div"
    return notes


def _rename(element: etree._Element, numbered: set[str]) -> None:
    """Give an element the name that HTML has for it; blanks and tabs become text."""
    if element.tag == f"{TEXT}h":
        level = element.get(f"{TEXT}outline-level", "1")
        element.tag = f"h{min(DEEPEST_LISTS, int(level))}" if level.isdigit() else "h1"
    elif element.tag == f"{TEXT}list" and element.get(f"{TEXT}style-name") in numbered:
        element.tag = "ol"
    elif element.tag in (f"{TEXT}s", f"{TEXT}tab"):
        count = element.get(f"{TEXT}c", "1")
        element.text = " " * (min(MOST_BLANKS, int(count)) if count.isdigit() else 1)
        element.tag = "span"
    else:
        element.tag = NAMES.get(element.tag, element.tag)


def _drop(element: etree._Element) -> None:
    """Take an element out; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if element.tail:
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def _set_title(archive: ZipArchive) -> str:
    if "meta.xml" not in archive:
        return ""
    found = next(archive.tree("meta.xml").iter(f"{DC}title"), None)
    return " ".join((found.text or "").split()) if found is not None else ""


def _language(styles: list[etree._Element]) -> str:
    """The language of the default style."""
    for root in styles:
        for style in root.iter(f"{STYLE}default-style"):
            for properties in style.iter(f"{STYLE}text-properties"):
                if code := properties.get(FO_LANGUAGE):
                    return str(code)
    return ""
