"""The order of quotes by words and by meaning together."""

import numpy as np
import pytest

from retrieval.answers.by_meaning.fusion import fused, spread
from retrieval.answers.by_meaning.meaning import Likeness
from retrieval.answers.ranking.scoring import WordScores
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.sentence_rows import SentenceRows
from retrieval.questions.question_reader import QuestionReader

PARAGRAPHS = [
    "The apprentices look after the hives behind the mill.",
    "Bees crawl about in front of the hives. They fly off later. They come back.",
    "A queen leaves the colony. She returns.",
    "Wax is melted in spring.",
]
ROWS = SentenceRows([0, 1, 2, 3], [1, 3, 2, 1])


def likeness_of(scores, rows):
    """A likeness of which every sentence was compared."""
    expected = np.zeros(len(rows.paragraphs))
    return Likeness(scores, scores, None, rows, np.arange(len(scores)), expected, expected)


@pytest.fixture
def found(make_collection):
    """The candidates for a question, with what each sentence comes to by meaning."""
    index = memory_index(make_collection(PARAGRAPHS))

    def candidates(question, meaning):
        query = QuestionReader(index, ()).read(question)
        scores = np.array(meaning, dtype=float)
        return fused(index, query, WordScores(index, query), likeness_of(scores, ROWS))

    return candidates


def rows(candidates):
    """Which sentences they are, counted from 0."""
    return [ROWS.row(candidate.sentence) for candidate in candidates]


def test_what_is_asked_in_the_same_words_has_its_place_among_three(found):
    """However far it lies by meaning, as a sentence about two things does; part of it does not."""
    by_meaning = [-6, 5, 2, 2, 4, 2, 3]
    assert 0 in rows(found("Who looks after the hives?", by_meaning))[:3]
    assert 0 not in rows(found("Who paints the hives in winter behind the barn?", by_meaning))[:3]


def test_the_closest_are_from_more_than_one_place_where_they_are_nearly_as_good(found):
    """A second sentence of a paragraph stands behind another's that is a little farther."""
    near, farther = (
        found("wool", [0, 6, 5.0, 0, 4.5, 0, 0]),
        found("wool", [0, 6, 5.0, 0, 3.5, 0, 0]),
    )
    assert (rows(near)[:3], rows(spread(near))[:3]) == ([1, 2, 4], [1, 4, 2])
    assert rows(spread(farther))[:3] == [1, 2, 4]


def test_a_word_that_most_passages_hold_does_not_outweigh_meaning(make_collection):
    """What little it tells does not put a nearer passage behind one that has it twice."""
    texts = [f"Guests of the club {what}." for what in ("row", "sail", "swim", "fish", "rest")]
    far, near = "The club of all clubs: a club.", "Our club lies at the end of the lake road."
    index = memory_index(make_collection([*texts, far, near]))
    query = QuestionReader(index, ()).read("Where is the club?")
    scores = np.array([0, 0, 0, 0, 0, 3, 6], dtype=float)
    likeness = likeness_of(scores, SentenceRows(list(range(7)), [1] * 7))
    found = fused(index, query, WordScores(index, query), likeness)
    assert index.text(found[0].sentence) == near


def test_a_word_that_stands_alone_is_not_found_by_meaning(make_collection):
    """It comes near to anything."""
    index = memory_index(make_collection(["Enjoy!", "Wax is melted in spring."]))
    query = QuestionReader(index, ()).read("Who sells honey?")
    scores = np.array([9.0, 1.0])
    likeness = likeness_of(scores, SentenceRows([0, 1], [1, 1]))
    found = fused(index, query, WordScores(index, query), likeness)
    assert [index.text(candidate.sentence) for candidate in found] == ["Wax is melted in spring."]
