"""Changes are told of by the paths that a scan finds."""

import time
from pathlib import Path

from bot.indexing.folder_events import FolderEvents


def test_below_a_relative_folder_paths_are_relative(tmp_path, monkeypatch):
    """The operating system reports absolute ones."""
    monkeypatch.chdir(tmp_path)
    Path("articles/deep").mkdir(parents=True)
    events = FolderEvents()
    assert events.watch({"articles": 1, "articles/deep": 2})
    assert events.are_told
    Path("articles/bees.md").touch()
    Path("articles/deep/pears.md").touch()
    told = set()
    for _ in range(500):
        told |= events.paths()
        if len(told) == 2:
            break
        time.sleep(0.01)
    assert told == {"articles/bees.md", "articles/deep/pears.md"}
