"""How much a folder holds is counted while its files come and go."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from retrieval.store.tables.folder_size import folder_size

TIMES = 2000


def test_files_below_a_folder_are_counted(tmp_path):
    """Those of its folders, too; a folder that is not there holds nothing."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "segment").write_bytes(b"12345")
    (tmp_path / "collection").write_bytes(b"123")
    assert folder_size(tmp_path) == 8
    assert folder_size(tmp_path / "missing") == 0


def test_files_may_be_removed_meanwhile(tmp_path):
    """As the index removes its files when it has merged them."""
    (tmp_path / "kept").write_bytes(b"12345")
    is_counted = Event()

    def come_and_go():
        while not is_counted.is_set():
            (tmp_path / "segment").write_bytes(b"123")
            (tmp_path / "segment").unlink()

    with ThreadPoolExecutor(1) as pool:
        going = pool.submit(come_and_go)
        try:
            sizes = {folder_size(tmp_path) for _ in range(TIMES)}
        finally:
            is_counted.set()
        going.result()
    assert 5 in sizes
    assert sizes <= {5, 6, 7, 8}
