"""Documents are read in a process of its own, and hostile ones harm nobody."""

import subprocess
import sys
import threading

import pytest
from document_files import PdfWriter, bomb, word_file, word_paragraph

from retrieval.sources.documents.document import UnreadableError
from retrieval.sources.documents.formats.document_reader import read_document
from retrieval.sources.worker.reading_worker import ROOT, ReadingRequest, ReadingWorker

NESTED = b"<div>" * 100_000 + b"Bees live in hives." + b"</div>" * 100_000
ATTRIBUTES = b"<p " + b" ".join(b"a%d=1" % n for n in range(30_000)) + b">Bees live in hives.</p>"


@pytest.fixture(scope="module")
def worker():
    return ReadingWorker()


def test_a_process_of_its_own_reads_the_same(worker):
    """What it says travels as JSON, with places, kinds and warnings."""
    pdf = PdfWriter()
    pdf.line("Of bees", size=20, down=40)
    pdf.lines("Bees live in hives, and so they have for as long as anyone can remember.")
    pdf.page()
    pdf.canvas.rect(100, 100, 200, 200, fill=1)
    content = pdf.content()
    assert worker.read(content) == read_document(content)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (bomb, "unpacks to more"),
        (word_file(word_paragraph("x") * 3, **{"word/a.xml": "<!ENTITY a 'b'>"}), "entities"),
        (b"%PDF-1.4\n" + b"1 0 obj<</Type/Pages/Kids[1 0 R]>>endobj\n" * 1000, "damaged"),
        (b"PK\x03\x04" + b"\xff" * 1000, "damaged"),
    ],
)
def test_a_hostile_file_is_refused_in_a_sentence(worker, content, problem):
    """With the reason, and with what to do."""
    with pytest.raises(UnreadableError, match=problem) as refusal:
        worker.read(content() if callable(content) else content)
    assert refusal.value.remedy


@pytest.mark.parametrize("content", [NESTED, ATTRIBUTES])
def test_a_page_made_to_hurt_is_read_or_refused(content):
    """Whatever it takes, it ends."""
    try:
        found = ReadingWorker(seconds=4).read(content)
    except UnreadableError as refusal:
        assert refusal.remedy  # noqa: PT017  # both ends are right
    else:
        assert [block.text for block in found.blocks] == ["Bees live in hives."]


def test_a_process_that_takes_too_long_is_ended():
    """And the next file is read as if nothing had been."""
    impatient = ReadingWorker(seconds=0.01)
    with pytest.raises(UnreadableError, match="takes too long"):
        impatient.read(b"<p>Bees live in hives.</p>")


def test_who_stops_waits_for_nothing():
    """What is being read is given up."""
    worker = ReadingWorker()
    threading.Timer(1, worker.stop).start()
    with pytest.raises(UnreadableError, match="program is stopping"):
        worker.read_all([ReadingRequest(ATTRIBUTES)] * 20)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("import subprocess; subprocess.run(['true'])", "PermissionError"),
        ("import os; os.system('true')", "PermissionError"),
        ("bytearray(2_000_000_000)", "MemoryError"),
    ],
)
def test_the_process_may_neither_connect_nor_start_programs_nor_take_all_memory(code, error):
    """Whatever a file makes a parser do."""
    limits = "from retrieval.sources.worker import reading_process as p; p._limit(); p._forbid(); "
    done = subprocess.run(
        [sys.executable, "-c", limits + code],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert error in done.stderr
