"""Reads Word's files with mammoth.

Of the libraries compared only mammoth gave every paragraph, with tracked changes as accepted.
"""

import io
import logging
import re
import zipfile

import mammoth
from lxml import etree, html

from retrieval.sources.documents.contents_list import is_named_contents
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.element_blocks import MARK, ElementBlocks
from retrieval.sources.documents.formats.word_formulas import write_formulas
from retrieval.sources.documents.formats.word_numbering import NUMBER, NUMBER_END, write_numbers
from retrieval.sources.documents.formats.word_styles import DEEPEST_HEADING, OUTLINED
from retrieval.sources.documents.formats.zip_archive import ENTITY, ZipArchive
from retrieval.sources.documents.refusal_reasons import Reason

CORE = "docProps/core.xml"
TEXT = re.compile(r"word/document\d*\.xml")
LARGEST_WORD_TEXT = 40_000_000
LONGEST_WORD_HEADING = 120
LONGEST_SET_HEADING = 250
LONG_ENTRY = 300
INLINE = frozenset({"strong", "em", "a", "sup", "sub", "s", "u", "span"})
TITLE_CLASS = "title"
# What is deleted with tracked changes, and comments, mammoth leaves out.
STYLES = f"""
p[style-name='Title'] => h1.{TITLE_CLASS}:fresh
p[style-name='title'] => h1.{TITLE_CLASS}:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name^='toc '] => nav.toc
p[style-name^='TOC '] => nav.toc
p[style-name='table of figures'] => nav.toc
""" + "\n".join(
    f"p.{OUTLINED}{level} => h{level}.{OUTLINED}:fresh" for level in range(1, DEEPEST_HEADING + 1)
)
HEADINGS = "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"
NOTE_CALL = re.compile(r"(?:footnote|endnote)-ref-\w+")
SET_TITLE = re.compile(
    r"untitled|microsoft word\b|document\d*|.*\.do[ct][xm]?|word document|[\W\d_]*",
    re.IGNORECASE | re.DOTALL,
)


def read_word(content: bytes) -> Document:
    """The headings and paragraphs of a .docx; raises UnreadableError."""
    archive = ZipArchive(content, "WORD")
    size = 0
    for name in archive.names():
        if name.endswith((".xml", ".rels")):
            part = archive.read(name)
            size += len(part)
            if ENTITY in part:
                raise UnreadableError(Reason.WORD_ENTITIES)
    if size > LARGEST_WORD_TEXT:
        raise UnreadableError(Reason.WORD_TOO_LONG)
    logging.getLogger("mammoth").setLevel(logging.ERROR)
    try:
        shown = mammoth.convert_to_html(
            io.BytesIO(_written_out(content, archive)),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(_no_image),
            external_file_access=False,
        ).value
    except Exception as error:  # it raises whatever a defect leads to
        raise UnreadableError(Reason.WORD_DAMAGED) from error
    root = html.fromstring(f"<div>{shown}</div>")
    _mark_entries(root)
    _part_long_entries(root)
    title = _take_title(root)
    notes = _take_notes(root)
    _find_named_contents(root)
    if all(map(_is_of_contents, root.xpath(f"{HEADINGS}[not(@class='{OUTLINED}')]"))):
        _find_bold_headings(root)
    reader = ElementBlocks()
    reader.feed(root)
    for note in notes:
        reader.feed(note)
    return Document(tuple(reader.blocks()), title or _set_title(archive))


def _written_out(content: bytes, archive: ZipArchive) -> bytes:
    """The file with formulas and numbers as text, which mammoth does not read."""
    part = next(filter(TEXT.fullmatch, archive.names()), "")
    if not part:
        return content
    root = archive.tree(part)
    changes = (write_formulas(root), write_numbers(root, archive))
    return _replaced(content, part, etree.tostring(root)) if any(changes) else content


