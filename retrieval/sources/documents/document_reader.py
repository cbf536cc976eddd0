"""Reads the bytes of a file of any kind into a document."""

import re

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.file_type import FileType, file_type

HEAD = 4096
TAG = re.compile(rb"<[a-zA-Z!/]")
LARGEST_BYTES = 100_000_000
REFUSED = {
    FileType.OLD_OFFICE: ("this is a file of an old version of Office", "save it as .docx or PDF"),
    FileType.PICTURE: ("this is a picture", "run text recognition (OCR) over it first"),
    FileType.OTHER_ZIP: ("this is a zip or an office file of another kind", "save it as PDF"),
    FileType.DAMAGED_ZIP: ("the file is damaged", "save it again"),
    FileType.FEED: ("this is a feed", "follow it with `footnote articles follow`"),
    FileType.UNKNOWN: ("this is no kind of file that can be read", "save it as PDF or text"),
    FileType.TEXT: ("this is plain text", "name it .txt or .md"),
}


def read_document(
    content: bytes, charset: str | None = None, address: str | None = None
) -> Document:
    """The headings and paragraphs of a file, whatever it is called; raises UnreadableError.

    `charset` and `address` are what came with a page of the web.
    """
    if not content.strip():
        raise UnreadableError("the file is empty", "add text, or remove it")
    if len(content) > LARGEST_BYTES:
        problem = f"the file has {len(content):,} bytes, more than {LARGEST_BYTES:,}"
        raise UnreadableError(problem, "split it into several files")
    kind = file_type(content)
    if kind is FileType.PDF:
        from retrieval.sources.pdf.pdf_document import read_pdf

        return read_pdf(content)
    if kind is FileType.WORD:
        from retrieval.sources.documents.word_file import read_word

        return read_word(content)
    if kind is FileType.BOOK:
        from retrieval.sources.documents.book_file import read_book

        return read_book(content)
    if kind is FileType.OPEN_DOCUMENT:
        from retrieval.sources.documents.open_document import read_open_document

        return read_open_document(content)
    if kind is FileType.HTML or (kind is FileType.TEXT and TAG.search(content[:HEAD])):
        from retrieval.sources.documents.web_page import read_page

        return read_page(content, charset, address)
    raise UnreadableError(*REFUSED[kind])
