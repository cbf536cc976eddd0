"""Briefings on the shipped articles say what they should, and nothing that they should not."""

from statistics import fmean

import pytest
from measure_briefings import FILE, LENGTH, Bench, Score

LEAST_COVERED = 0.5


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    bench = Bench(None, FILE)
    assert len(bench.gold.points) >= 10
    return {topic: bench.score(topic, bench.quotes(topic)) for topic in bench.gold.points}


def test_most_points_are_covered(scores):
    """On average, within the length, and on each topic something."""
    assert fmean(score.share for score in scores.values()) >= LEAST_COVERED
    assert all(score.covered for score in scores.values())
    assert all(0 < score.words <= LENGTH.words for score in scores.values())


def test_no_filler(scores):
    """Greetings, announcements and rhetorical questions are in none."""
    assert {topic: score.filler for topic, score in scores.items() if score.filler} == {}


def test_no_duplicates(scores):
    """No two quotes say the same, and few have only the same points."""
    assert {topic for topic, score in scores.items() if score.duplicates} == set()
    assert sum(score.same_points for score in scores.values()) <= len(scores) // 2
