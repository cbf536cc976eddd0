"""Do the engines in memory and on disk give the same answers, byte for byte?

    python tests/compare_engines.py squad.json [--questions 2000]

takes a file in SQuAD 2.0's format. Its articles come to the disk one after the other in a random
order, some of them change and go and come back, and each question is put to both engines.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.composing.pipeline import Pipeline, pipeline_of  # noqa: E402
from bot.rendering.json_output import answer_object, json_line  # noqa: E402
from bot.settings.settings import load_settings  # noqa: E402
from retrieval.articles import Article, Collection  # noqa: E402
from retrieval.evaluation.measures import read_squad  # noqa: E402
from retrieval.index.collection_index import Index  # noqa: E402
from retrieval.index.memory_engine import MemoryEngine  # noqa: E402
from retrieval.questions.synonyms import read_synonyms  # noqa: E402
from retrieval.store.collection_store import CollectionStore  # noqa: E402
from retrieval.store.disk_engine import DiskEngine  # noqa: E402
from retrieval.store.file_states import FileState  # noqa: E402

MOST_SHOWN = 5


def on_disk(articles: Sequence[Article], folder: Path) -> DiskEngine:
    """An engine on disk over articles that came in a random order, some of them twice."""
    store, order = CollectionStore(folder), random.Random(1)  # noqa: S311
    files = [(_state(place, a.id), a) for place, a in enumerate(articles)]
    coming = order.sample(files, len(files))
    with store.writing() as writer:
        for file in coming:
            writer.apply([file])
        for state, article in coming[::3]:
            shorter = Article(article.id, article.title, article.language, article.paragraphs[:1])
            writer.apply([(state, shorter)])
            writer.apply([], [state.place])
            writer.apply([(state, article)])
    return DiskEngine(store.snapshot())


def _state(place: int, identity: str) -> FileState:
    return FileState(b"\0%08d" % place, identity, identity, 0, 0, b"", "[]")


def main() -> int:
    """Print how many answers are the same; status 1 unless all are."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--questions", type=int, default=2000)
    wanted = parser.parse_args()
    articles, cases = read_squad(wanted.file)
    questions = [case.question for of_article in cases.values() for case in of_article]
    questions = random.Random(2).sample(questions, min(wanted.questions, len(questions)))  # noqa: S311
    groups = read_synonyms(load_settings().synonyms)
    with tempfile.TemporaryDirectory() as scratch:
        engines = MemoryEngine(Collection(articles)), on_disk(articles, Path(scratch) / "a" / "b")
        pipelines = [pipeline_of(Index(engine), groups) for engine in engines]
        same = 0
        for question in questions:
            one, other = (_answer(pipeline, question) for pipeline in pipelines)
            same += one == other
            if one != other and same < MOST_SHOWN:
                print(f"{question}\n  in memory: {one}\n  on disk:   {other}")
    print(f"{same:,} of {len(questions):,} answers are the same")
    return 0 if same == len(questions) else 1


def _answer(pipeline: Pipeline, question: str) -> str:
    return json_line(answer_object(pipeline.ask(question), question))


if __name__ == "__main__":
    sys.exit(main())
