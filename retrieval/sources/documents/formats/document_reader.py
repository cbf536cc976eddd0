"""Reads the bytes of a file that is no plain text into a document."""

import re

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.formats.file_type import FileType, file_type
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.file_kinds import LARGEST_DOCUMENT

HEAD = 4096
TAG = re.compile(rb"<[a-zA-Z!/]")
REFUSED = {
    FileType.OLD_OFFICE: Reason.OLD_OFFICE,
    FileType.PROTECTED_OFFICE: Reason.OFFICE_PASSWORD,
    FileType.PICTURE: Reason.PICTURE,
    FileType.OTHER_ZIP: Reason.OTHER_ZIP,
    FileType.DAMAGED_ZIP: Reason.DAMAGED,
    FileType.FEED: Reason.IS_FEED,
    FileType.UNKNOWN: Reason.UNKNOWN_KIND,
    FileType.TEXT: Reason.PLAIN_TEXT,
}


def read_document(
    content: bytes, charset: str | None = None, address: str | None = None
) -> Document:
    """The headings and paragraphs of a file, whatever it is called; raises UnreadableError.

    `charset` and `address` are what came with a page of the web.
    """
    if not content.strip():
        raise UnreadableError(Reason.EMPTY)
    if len(content) > LARGEST_DOCUMENT:
        raise UnreadableError(Reason.TOO_MANY_BYTES, most=LARGEST_DOCUMENT)
    kind = file_type(content)
    if kind is FileType.PDF:
        from retrieval.sources.pdf.pdf_structure import read_pdf

        return read_pdf(content)
    if kind is FileType.WORD:
        from retrieval.sources.documents.formats.word_file import read_word

        return read_word(content)
    if kind is FileType.BOOK:
        from retrieval.sources.documents.formats.book_file import read_book

        return read_book(content)
    if kind is FileType.OPEN_DOCUMENT:
        from retrieval.sources.documents.formats.open_document import read_open_document

        return read_open_document(content)
    if kind is FileType.WEB_ARCHIVE:
        from retrieval.sources.documents.formats.web_pages.web_archive import read_web_archive

        return read_web_archive(content)
    if kind is FileType.HTML or (kind is FileType.TEXT and TAG.search(content[:HEAD])):
        from retrieval.sources.documents.formats.web_pages.web_page import read_page

        return read_page(content, charset, address)
    raise UnreadableError(REFUSED[kind])
