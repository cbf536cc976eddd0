"""Asks every engine the questions of a SQuAD file, and says whether all give the same answers.

    python tests/compare_engines.py squad.json
    python tests/compare_engines.py squad.json --opensearch http://127.0.0.1:19200

An answer is all that `footnote ask --json` prints of it. `tests/opensearch_server.py` starts a
cluster; there a collection of its own is published, and removed in the end. The times are of this
process's processor. Exits with 1 if an answer differs.
"""

import json
import random
import sys
import time
from argparse import ArgumentParser
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from opensearch_server import TrialCluster

from bot.composing.pipeline import pipeline_of
from bot.rendering.json_output import answer_object
from retrieval.articles import Collection
from retrieval.evaluation.squad import squad_articles
from retrieval.index.collection_index import Index
from retrieval.index.memory_engine import memory_index
from retrieval.store.collection_store import CollectionStore
from retrieval.store.reading.disk_engine import DiskEngine
from retrieval.store.tables.file_states import FileState


def stored(articles, folder):
    """A store of articles that are no files; they come in any order, some go and come back."""
    store, order = CollectionStore(folder), random.Random(1)  # noqa: S311
    places = [number.to_bytes(4, "big") for number in range(len(articles))]
    files = [
        (FileState(place, article.id, article.id, 0, 0, b"", "[]"), article)
        for place, article in zip(places, articles, strict=True)
    ]
    order.shuffle(files)
    with store.writing() as writer:
        for state, article in [*files, *files[::3]]:
            writer.apply_all([[(state, article)]])
            if order.random() < 0.5:
                writer.apply_all([[(state, replace(article, paragraphs=article.paragraphs[:1]))]])
                writer.apply_all([], [state.place])
                writer.apply_all([[(state, article)]])
    return store


def answers_of(name, index, questions):
    """The answers of an index, and what they take."""
    pipeline = pipeline_of(index, ())
    began = time.process_time()
    found = [answer_object(pipeline.ask(question), question) for question in questions]
    took = (time.process_time() - began) / len(questions)
    print(f"{name:12}{1000 * took:6.1f} ms a question", flush=True)
    return found


def compared(name, expected, found):
    """Whether all are the same; the first that is not is shown."""
    differ = [place for place, one in enumerate(expected) if found[place] != one]
    print(f"{name:12}{len(expected) - len(differ)} of {len(expected)} answers as from memory")
    if differ:
        print(expected[differ[0]], found[differ[0]], sep="\n")
    return not differ


def main():
    """Compare them; 1 if an answer differs."""
    parser = ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--questions", type=int, default=2000, metavar="N")
    parser.add_argument("--opensearch", metavar="URL")
    options = parser.parse_args()
    content = json.loads(options.file.read_text(encoding="utf-8"))
    articles, cases = squad_articles(content, lambda _, question: question["question"])
    questions = [one for found in cases.values() for one in found][: options.questions]
    expected = answers_of("memory", memory_index(Collection(articles)), questions)
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = stored(articles, folder / "store")
        on_disk = answers_of("disk", Index(DiskEngine(store.snapshot())), questions)
        is_same = compared("disk", expected, on_disk)
        if options.opensearch:
            with closing(TrialCluster.of(options.opensearch)) as cluster:
                try:
                    cluster.publish(store)
                    engine = cluster.engine(folder / "lexicon")
                    found = answers_of("OpenSearch", Index(engine), questions)
                finally:
                    cluster.remove()
            is_same &= compared("OpenSearch", expected, found)
    return 0 if is_same else 1


if __name__ == "__main__":
    sys.exit(main())
