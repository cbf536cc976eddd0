"""The file of vectors, whole whatever happens to the processes that write it."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from encoders import WordEncoder

from retrieval.index.vectors.quantization import quantized
from retrieval.index.vectors.vector_store import VectorStore, VectorStoreError, digest

ROOT = Path(__file__).parents[4]
WRITER = """
import sys
sys.path[:0] = [sys.argv[2], sys.argv[2] + "/tests"]
from pathlib import Path
from encoders import WordEncoder
from retrieval.index.vectors.quantization import quantized
from retrieval.index.vectors.vector_store import VectorStore, digest
store = VectorStore(Path(sys.argv[1]), WordEncoder())
for number in range(int(sys.argv[4])):
    texts = [f"{sys.argv[3]} {number} {part}" for part in range(16)]
    vectors = quantized(store.encoder.passages(texts))
    store.add([digest(store.encoder.name, text) for text in texts], vectors)
    print(number, flush=True)
"""


def writer(folder, name, batches):
    command = [sys.executable, "-c", WRITER, str(folder), str(ROOT), name, str(batches)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def add(store, *texts):
    vectors = quantized(store.encoder.passages(texts))
    store.add([digest(store.encoder.name, text) for text in texts], vectors)


def held(store):
    """The digests of all sound records."""
    records = store.records()
    return [record["digest"].tobytes() for record in records[store.sound(records)]]


@pytest.fixture
def store(tmp_path):
    return VectorStore(tmp_path / "v", WordEncoder())


def test_what_is_added_is_there_for_another_reader(store, tmp_path):
    """With the digest that it was added under, and the numbers that it had."""
    add(store, "bees make honey", "wolves hunt at night")
    [one, _] = VectorStore(tmp_path / "v", WordEncoder()).records()
    expected = quantized(store.encoder.passages(["bees make honey"]))
    assert one["digest"].tobytes() == digest("words-1", "bees make honey")
    assert np.array_equal(one["codes"], expected.codes[0])
    assert one["scale"] == expected.scales[0]


def test_a_reader_takes_only_what_is_new(store):
    """Records are numbered in the order in which they were added."""
    add(store, "one")
    add(store, "two", "three")
    assert [len(store.records(start)) for start in range(5)] == [3, 2, 1, 0, 0]


def test_a_file_cut_at_any_byte_keeps_its_whole_records_and_can_be_added_to(tmp_path):
    """As a kill in the middle of a write leaves it."""
    whole = VectorStore(tmp_path / "whole", WordEncoder())
    add(whole, "one", "two", "three")
    content = whole.path.read_bytes()
    record = (len(content) - 64) // 3
    for size in range(len(content)):
        cut = VectorStore(tmp_path / "cut", WordEncoder())
        cut.path.parent.mkdir(exist_ok=True)
        cut.path.write_bytes(content[:size])
        before = held(cut)
        assert len(before) == max(0, size - 64) // record
        if size % 97 and record > 97 and size % record > 3:
            continue  # a lock each time takes its time: at a few places of each record
        add(cut, "four")
        assert held(cut) == [*before, digest("words-1", "four")]


def test_a_byte_that_changed_makes_its_record_unsound_and_no_other(store):
    """A vector that is wrong would let a sentence come up that has nothing to do with it."""
    add(store, "one", "two")
    content = bytearray(store.path.read_bytes())
    content[-1] ^= 1
    store.path.write_bytes(bytes(content))
    assert held(store) == [digest("words-1", "one")]


def test_a_killed_writer_leaves_all_that_it_had_added(store, tmp_path):
    """And the next one goes on behind it."""
    with writer(tmp_path / "v", "a", 100_000) as process:
        for _ in range(5):
            process.stdout.readline()
        process.send_signal(signal.SIGKILL)
        said = 5 + len(process.stdout.read().splitlines())
    assert len(held(store)) >= 16 * said
    assert store.sound(store.records()).all()
    add(store, "more")
    assert held(store)[-1] == digest("words-1", "more")


def test_two_processes_may_write_at_once(store, tmp_path):
    """Not one record of either is lost."""
    processes = [writer(tmp_path / "v", name, 20) for name in "ab"]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert len(set(held(store))) == 2 * 20 * 16
    for process in processes:
        process.stdout.close()


def test_a_writer_waits_for_no_reader(store):
    """A map of the file stays what it was while more is added."""
    add(store, "one")
    before = store.records()
    content = before.tobytes()
    add(store, *map(str, range(100)))
    assert before.tobytes() == content


def test_another_file_of_that_name_is_left_alone(store):
    """The error says what to do."""
    store.path.parent.mkdir()
    store.path.write_text("notes on bees " * 10, encoding="utf-8")
    assert len(store.records()) == 0
    with pytest.raises(VectorStoreError, match="no file of vectors; move it away"):
        add(store, "one")
    assert store.path.read_text(encoding="utf-8").startswith("notes on bees")


def test_a_folder_that_cannot_be_made_is_an_error_of_one_sentence(tmp_path):
    """What, where, and what to do."""
    (tmp_path / "v").write_text("", encoding="utf-8")
    store = VectorStore(tmp_path / "v", WordEncoder())
    with pytest.raises(VectorStoreError, match=r"cannot be written .* check that there is room"):
        add(store, "one")


def test_vectors_of_another_encoder_are_kept_apart(store, tmp_path):
    """Those of two versions do not compare."""
    add(store, "one")
    assert len(VectorStore(tmp_path / "v", WordEncoder("words-2")).records()) == 0
    assert digest("words-1", "one") != digest("words-2", "one")


@pytest.mark.skipif(os.name != "posix", reason="there are no modes")
def test_what_is_made_is_private(store):
    """The folder of the data is, too, if it is made by that."""
    before = os.umask(0o022)
    try:
        add(store, "one")
    finally:
        os.umask(before)
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700
