"""`footnote evaluate`: prints how good the answers are."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.commands.index_command import make_with_bar
from bot.indexing.article_loading import load_collection
from bot.indexing.meaning_source import meaning_of, open_vectors
from bot.settings.settings import load_settings
from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection
from retrieval.errors import QuestionError
from retrieval.evaluation.baseline import PlainFinder
from retrieval.evaluation.measures import (
    Case,
    Measurement,
    Observation,
    observe,
    read_cases,
    read_squad,
    summary,
)
from retrieval.evaluation.paragraph_ranking import ParagraphRanking
from retrieval.index.memory_engine import memory_index
from retrieval.questions.vocabulary.synonyms import read_synonyms

OWN = "footnote"
LABELS = {
    "paragraph@1": "paragraph@1",
    "paragraph@5": "paragraph@5",
    "mrr": "MRR",
    "quote@1": "quote@1",
    "quote@3": "quote@3",
    "answered": "answerable answered",
    "abstention": "unanswerable not answered",
    "foreign_answered": "foreign answered",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A collection and the questions put to it."""

    collection: Collection
    cases: tuple[Case, ...]


def run(  # noqa: PLR0913  # one for each option
    file: Path,
    folder: Path | None,
    warn: Callable[[str], None],
    *,
    half: bool,
    baseline: bool,
    words_only: bool,
    as_json: bool,
) -> None:
    """Measure and print; raises QuestionError for a file that cannot be read.

    With an encoder there is a column by words alone beside that by words and meaning.
    """
    observations: dict[str, list[Observation]] = defaultdict(list)
    for trial in _trials(file, folder, warn, half=half):
        for name, rows in _observed(trial, baseline=baseline, words_only=words_only):
            observations[name] += rows
    _print({name: summary(rows) for name, rows in observations.items()}, as_json=as_json)


def _observed(
    trial: Trial, *, baseline: bool, words_only: bool
) -> Iterator[tuple[str, list[Observation]]]:
    """What each way to answer does with the questions of a trial; the program's own is first."""
    settings = load_settings()
    synonyms = read_synonyms(settings.synonyms)
    index = memory_index(trial.collection)
    search = ParagraphRanking(index).search
    vectors = None if words_only else open_vectors(index, settings)
    by_words = observe(Finder(index, synonyms).find, search, trial.cases)
    if vectors is None:
        yield OWN, by_words
    else:
        make_with_bar(vectors)
        finder = Finder(index, synonyms, meaning_of(vectors))
        yield OWN, observe(finder.find, search, trial.cases)
        yield "words alone", by_words
    if baseline:
        plain = PlainFinder(index)
        yield "rank_bm25", observe(plain.find, plain.search, trial.cases)


def _trials(
    file: Path, folder: Path | None, warn: Callable[[str], None], *, half: bool
) -> list[Trial]:
    if file.suffix.lower() == ".jsonl":
        if half:
            raise QuestionError("--half needs a SQuAD file, whose articles it leaves out; drop it")
        collection = load_collection(folder, warn)
        return [Trial(collection, tuple(read_cases(file, collection)))]
    articles, cases = read_squad(file)
    if not half:
        return [_trial(articles, (), cases)]
    middle = len(articles) // 2
    one, other = articles[:middle], articles[middle:]
    return [_trial(one, other, cases), _trial(other, one, cases)]


def _trial(
    present: Sequence[Article], absent: Sequence[Article], cases: dict[str, list[Case]]
) -> Trial:
    asked = [case for article in present for case in cases[article.id]]
    foreign = [replace(c, is_foreign=True) for article in absent for c in cases[article.id]]
    return Trial(Collection(present), (*asked, *foreign))


def _print(columns: dict[str, Measurement], *, as_json: bool) -> None:
    fields = {name: measurement.as_fields() for name, measurement in columns.items()}
    if as_json:
        print(json.dumps(fields[OWN] | {k: v for k, v in fields.items() if k != OWN}))
        return
    asked = columns[OWN]
    print(
        f"{asked.answerable} answerable, {asked.unanswerable} unanswerable and "
        f"{asked.foreign} foreign questions"
    )
    print(f"{'':26}" + "".join(f"{name:>12}" for name in columns))
    for name, label in LABELS.items():
        values = [column[name] for column in fields.values()]
        if values[0] is not None:
            print(f"{label:<26}" + "".join(f"{value:>12.3f}" for value in values))
    print(
        f"{'CPU ms a question':<26}"
        + "".join(f"{c.ms_a_question:>12.2f}" for c in columns.values())
    )
