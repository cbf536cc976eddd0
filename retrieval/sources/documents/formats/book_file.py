"""Reads EPUB books: the container, the package with its spine, and the chapters."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote

from lxml import etree, html

from retrieval.sources.blocks import Block, heading
from retrieval.sources.documents.charset import decoded
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.element_blocks import EPUB_TYPE, ElementBlocks
from retrieval.sources.documents.element_formulas import write_formulas
from retrieval.sources.documents.formats.zip_archive import ENTITY, ZipArchive
from retrieval.sources.documents.refusal_reasons import Reason

CONTAINER = "META-INF/container.xml"
RIGHTS = "META-INF/rights.xml"
ENCRYPTION = "META-INF/encryption.xml"
FONT_SCRAMBLING = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
MOST_CHAPTERS = 3_000
# What stands in a book around its text.
APART = frozenset({
    "toc", "landmarks", "loi", "lot", "page-list", "cover", "titlepage", "halftitlepage",
    "copyright-page", "imprint", "colophon", "index", "title-page", "copyright", "other-credits",
})  # fmt: skip
APART_IDS = frozenset({"pg-header", "pg-footer", "pg-machine-header"})
APART_NAMES = APART - {"index"}  # of files; an index may be all of a book
CONTENTS = frozenset({
    "toc", "landmarks", "page-list", "backlink", "contents", "nav", "navigation", "related-links",
    "breadcrumb", "breadcrumbs", "navheader", "navfooter",
})  # fmt: skip
LINKED = 0.6  # of the text
LEAST_LINKED = 0.3  # where its name says that it leads elsewhere
FEWEST_PLACES = 5
RIGHTS_SAID = (
    re.compile(r"©|\(c\)\s*\d{4}", re.IGNORECASE),
    re.compile(r"\bISBN\b"),
    re.compile(
        r"rights reserved|rechte vorbehalten|droits (?:de \w+ )*réservés|derechos reservados"
        r"|direitos reservados|diritti (?:sono )?riservati|права защищены",
        re.IGNORECASE,
    ),
)
MOST_APART = 4_000  # letters: what is longer is no imprint, whatever it is called
DOCTYPE_NAMED = re.compile(rb"<!DOCTYPE[^\[>]*(\[[^\]]*\])?[^>]*>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Item:
    """A file of the book and what the package says of it."""

    path: str
    media: str
    properties: str


class _Book:
    """The package of a book."""

    def __init__(self, archive: ZipArchive) -> None:
        self._archive = archive
        path = self._package_path()
        self._folder = posixpath.dirname(path)
        self.package = archive.tree(path)
        self._items = {
            item.get("id", ""): _Item(
                self._path(item.get("href", "")),
                item.get("media-type", ""),
                item.get("properties", ""),
            )
            for item in self.package.iter(f"{OPF}item")
        }
        self._apart = {
            self._path(one.get("href", ""))
            for one in self.package.iter(f"{OPF}reference")
            if one.get("type", "").casefold() in APART
        }
        self.labels = self._labels()

    def said(self, name: str) -> str:
        """What the package says of the book: its title, creator, language, date."""
        found = next((e for e in self.package.iter(f"{DC}{name}") if (e.text or "").strip()), None)
        return " ".join((found.text or "").split()) if found is not None else ""

    def creators(self) -> str:
        """The names of all its creators."""
        names = (" ".join((e.text or "").split()) for e in self.package.iter(f"{DC}creator"))
        return ", ".join(dict.fromkeys(filter(None, names)))

    def chapters(self) -> Iterator[tuple[str, bool]]:
        """The paths of the files in reading order, each once, and whether it is apart."""
        seen: set[str] = set()
        for reference in self.package.iter(f"{OPF}itemref"):
            item = self._items.get(reference.get("idref", ""))
            if item is None or item.path in seen or item.path not in self._archive:
                continue
            seen.add(item.path)
            if len(seen) > MOST_CHAPTERS:
                raise UnreadableError(Reason.BOOK_CHAPTERS)
            if "html" in item.media or item.path.endswith((".html", ".xhtml", ".htm")):
                is_apart = (
                    reference.get("linear", "yes") == "no"
                    or "nav" in item.properties.split()
                    or item.path in self._apart
                    or PurePosixPath(item.path).stem.casefold() in APART_NAMES
                )
                yield item.path, is_apart

    def _package_path(self) -> str:
        if CONTAINER in self._archive:
            root = self._archive.tree(CONTAINER)
            for file in root.iter("{*}rootfile"):
                path = str(file.get("full-path", ""))
                if path in self._archive:
                    return path
        found = next((name for name in self._archive.names() if name.endswith(".opf")), None)
        if found is None:
            raise UnreadableError(Reason.BOOK_CONTENTS)
        return found

    def _path(self, href: str) -> str:
        file = unquote(href.partition("#")[0])
        return posixpath.normpath(posixpath.join(self._folder, file))

    def _linked(self, path: str) -> Iterator[tuple[str, str]]:
        """The addresses and labels of contents that are a page of links."""
        for link in chapter_tree(self._archive.read(path)).iter("{*}a", "a"):
            yield link.get("href", ""), "".join(link.itertext())

    def _listed(self, path: str) -> Iterator[tuple[str, str]]:
        """The addresses and labels of contents that are a list in XML, as in older books."""
        for point in self._archive.tree(path, is_html=True).iter("{*}navPoint"):
            labels = point.iterchildren("{*}navLabel")
            address = "".join(c.get("src", "") for c in point.iterchildren("{*}content"))
            yield address, "".join(text for label in labels for text in label.itertext())

    def _labels(self) -> dict[str, str]:
        """What the contents call each file, for chapters that have no heading."""
        labels: dict[str, str] = {}
        for item in self._items.values():
            if item.path not in self._archive:
                continue
            folder = posixpath.dirname(item.path)
            if "nav" in item.properties.split():
                entries = self._linked(item.path)
            elif item.media == "application/x-dtbncx+xml":
                entries = self._listed(item.path)
            else:
                continue
            for href, label in entries:
                file, _, fragment = href.partition("#")
                path = posixpath.normpath(posixpath.join(folder, unquote(file)))
                if not fragment or path not in labels:
                    labels.setdefault(path, " ".join(label.split()))
        return labels


def read_book(content: bytes) -> Document:
    """The headings and paragraphs of an EPUB; raises UnreadableError."""
    archive = ZipArchive(content, "BOOK")
    _refuse_protected(archive)
    book = _Book(archive)
    blocks = _read_chapters(book, archive, with_apart=False)
    if not any(block.is_paragraph for block in blocks):  # a book of nothing but its title page
        blocks = _read_chapters(book, archive, with_apart=True)
    if not any(block.is_paragraph for block in blocks):
        raise UnreadableError(Reason.BOOK_EMPTY)
    pages = len({b.place.label for b in blocks if b.place is not None and b.place.label})
    return Document(
        tuple(blocks),
        book.said("title"),
        book.said("language"),
        published=book.said("date"),
        author=book.creators(),
        pages=pages,
    )


def _read_chapters(book: _Book, archive: ZipArchive, *, with_apart: bool) -> list[Block]:
    """The blocks of all chapters; those that stand apart from the text only if they are wanted."""
    reader = ElementBlocks()
    for path, is_apart in book.chapters():
        body = _body(archive.read(path))
        write_formulas(body)
        length = sum(len(text) for text in body.itertext())
        is_short = length < MOST_APART
        is_left_out = not with_apart and is_short and (is_apart or _is_apart(body))
        if is_left_out or _is_of_links(body):
            continue
        _drop_apart(body)
        first = reader.count
        reader.feed(body, path)
        reader.finish()
        label = book.labels.get(path, "")
        if label and not reader.has_heading_from(first) and reader.count > first:
            reader.insert(first, heading(label, 0))
    return reader.blocks()


def chapter_tree(content: bytes) -> etree._Element:
    """The tree of a chapter, read as a browser would."""
    if ENTITY in content:
        raise UnreadableError(Reason.BOOK_ENTITIES)
    text = DOCTYPE_NAMED.sub(b"", content)
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decoded(text))
    if not source.strip():
        return html.fromstring("<html><body></body></html>")
    root = html.document_fromstring(source, parser=html.HTMLParser(huge_tree=False))
    for element in root.iter():  # as the parser of HTML leaves them
        if isinstance(element.tag, str) and (kind := element.get("epub:type")):
            element.set(EPUB_TYPE, kind)
    return root


def _body(content: bytes) -> etree._Element:
    root = chapter_tree(content)
    found = root.find(".//body")
    return root if found is None else found


def _is_apart(body: etree._Element) -> bool:
    """Whether all of a file is a part such as the contents or the imprint."""
    said = " ".join(body.itertext())
    if sum(pattern.search(said) is not None for pattern in RIGHTS_SAID) > 1:
        return True
    for element in (body, *body.iterchildren()):
        if isinstance(element.tag, str) and APART & set((element.get(EPUB_TYPE) or "").split()):
            return element is body or len(body) <= 2
    return False


def _drop_apart(body: etree._Element) -> None:
    """Drop parts of a file that are no text of the book."""
    for element in list(body.iter()):
        if not isinstance(element.tag, str) or element is body:
            continue
        said = (element.get(EPUB_TYPE), element.get("class"), element.get("role"), element.tag)
        kinds = {kind for one in said for kind in (one or "").split()}
        is_contents = bool(kinds & CONTENTS) and _is_of_links(element, LEAST_LINKED)
        is_contents = is_contents or _is_list_of_places(element)
        if (element.get("id") in APART_IDS or is_contents) and element.getparent() is not None:
            element.drop_tree()


def _is_list_of_places(element: etree._Element) -> bool:
    """Whether a list or a table leads to places of the book, as contents without a name do."""
    if element.tag not in ("table", "ul", "ol", "dl"):
        return False
    places = [a for a in element.iter("a") if "://" not in (a.get("href") or "://")]
    return len(places) >= FEWEST_PLACES and _is_of_links(element)


def _is_of_links(element: etree._Element, share: float = LINKED) -> bool:
    """Whether that share of its text is links: most of it, as in a table of contents."""
    linked = sum(len(t) for a in element.iter("a") for t in a.itertext())
    return linked > share * sum(len(text.strip()) for text in element.itertext())


def _refuse_protected(archive: ZipArchive) -> None:
    """Refuse a book whose text is encrypted; scrambled fonts do not matter."""
    if RIGHTS in archive:
        raise UnreadableError(Reason.BOOK_PROTECTED)
    if ENCRYPTION in archive:
        said = archive.read(ENCRYPTION)
        methods = re.findall(rb"""EncryptionMethod[^>]*Algorithm=["']([^"']+)""", said)
        if any(not method.startswith(FONT_SCRAMBLING) for method in methods):
            raise UnreadableError(Reason.BOOK_PROTECTED)
