"""Each document is read once, and not at every start."""

import pytest

from retrieval.sources.blocks import paragraph
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.worker.document_cache import DocumentCache


class CountingReader:
    """Reads any file as its text, and counts how often it is asked."""

    def __init__(self):
        self.asked = 0

    def read(self, content):
        self.asked += 1
        if content == b"scan":
            raise UnreadableError(
                Reason.DEFECT, problem="pictures of pages", remedy="run OCR over it"
            )
        return Document((paragraph(content.decode(), 0),), "Of bees")


def test_a_document_is_read_once(tmp_path):
    """Also by the next process; one that changed is read anew."""
    reader = CountingReader()
    for _ in range(2):
        cache = DocumentCache(tmp_path / "documents", reader)
        assert [cache.read(text).blocks[0].text for text in (b"bees", b"wasps")] == [
            "bees",
            "wasps",
        ]
    assert reader.asked == 2


def test_a_refusal_is_remembered_too(tmp_path):
    """A file that takes a minute to refuse does not cost that minute at every start."""
    reader = CountingReader()
    cache = DocumentCache(tmp_path, reader)
    for _ in range(2):
        with pytest.raises(UnreadableError, match="pictures of pages"):
            cache.read(b"scan")
    assert reader.asked == 1


def test_a_damaged_memory_is_read_over(tmp_path):
    """As if there were none."""
    reader = CountingReader()
    cache = DocumentCache(tmp_path, reader)
    cache.read(b"bees")
    for file in tmp_path.iterdir():
        file.write_text('{"blocks": 3')
    assert cache.read(b"bees").title == "Of bees"
    assert reader.asked == 2
