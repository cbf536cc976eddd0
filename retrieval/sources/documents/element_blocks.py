"""Headings and paragraphs of a tree of elements, each with the nearest anchor above it."""

import re
from collections.abc import Container, Iterator
from dataclasses import replace
from itertools import islice

from lxml import etree, html

from retrieval.articles import Place
from retrieval.sources.blocks import Block
from retrieval.sources.line_hyphens import UNSPACED
from retrieval.sources.markdown.html_blocks import HtmlBlocks
from retrieval.sources.markdown.html_tags import HtmlPiece

# fmt: off
HIDDEN = frozenset({
    "script", "style", "template", "head", "svg", "button", "select", "textarea", "iframe",
    "object", "audio", "video", "canvas", "noscript", "map", "rp", "rt",
})
# fmt: on
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ENTRIES = frozenset({"td", "th", "li"})
WHOLE = HEADINGS | ENTRIES | {"pre"}
PARTS_OF_TABLE = frozenset({"tr", "td", "th", "tbody", "thead", "tfoot"})
MOST_ELEMENTS_LOOKED_AT = 3_000  # elements of a table or a list, to tell what it is for
NOTE_MARK = re.compile(r"[\[(]?(?:\d{1,4}|[*†‡§a-z])[\])]?", re.IGNORECASE)
SET_OFF_MARK = re.compile(r"[\[(](?:\d{1,4}|[*†‡§a-z])[\])]|[*†‡§]", re.IGNORECASE)
NOTE_TARGET = re.compile(r"note|fn|ftn", re.IGNORECASE)
MOST_DIGITS = 9
LINE_END = re.compile(rf"(?<={UNSPACED.pattern})[ \t\r]*\n\s*(?={UNSPACED.pattern})")
MARK = "data-mark"  # an attribute of an entry of a list: what it is shown with
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


class ElementBlocks:
    """Reads trees of elements, one after the other, into blocks.

    Calls of notes are left out, and so is what no page shows. A table with one cell a row, or
    with headings in it, is there for the layout, so that its cells are read as text. The same
    holds for a list with headings in it. Two line breaks begin a paragraph, but for those in an
    entry of a list or a table.
    """

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._html = HtmlBlocks(self._blocks, any_lead_in=False)
        self._places: list[Place | None] = [None]
        self._file = ""

    def feed(self, root: etree._Element, file: str = "") -> None:
        """Read a tree; `file` is the name of its file, if it is one of several."""
        self._file = file
        if file:
            self._move(anchor=file)
        walker = _Walker(root)
        for event, element in walker:
            if event == "open":
                self._note_place(element)
                self._tag(element, walker.flattened, closes=False)
                self._words(element.text)
            elif event == "page":
                self._note_place(element)
            elif event == "close":
                self._tag(element, walker.flattened, closes=True)
            else:
                self._words(element.tail)

    def blocks(self) -> list[Block]:
        """All blocks that were read."""
        self._html.finish()
        return [replace(block, place=self._places[block.line]) for block in self._blocks]

    def insert(self, number: int, block: Block) -> None:
        """Put in a block that no element stands for, such as the title of a chapter."""
        self._blocks.insert(number, replace(block, line=self._blocks[number].line))

    @property
    def count(self) -> int:
        """How many blocks there are by now."""
        return len(self._blocks)

    def has_heading_from(self, number: int) -> bool:
        """Whether there is a heading among the blocks from that one on."""
        return any(block.is_heading for block in self._blocks[number:])

    def finish(self) -> None:
        """Close all that is open."""
        self._html.finish()

    def _tag(
        self, element: etree._Element, flattened: set[etree._Element], *, closes: bool
    ) -> None:
        name = _name(element)
        if flattened and _whole_of(element, name) in flattened:
            name = "div"
        if name == "br" and begins_paragraph(element, flattened):
            name = "p"
        is_nothing = name == "br" and _breaks_unspaced(element)
        if not is_nothing and not (closes and _name(element) in ("br", "img", "hr")):
            mark = "" if closes else element.get(MARK, "")
            mark = element.get("start", "")[:MOST_DIGITS] if name == "ol" else mark
            self._html.take(HtmlPiece(0, "", name, closes, mark), len(self._places) - 1)

    def _words(self, text: str | None) -> None:
        if text:
            whole = LINE_END.sub("", text)
            self._html.take(HtmlPiece(0, whole), len(self._places) - 1)

    def _note_place(self, element: etree._Element) -> None:
        if _is_page_break(element):
            label = element.get("title") or element.get("aria-label") or element.text or ""
            self._move(label=" ".join(label.split())[:20])
        elif anchor := (element.get("id") or (_name(element) == "a" and element.get("name"))):
            self._move(anchor=f"{self._file}#{anchor}" if self._file else str(anchor))

    def _move(self, anchor: str | None = None, label: str | None = None) -> None:
        before = self._places[-1] or Place()
        page = int(label) if label and label.isascii() and label.isdigit() else before.page
        self._places.append(
            Place(
                page if label is None or label.isdigit() else None,
                before.label if label is None else label,
                before.anchor if anchor is None else anchor,
            )
        )


