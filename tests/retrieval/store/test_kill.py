"""A process that changes a collection may be killed at any moment."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from kill_store import Killing
from stored_collections import TEXTS, everything, opened, write

from retrieval.index.collection_index import Index
from retrieval.store.collection_store import CollectionStore
from retrieval.store.reading.disk_engine import DiskEngine

CHILD = """
import random, sys
from pathlib import Path
sys.path[:0] = {paths!r}
from stored_collections import TEXTS, opened, write
folder, order = Path({folder!r}), random.Random({seed})
sync = opened(folder)
while True:
    name = order.choice(list(TEXTS))
    is_there = (folder / name).exists()
    text = TEXTS[name] + f"\\n\\nNote {{order.random()}}.\\n"
    write(folder, name, None if is_there and order.random() < 0.3 else text)
    if any(folder.rglob("*.*")):
        sync.update(sync.scan())
        print(name, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_after_a_kill_the_collection_opens_and_holds_what_was_acknowledged(tmp_path, seed):
    """It says the same as one that is made anew, and goes on from there."""
    folder, order = tmp_path / "one" / "articles", random.Random(seed)  # noqa: S311
    write(folder, "bees.md", TEXTS["bees.md"])
    tests = Path(__file__).parents[2]
    code = CHILD.format(paths=[str(tests), str(tests.parent)], folder=str(folder), seed=seed)
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for _ in range(order.randint(2, 6)):
        assert process.stdout.readline()
    time.sleep(order.random() / 20)
    process.kill()
    process.communicate()
    write(folder, "last.md", "# Last\n\nThe last article is about owls.")
    sync, store = opened(folder), CollectionStore(folder.parent / "store")
    sync.update(sync.scan())
    other = tmp_path / "other" / "articles"
    for path in folder.rglob("*.*"):
        write(other, str(path.relative_to(folder)), path.read_text())
    anew = opened(other)
    anew.update(anew.scan())
    expected = Index(DiskEngine(CollectionStore(other.parent / "store").snapshot()))
    assert everything(Index(DiskEngine(store.snapshot()))) == everything(expected)


def test_all_that_was_acknowledged_is_there_at_once(tmp_path):
    """Before anything is read again, and what was under way is there or not."""
    killing = Killing(tmp_path / "one" / "articles", random.Random(5))  # noqa: S311
    for _ in range(2):
        killing.round(4)
    assert killing.acknowledged > 0
    assert killing.wrong == []
