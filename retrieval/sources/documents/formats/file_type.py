"""Tells which kind of document a file is from its bytes; its name may be wrong.

Markdown and plain text are read by `retrieval/sources/article_file.py`.
"""

import io
import re
import zipfile
from enum import StrEnum

from retrieval.sources.documents.charset import wide_codec

MAGIC_BYTES = 1024
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|h1|"
    r"title|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
FEED = re.compile(r"<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE)
WEB_ARCHIVE = re.compile(
    r"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related\b",
    re.IGNORECASE,
)
OTHER_XML = re.compile(r"\s*<(?:\?xml\b|!doctype\b|svg\b)", re.IGNORECASE)
WORD_TEXT = re.compile(r"word/document\d*\.xml")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # [MS-OFFCRYPTO], 2.3
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
WIDE = (b"\xff\xfe", b"\xfe\xff")  # UTF-16
MARK = "\xef\xbb\xbf"  # of UTF-8, read as Latin-1


class FileType(StrEnum):
    """The kinds of files that articles are read from, and those that are told apart to say so."""

    HTML = "html"
    WEB_ARCHIVE = "mhtml"
    PDF = "pdf"
    WORD = "docx"
    BOOK = "epub"
    OPEN_DOCUMENT = "odt"
    FEED = "feed"
    TEXT = "text"
    OLD_OFFICE = "old-office"
    PROTECTED_OFFICE = "protected-office"
    PICTURE = "picture"
    OTHER_ZIP = "zip"
    DAMAGED_ZIP = "damaged-zip"
    UNKNOWN = "unknown"


def file_type(content: bytes) -> FileType:
    """What these bytes are."""
    head = content[:MAGIC_BYTES]
    if b"%PDF-" in head:
        return FileType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(content)
    if head.startswith(OLD_OFFICE) and ENCRYPTED in content:
        return FileType.PROTECTED_OFFICE
    for beginnings, kind in (((OLD_OFFICE,), FileType.OLD_OFFICE), (PICTURES, FileType.PICTURE)):
        if head.startswith(beginnings):
            return kind
    wide = "utf-16" if head.startswith(WIDE) else wide_codec(content)
    if b"\0" in head and wide is None:
        return FileType.UNKNOWN
    text = head.decode(wide or "latin-1", "replace").removeprefix(MARK)
    return _of_text(text)


def _of_text(text: str) -> FileType:
    if WEB_ARCHIVE.match(text):
        return FileType.WEB_ARCHIVE
    if HTML.match(text):
        return FileType.HTML
    if FEED.search(text):
        return FileType.FEED
    return FileType.UNKNOWN if OTHER_XML.match(text) else FileType.TEXT


def _of_zip(content: bytes) -> FileType:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist()[:20_000])
            kind = b""
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype").strip()
    except Exception:  # noqa: BLE001  # a directory may be made to break anything
        return FileType.DAMAGED_ZIP
    if any(WORD_TEXT.fullmatch(name) for name in names):
        return FileType.WORD
    if kind == b"application/epub+zip" or "META-INF/container.xml" in names:
        return FileType.BOOK
    if kind.startswith(b"application/vnd.oasis.opendocument.text") or (
        "content.xml" in names and not kind
    ):
        return FileType.OPEN_DOCUMENT
    return FileType.OTHER_ZIP
