"""Looking only at files that are told of finds what a scan of all finds."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from retrieval.sources.folders.folder_scan import ScannedFolder, scan
from retrieval.sources.folders.told_changes import rescan

NAMES = ("a.md", "b.md", "deep/c.md", "deep/d.md", ".e.md", "f.bin", "g.md~", "new/h.md", "ä.md")
TEXTS = ("", "two", "three", "link")
CHANGES = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(TEXTS)))


def is_plain(changed):
    """Whether it is an article, or hidden, in a folder that was there before."""
    path, text = changed
    return path in {*NAMES[:5], NAMES[-1]} and text != "link"


def change(path, text):
    """Write that text into a file, or remove it where there is none; what was told of it."""
    told = {str(path)} if path.parent.exists() else {str(path), str(path.parent)}
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if text == "link":
        path.symlink_to("a.md")
    elif text:
        path.write_text(text, encoding="utf-8")
    return told


@settings(max_examples=25, deadline=None)
@given(CHANGES)
@example([("a.md", ""), ("b.md", "two"), ("deep/d.md", "three")])
def test_files_that_are_told_of_are_found_as_by_a_scan(changes):
    """Or nothing is, where a scan has to tell."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        folders = [ScannedFolder(folder, frozenset({".md"}))]
        for known in ("a.md", "b.md", "deep/c.md"):
            change(folder / known, "one")
        before = scan(folders)
        told = set().union(*(change(folder / path, text) for path, text in changes))
        found, every = rescan(folders, before, told), scan(folders)
        assert found is not None or not all(map(is_plain, changes))
        if found is not None:
            assert found.files == every.files
            assert found.digest == every.digest
            assert (found.others, found.folders) == (every.others, every.folders)


def test_a_folder_that_goes_has_to_be_scanned(tmp_path):
    """Told of is only the folder itself."""
    change(tmp_path / "a.md", "one")
    change(tmp_path / "deep" / "c.md", "one")
    folders = [ScannedFolder(tmp_path, frozenset({".md"}))]
    before = scan(folders)
    shutil.rmtree(tmp_path / "deep")
    assert rescan(folders, before, {str(tmp_path / "deep")}) is None
