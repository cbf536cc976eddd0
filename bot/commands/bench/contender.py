"""A contender in a process of its own: builds its index, or answers what is asked on stdin.

python -m bot.commands.bench.contender build|serve NAME FOLDER
"""

import gc
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bot.commands.bench.bench_corpus import BenchCorpus

if TYPE_CHECKING:
    from retrieval.index.collection_index import Index

OWN = "footnote"
SETTLED_SECONDS = 0.6  # a file that was just written is left alone for half a second
MOST_TRIES = 20
KILOBYTE = 1024


class Contender(Protocol):
    """What is compared."""

    def build(self) -> None:
        """Make its index and keep it, if it can."""

    def open(self) -> None:
        """Make ready to answer."""

    def ask(self, question: str) -> int:
        """Answer; how much was found."""

    def propose(self, question: str) -> float | None:
        """CPU seconds that its index takes of the answer; None if it does nothing else."""

    def add(self, name: str, mark: str, texts: list[str], language: str) -> float | None:
        """Add an article; CPU seconds until its mark is found, None if it cannot add."""


class OwnContender:
    """Footnote, from the question to its quotes, by words alone and on disk."""

    def __init__(self, corpus: BenchCorpus) -> None:
        from bot.indexing.collection_source import CollectionSource
        from bot.settings.settings import Settings
        from retrieval.questions.vocabulary.synonyms import read_synonyms

        settings = Settings(
            articles=corpus.articles, data=corpus.kept(OWN), index="disk", meaning="off"
        )
        self._corpus = corpus
        self._groups = read_synonyms(settings.synonyms)
        self._source = CollectionSource(None, settings, lambda *_: None)

    def build(self) -> None:
        self._source.rebuild(lambda *_: None)

    def open(self) -> None:
        self._answer_from(self._source.open())
        gc.freeze()  # as the bot does at its start

    def _answer_from(self, index: "Index") -> None:
        from retrieval.answers.finder import Finder

        self._index = index
        self._finder = Finder(index, self._groups)

    def ask(self, question: str) -> int:
        evidence = self._finder.find(question)
        return len(evidence.quotes) + len(evidence.related)

    def propose(self, question: str) -> float | None:
        from retrieval.evaluation.search_peers import FOUND
        from retrieval.questions.query import looked_up

        words, pairs = looked_up(self._finder.reader.read(question))
        began = time.process_time()
        self._index.engine.best(words, pairs, FOUND)
        return time.process_time() - began

    def add(self, name: str, mark: str, texts: list[str], language: str) -> float | None:
        self._source.renewed()  # the bot looks all the time, and is told of changes by now
        began = time.process_time()
        self._corpus.write_article(name, texts, language)
        for _ in range(MOST_TRIES):
            time.sleep(SETTLED_SECONDS)
            index = self._source.renewed()
            if index is None:
                continue
            self._answer_from(index)
            evidence = self._finder.find(mark)
            shown = evidence.quotes or evidence.related
            if any(quote.paragraph.article == name for quote in shown):
                return time.process_time() - began
        raise TimeoutError("what was added is not found")


class PeerContender:
    """One of the peers by its name."""

    def __init__(self, corpus: BenchCorpus, name: str) -> None:
        from retrieval.evaluation.search_peers import PEERS

        self._corpus = corpus
        self._peer = PEERS[name](corpus.kept(name))

    def build(self) -> None:
        self._peer.build(self._corpus.texts())

    def open(self) -> None:
        self._peer.open(self._corpus.texts)

    def ask(self, question: str) -> int:
        return len(self._peer.best(question))

    def propose(self, question: str) -> float | None:
        del question
        return None

    def add(self, name: str, mark: str, texts: list[str], language: str) -> float | None:
        del name, language
        began = time.process_time()
        is_added = self._peer.add(texts) and bool(self._peer.best(mark))
        return time.process_time() - began if is_added else None


def anonymous_memory() -> int:
    """The bytes that this process has and no file stands for; its highest use, if unknown."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text(encoding="utf-8").splitlines():
            if line.startswith("RssAnon:"):
                return int(line.split()[1]) * KILOBYTE
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KILOBYTE


def _answered(contender: Contender, request: dict[str, Any]) -> dict[str, Any]:
    if "add" in request:
        return {"seconds": contender.add(**request["add"])}
    if "ask" in request:
        began = time.process_time()
        found = contender.ask(request["ask"])
        seconds = time.process_time() - began
        return {"found": found, "seconds": seconds, "since_start": time.process_time()}
    if "propose" in request:
        return {"seconds": contender.propose(request["propose"])}
    return {"bytes": anonymous_memory()}


def main(task: str, name: str, folder: Path) -> None:
    """Build and print the CPU seconds that it took, or answer lines of JSON from stdin."""
    corpus = BenchCorpus(folder)
    contender: Contender = OwnContender(corpus) if name == OWN else PeerContender(corpus, name)
    if task == "build":
        contender.build()
        print(json.dumps({"seconds": sum(os.times()[:4])}), flush=True)
        return
    contender.open()
    for line in sys.stdin:
        print(json.dumps(_answered(contender, json.loads(line))), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]))
