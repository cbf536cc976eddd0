"""How good the answers to questions on the shipped articles are, with floors."""

from pathlib import Path

import pytest

from retrieval.evaluation.measures import Measurement, observe, read_cases, summary
from retrieval.evaluation.paragraph_ranking import ParagraphRanking
from retrieval.index.memory_engine import memory_index

QUESTIONS = Path(__file__).parent.parent / "questions.jsonl"


@pytest.fixture(scope="module")
def measured(shipped, shipped_finder) -> Measurement:
    cases = read_cases(QUESTIONS, shipped)
    return summary(
        observe(shipped_finder.find, ParagraphRanking(memory_index(shipped)).search, cases)
    )


def test_the_set_is_large_enough(measured):
    """Some sixty questions, also such as must not be answered."""
    assert measured.answerable >= 50
    assert measured.unanswerable >= 15


@pytest.mark.parametrize(
    ("figure", "floor"),
    [("paragraph_1", 0.90), ("quote_1", 0.87), ("quote_3", 0.94), ("answered", 0.98)],
)
def test_answers_are_at_least_this_good(measured, figure, floor):
    """Right paragraph, right quote first, among the first three, answered at all."""
    assert getattr(measured, figure) >= floor


def test_what_the_articles_do_not_answer_is_not_answered(measured):
    """All but one in twenty."""
    assert measured.abstained >= 0.95