def begins_paragraph(element: etree._Element, flattened: Container[etree._Element] = ()) -> bool:
    """Whether a line break follows another one, as where a page has no paragraphs.

    `flattened` are the tables and lists that are there for the layout.
    """
    before = element.getprevious()
    if before is None or _name(before) != "br" or (before.tail or "").strip():
        return False
    inside = next((a for a in element.iterancestors() if _name(a) in WHOLE), None)
    if inside is None or _name(inside) not in ENTRIES:
        return inside is None
    whole = _whole_of(inside, _name(inside))
    return whole is None or whole in flattened


def fragment_blocks(source: str) -> list[Block]:
    """The blocks of a piece of HTML, such as the text of an entry of a feed."""
    if not source.strip():
        return []
    try:
        root = html.fragment_fromstring(source, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    reader = ElementBlocks()
    reader.feed(root)
    return [replace(block, place=None) for block in reader.blocks()]


class _Walker:
    """Goes through a tree: what opens, what closes, what has text behind it ("tail"), and pages.

    What no page shows is passed over. `flattened` are the tables and lists that are there for
    the layout.
    """

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._hidden: etree._Element | None = None
        self.flattened: set[etree._Element] = set()

    def __iter__(self) -> Iterator[tuple[str, etree._Element]]:
        events = ("start", "end", "comment", "pi")
        for event, element in etree.iterwalk(self._root, events=events):
            if event == "start" and self._hidden is None:
                yield from self._opened(element)
            elif event == "end":
                yield from self._closed(element)
            elif event != "start" and self._hidden is None:
                yield "tail", element

    def _opened(self, element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        name = _name(element)
        if name in HIDDEN or _is_note_call(element, name):
            self._hidden = element
            return
        if _is_page_break(element):
            self._hidden = element
            yield "page", element
            return
        if (name == "table" and _is_layout(element)) or (name == "ul" and _has_headings(element)):
            self.flattened.add(element)
        yield "open", element

    def _closed(self, element: etree._Element) -> Iterator[tuple[str, etree._Element]]:
        if self._hidden is None:
            yield "close", element
        elif element is self._hidden:
            self._hidden = None
        if self._hidden is None and element is not self._root:
            yield "tail", element


def _name(element: etree._Element) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _breaks_unspaced(element: etree._Element) -> bool:
    """Whether a line break stands within a script without spaces, where it is no blank."""
    before, parent = element.getprevious(), element.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else ""
    last, first = (text or "").rstrip()[-1:], (element.tail or "").lstrip()[:1]
    return bool(UNSPACED.match(last) and UNSPACED.match(first))


def _whole_of(element: etree._Element, name: str) -> etree._Element | None:
    """The table or the list that an element is, or is a part of."""
    if name in ("table", "ul"):
        return element
    whole = "table" if name in PARTS_OF_TABLE else "ul" if name == "li" else None
    if whole is None:
        return None
    return next((a for a in element.iterancestors() if _name(a) in (whole, "ol")), None)


def _is_page_break(element: etree._Element) -> bool:
    """Whether a page of the printed book begins there; the number in it is no text."""
    return "pagebreak" in f"{element.get(EPUB_TYPE) or ''} {element.get('role') or ''}"


def _is_note_call(element: etree._Element, name: str) -> bool:
    """Whether it is a mark that leads to a note."""
    kind = f"{element.get(EPUB_TYPE) or ''} {element.get('role') or ''}"
    if "noteref" in kind or "doc-backlink" in kind:
        return True
    target = (element.get("href") or "").partition("#")[2]
    if name != "sup" and not (name == "a" and target):
        return False
    text = "".join(islice(element.itertext(), 5)).strip()
    inner = [_name(child) for child in islice(element.iter(), 10)]
    if "sup" in inner and (name == "a" or "a" in inner):
        return NOTE_MARK.fullmatch(text) is not None
    is_set_off = name == "a" and SET_OFF_MARK.fullmatch(text) is not None
    return is_set_off and NOTE_TARGET.search(target) is not None


def _has_headings(entries: etree._Element) -> bool:
    """Whether entries of a list are parts of a text, each under its heading."""
    descendants = islice(entries.iterdescendants(), MOST_ELEMENTS_LOOKED_AT)
    return any(_name(child) in HEADINGS for child in descendants)


def _is_layout(table: etree._Element) -> bool:
    """Whether a table has one cell a row or holds headings, other tables or lists of text."""
    widest = 0
    cells = 0
    for child in islice(table.iterdescendants(), MOST_ELEMENTS_LOOKED_AT):
        name = _name(child)
        if name in HEADINGS or name == "table":
            return True
        if name == "tr":
            widest, cells = max(widest, cells), 0
        elif name in ("td", "th"):
            cells += 1
    return max(widest, cells) <= 1
