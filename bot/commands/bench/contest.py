"""Lets Footnote and its peers answer the same questions in turns, each in a process of its own."""

import compileall
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from bot.commands.bench.bench_corpus import PARAGRAPHS_AN_ARTICLE, BenchCorpus
from bot.commands.bench.contender import OWN
from retrieval.errors import RetrievalError
from retrieval.evaluation.grown_corpus import GrownCorpus, made_up_word
from retrieval.evaluation.search_peers import PEERS
from retrieval.store.tables.folder_size import folder_size

PACKAGES = Path(__file__).parents[3]
CONTENDERS = (OWN, *PEERS)
ADDITIONS = 3
FIRST_MARK = 12_000_000  # far beyond the made-up words that a corpus holds
CONTENDER_ENDS_SECONDS = 10


class ContestError(RetrievalError):
    """A contender did not get to the end; the text says which one."""


@dataclass(frozen=True, slots=True)
class BenchFigures:
    """What one contender took of the processor, the disk and the memory.

    `disk` is the bytes that it keeps, of Footnote with the texts; `memory` is bytes; `cold` is
    from the start of its process to the first answer; all times are seconds of the processor.
    `addition` is None for who cannot add. `index` is the median of what the index takes of an
    answer, which is all of it for those that only search.
    """

    build: float
    disk: int
    memory: int
    cold: float
    p50: float
    p99: float
    addition: float | None
    index: float | None = None


class ContenderProcess:
    """A contender that answers."""

    def __init__(self, name: str, process: "subprocess.Popen[str]") -> None:
        self.name = name
        self._process = process
        self.seconds: list[float] = []
        self.of_index: list[float] = []

    def request(self, **request: Any) -> dict[str, Any]:  # noqa: ANN401  # JSON
        """What it says to a request; raises ContestError."""
        if self._process.stdin is None or self._process.stdout is None:
            raise ContestError(f"{self.name} has no pipes")
        try:
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            return _reply(self.name, "")
        return _reply(self.name, self._process.stdout.readline())


def compare(
    grown: GrownCorpus, paragraphs: int, questions: int, folder: Path
) -> dict[str, BenchFigures]:
    """The figures of all contenders by their names. Raises ContestError."""
    corpus = BenchCorpus(folder)
    for package in ("bot", "retrieval"):  # as they are compiled where they are installed
        compileall.compile_dir(PACKAGES / package, quiet=2)
    first, *asked = corpus.write(grown, paragraphs, questions + 1)
    built = {name: _build(name, folder) for name in CONTENDERS}
    disk = {name: folder_size(corpus.kept(name)) for name in CONTENDERS}
    with ExitStack() as stack:
        running = [stack.enter_context(_serving(name, folder)) for name in CONTENDERS]
        cold = {one.name: one.request(ask=first)["since_start"] for one in running}
        _ask_in_turns(running, asked)
        memory = {one.name: one.request()["bytes"] for one in running}
        added = {one.name: _added(one, grown) for one in running}
    seconds = {one.name: one.seconds for one in running}
    of_index = {one.name: one.of_index for one in running}
    return {
        name: BenchFigures(
            *(built[name], disk[name], memory[name], cold[name]),
            p50=float(np.percentile(seconds[name], 50)),
            p99=float(np.percentile(seconds[name], 99)),
            addition=added[name],
            index=median(of_index[name]),
        )
        for name in CONTENDERS
    }


def _ask_in_turns(running: Sequence[ContenderProcess], asked: Sequence[str]) -> None:
    """Each question goes to all before the next, and each time another one is first."""
    for number, question in enumerate(asked):
        first = number % len(running)
        for one in (*running[first:], *running[:first]):
            one.seconds.append(one.request(ask=question)["seconds"])
            proposed = one.request(propose=question)["seconds"]
            one.of_index.append(one.seconds[-1] if proposed is None else proposed)


def _added(one: ContenderProcess, grown: GrownCorpus) -> float | None:
    """The median CPU seconds of some additions; None for who cannot add."""
    seconds = []
    for number in range(ADDITIONS):
        mark = made_up_word(FIRST_MARK + number)
        texts = [f"{text} Also {mark}." for text in grown.paragraphs(PARAGRAPHS_AN_ARTICLE)]
        article = {"name": f"added-{number}", "mark": mark, "language": grown.language}
        seconds.append(one.request(add=article | {"texts": texts})["seconds"])
    known = [found for found in seconds if found is not None]
    return median(known) if len(known) == ADDITIONS else None


def _build(name: str, folder: Path) -> float:
    """The CPU seconds of its process."""
    done = subprocess.run(  # noqa: S603  # the program itself
        _command("build", name, folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    )
    return float(_reply(name, done.stdout)["seconds"])


@contextmanager
def _serving(name: str, folder: Path) -> Iterator[ContenderProcess]:
    process = subprocess.Popen(  # noqa: S603  # the program itself
        _command("serve", name, folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield ContenderProcess(name, process)
    finally:
        process.kill()
        process.communicate(timeout=CONTENDER_ENDS_SECONDS)


def _command(task: str, name: str, folder: Path) -> list[str]:
    return [sys.executable, "-m", "bot.commands.bench.contender", task, name, str(folder)]


def _reply(name: str, line: str) -> dict[str, Any]:
    if not line.strip():
        raise ContestError(f"{name}: its process ended, perhaps for memory; try fewer paragraphs")
    reply: dict[str, Any] = json.loads(line)
    return reply
