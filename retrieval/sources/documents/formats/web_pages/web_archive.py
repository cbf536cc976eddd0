"""Reads pages that a browser saved as a single file (MHTML, RFC 2557)."""

import email
import email.policy

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.formats.web_pages.web_page import read_page
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.web.web_address import remedy_for


def read_web_archive(content: bytes) -> Document:
    """The article of the page in it; raises UnreadableError."""
    archive = email.message_from_bytes(content, policy=email.policy.compat32)
    for part in archive.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            if isinstance(page, bytes) and page.strip():
                saved = str(archive.get("Snapshot-Content-Location", "")).strip()
                address = saved if saved and remedy_for(saved) is None else None
                return read_page(page, part.get_content_charset(), address)
    raise UnreadableError(Reason.PAGE_NO_ARTICLE)
