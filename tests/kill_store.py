"""Is every change of a collection that was acknowledged there after kill -9 at any moment?

    python tests/kill_store.py [--changes 300] [--kills 60]

A process adds, changes and removes articles, one at a time, and says what it is about to do and
what is done. It is killed at random, and what its collection holds is compared with that: of the
change that was under way either state is right, of all others only the last one.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from stored_collections import opened, write  # noqa: E402

from retrieval.evaluation.grown_corpus import made_up_word  # noqa: E402
from retrieval.store.collection_store import CollectionStore  # noqa: E402
from retrieval.store.reading.disk_engine import DiskEngine  # noqa: E402

NAMES = [f"article-{number}.md" for number in range(12)]
LONGEST_PAUSE = 0.2  # seconds, in which a change goes on
KEPT = "kept.md"
CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, {!r})
from kill_store import change
change(Path({!r}), {}, {})
"""


def change(folder: Path, first: int, seed: int) -> None:
    """Change the articles of a folder without end, from that number on; for a process."""
    order, sync = random.Random(seed), opened(folder)  # noqa: S311
    number = first
    while True:
        name = order.choice(NAMES)
        is_removed = (folder / name).exists() and order.random() < 0.4
        line = json.dumps([name, None if is_removed else number])
        print(f"begin {line}", flush=True)
        mark = made_up_word(number)
        text = f"# {name} {number}\n\nThe mark is {mark}.\n\nIt is about {mark} as well.\n"
        write(folder, name, None if is_removed else text)
        sync.update(sync.scan())
        print(f"done {line}", flush=True)
        number += 1


@dataclass
class Killing:
    """A collection whose process is killed; counts what was acknowledged, and what is wrong."""

    folder: Path
    order: random.Random
    known: dict[str, int | None] = field(default_factory=dict)
    acknowledged: int = 0
    kills: int = 0
    begun: int = 0
    wrong: list[str] = field(default_factory=list)

    def round(self, most: int) -> None:
        """Let the process make some changes, kill it, and look at what there is."""
        write(self.folder, KEPT, "# Kept\n\nThis one stays.\n")
        code = CHILD.format(str(TESTS), str(self.folder), self.begun, self.order.random())
        process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        under_way: tuple[str, int | None] | None = None
        for _ in range(2 * self.order.randint(1, most) - self.order.randint(0, 1)):
            under_way = self._heard(process.stdout.readline())
        time.sleep(self.order.random() * LONGEST_PAUSE)
        process.kill()
        for line in process.communicate()[0].splitlines():
            under_way = self._heard(line)
        self.kills += 1
        self._compare(under_way)

    def _heard(self, line: str) -> tuple[str, int | None] | None:
        """What is under way after that line."""
        word, _, content = line.partition(" ")
        name, number = json.loads(content)
        if word == "begin":
            self.begun += 1
            return name, number
        self.known[name] = number
        self.acknowledged += 1
        return None

    def _compare(self, under_way: tuple[str, int | None] | None) -> None:
        engine = self._engine()
        for name, number in self.known.items():
            right = [number]
            if under_way is not None and under_way[0] == name:
                right.append(under_way[1])
            if (found := _state(engine, name)) not in right:
                self.wrong.append(f"{name}: {found} instead of {right}")
        if under_way is not None:  # its file may be written, and is taken in with the next one
            sync = opened(self.folder)
            sync.update(sync.scan())
            self.known[under_way[0]] = _state(self._engine(), under_way[0])

    def _engine(self) -> DiskEngine:
        return DiskEngine(CollectionStore(self.folder.parent / "store").snapshot())


def _state(engine: DiskEngine, name: str) -> int | None:
    """The number that an article has, if its words are found as well; None if it is not there."""
    identity = name.removesuffix(".md")
    if identity not in engine.articles:
        return None
    number = int(engine.articles[identity].title.split()[-1])
    term = next(iter(engine.analyzers["en"].word_terms(made_up_word(number))))
    found = engine.best([{(term,): 1.0}], [], 10)
    at = engine.position(identity, 1)
    return number if {at, at + 1} <= set(found) else -1


def main() -> int:
    """Print how many changes were acknowledged, and how many of them are not there."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--changes", type=int, default=300)
    parser.add_argument("--kills", type=int, default=60)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        killing = Killing(Path(scratch) / "one" / "articles", random.Random(1))  # noqa: S311
        while killing.acknowledged < wanted.changes or killing.kills < wanted.kills:
            killing.round(max(1, 2 * wanted.changes // wanted.kills))
    print(
        f"{killing.acknowledged} changes acknowledged, {killing.kills} kills, "
        f"{len(killing.wrong)} changes lost"
    )
    print("\n".join(killing.wrong))
    return 1 if killing.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