def _replaced(content: bytes, part: str, text: bytes) -> bytes:
    """The zip with another content of that part."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in dict.fromkeys(source.namelist()):
            copy.writestr(name, text if name == part else source.read(name))
    return target.getvalue()


def _no_image(_: object) -> dict[str, str]:
    return {}


def _mark_entries(root: etree._Element) -> None:
    """Give each entry the number that Word shows."""
    for element in root.iter():
        before, _, behind = (element.text or "").partition(NUMBER)
        number, end, rest = behind.partition(NUMBER_END)
        if end:
            entry = element
            while entry.tag in INLINE and (parent := entry.getparent()) is not None:
                entry = parent
            is_entry = entry.tag == "li"
            entry.set(MARK, number)
            element.text = before + ("" if is_entry else f"{number} ") + rest


def _part_long_entries(root: etree._Element) -> None:
    """Make paragraphs of entries that are as long.

    Long headings are numbered paragraphs, too, set in a style of headings for its numbers.
    """
    for found in root.xpath("//ol[not(ancestor::li) and not(ancestor::table)]"):
        entries = found.xpath(".//li")
        if sum(len("".join(e.itertext())) for e in found) > LONG_ENTRY * len(entries):
            for entry in entries:
                entry.text = f"{entry.get(MARK, '')} {entry.text or ''}".lstrip()
                entry.tag = "div"
            for one in (found, *found.xpath(".//ol|.//ul")):
                one.tag = "div"
    for found in root.xpath(HEADINGS):
        text = "".join(found.itertext())
        if len(text) > LONGEST_SET_HEADING and TITLE_CLASS not in found.get("class", ""):
            found.tag = "p"


def _take_title(root: etree._Element) -> str:
    """The paragraph in the style Title, which heads nothing; none if there are several."""
    titles = root.xpath(f"//h1[contains(@class,'{TITLE_CLASS}')]")
    if len(titles) != 1:
        return ""
    (found,) = titles
    text = _words(found)
    if text:
        found.drop_tree()
    return text


def _take_notes(root: etree._Element) -> list[etree._Element]:
    """Notes, which stand at the end as a list with a link back; contents are dropped."""
    for contents in root.xpath("//nav"):
        contents.drop_tree()
    notes = []
    for item in root.xpath("//li[starts-with(@id,'footnote-') or starts-with(@id,'endnote-')]"):
        for link in item.xpath(".//a[starts-with(@href,'#')]"):
            if NOTE_CALL.fullmatch(link.get("href")[1:]):
                link.drop_tree()
        item.tag = "div"
        notes.append(item)
    for note in notes:
        parent = note.getparent()
        note.drop_tree()
        if parent is not None and not len(parent) and parent.tag == "ol":
            parent.drop_tree()
    return notes


def _is_of_contents(element: etree._Element) -> bool:
    return is_named_contents("".join(element.itertext()))


def _find_named_contents(root: etree._Element) -> None:
    """Turn the name of a table of contents that is written as text into a heading."""
    for paragraph in root.xpath("//p[not(ancestor::table)]"):
        if _is_of_contents(paragraph):
            paragraph.tag = "h6"


def _find_bold_headings(root: etree._Element) -> None:
    """Turn short paragraphs that are all bold into headings, if no style makes any.

    So is an entry that is a list of its own, as a numbered heading is. Where most of the text is
    bold, none is a heading.
    """
    found = [
        one
        for one in root.xpath(
            "//*[self::p or self::li[count(../li)=1 and not(ancestor::li)]]"
            "[strong and not(ancestor::table)]"
        )
        if _is_bold_heading(one)
    ]
    if 2 * sum(len(_words(one)) for one in found) > len(_words(root)):
        return
    for one in found:
        if one.tag == "li":
            one.text = f"{one.get(MARK, '')} ".lstrip()
            one.getparent().tag = "div"
        one.tag = "h6"


def _is_bold_heading(element: etree._Element) -> bool:
    text = _words(element)
    bold = "".join(map(_words, element.iterchildren("strong")))
    is_all = text.replace(" ", "") == bold.replace(" ", "")
    is_short = 0 < len(text) <= LONGEST_WORD_HEADING
    return is_all and is_short and not text.endswith((".", ",", ";"))


def _words(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _set_title(archive: ZipArchive) -> str:
    """The title in the file's properties, if somebody wrote it."""
    if CORE not in archive:
        return ""
    found = archive.tree(CORE).find("{http://purl.org/dc/elements/1.1/}title")
    text = " ".join((found.text or "").split()) if found is not None else ""
    return "" if SET_TITLE.fullmatch(text) else text
