"""How much a folder holds is counted while its files come and go."""

from retrieval.store.tables.folder_size import folder_size


def test_files_below_a_folder_are_counted(tmp_path):
    """Those of its folders, too; a folder that is not there holds nothing."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "segment").write_bytes(b"12345")
    (tmp_path / "collection").write_bytes(b"123")
    assert folder_size(tmp_path) == 8
    assert folder_size(tmp_path / "missing") == 0


def test_a_file_that_is_removed_meanwhile_counts_nothing(tmp_path):
    """As the index removes files when it has merged them; a link to nothing is as such a file."""
    (tmp_path / "kept").write_bytes(b"12345")
    (tmp_path / "merged").symlink_to(tmp_path / "segment")
    assert folder_size(tmp_path) == 5
