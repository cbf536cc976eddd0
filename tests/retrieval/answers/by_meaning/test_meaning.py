"""What comes near in meaning."""

import numpy as np
import pytest
from encoders import WordEncoder
from hypothesis import given
from hypothesis import strategies as st

from retrieval.answers.by_meaning import meaning as meaning_module
from retrieval.answers.by_meaning.background import FILE, shipped_background
from retrieval.answers.by_meaning.meaning import MOST_QUESTION_TOKENS, Likeness, Meaning, shortened
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.sentence_rows import SentenceRows
from retrieval.index.vectors.vector_store import VectorStore

PARAGRAPHS = [f"Paragraph {n} tells of {thing}." for n, thing in enumerate("abcdefghij")]


def opened(collection, folder):
    index = memory_index(collection)
    vectors = CollectionVectors(index, VectorStore(folder, WordEncoder()))
    return vectors, Meaning(vectors, shipped_background())


def test_without_vectors_nothing_is_near(make_collection, tmp_path):
    """Questions are then answered by words."""
    _, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    assert meaning.likeness("What tells of a?") is None


def test_a_layer_counts_once_nearly_all_of_it_is_there(make_collection, tmp_path):
    """Half a layer would favour the half that is there."""
    vectors, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    vectors.make(5)
    assert meaning.likeness("What tells of a?") is None
    vectors.make(5)
    assert meaning.likeness("What tells of a?") is not None


def test_the_nearest_sentence_has_the_highest_score(make_collection, tmp_path):
    """By the sum over all three layers."""
    vectors, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    while vectors.make():
        pass
    likeness = meaning.likeness("paragraph 7 tells of h")
    assert likeness is not None
    assert int(np.argmax(likeness.scores)) == 7


def test_of_a_large_collection_only_what_is_near_is_compared(
    make_collection, tmp_path, monkeypatch
):
    """The others are expected to score as their paragraphs do."""
    vectors, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    while vectors.make():
        pass
    bounds = {"MOST_COMPARED_SENTENCES": 5, "MOST_NEAR_PARAGRAPHS": 2, "SAMPLE": 3}
    for name, bound in bounds.items():
        monkeypatch.setattr(meaning_module, name, bound)
    likeness = meaning.likeness("paragraph 7 tells of h")
    numbers = list(vectors.rows.numbers())
    assert len(likeness.scores) < len(PARAGRAPHS)
    assert likeness.nearest(1) == [numbers[7]]
    assert int(np.argmax([likeness.of(number) for number in numbers])) == 7


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30), st.integers(1, 35))
def test_of_equal_scores_the_first_comes_first(scores, count):
    """As if all were sorted."""
    even = np.array(scores, float)
    rows = SentenceRows([0], [len(scores)])
    likeness = Likeness(
        0 * even, even, None, rows, np.arange(len(scores)), np.zeros(1), np.zeros(1)
    )
    expected = sorted(range(len(scores)), key=lambda row: (-scores[row], row))[:count]
    assert likeness.nearest(count) == expected


def test_sentences_are_compared_once_all_of_them_have_vectors(make_collection, tmp_path):
    """Each is wholly like itself, and less like another."""
    vectors, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    numbers = [vectors.rows.number(row) for row in (2, 7)]
    assert meaning.likenesses(numbers) is None
    while vectors.make():
        pass
    alike = meaning.likenesses(numbers)
    assert alike is not None
    assert alike.diagonal() == pytest.approx(1, abs=0.1)
    assert alike[0, 1] == alike[1, 0] < 0.9


def test_what_is_not_there_counts_as_the_mean(make_collection, tmp_path):
    """A new sentence is neither favoured nor left out."""
    vectors, _ = opened(make_collection(PARAGRAPHS[:3] + PARAGRAPHS[4:]), tmp_path)
    while vectors.make():
        pass
    _, meaning = opened(make_collection(PARAGRAPHS), tmp_path)
    likeness = meaning.likeness("paragraph 3 tells of d")
    assert likeness is not None
    assert likeness.scores[3] == 0


@pytest.mark.parametrize(
    "text", ["word " * 800, "a" * 4096, "😀" * 500, "", "12345", "long-" * 800 + "?"]
)
def test_no_question_takes_more_than_a_bounded_time_to_encode(text):
    """However long, so many tokens of its end are read."""
    encoder = WordEncoder()
    assert encoder.tokens(shortened(encoder, [text])) <= MOST_QUESTION_TOKENS


def test_of_a_long_message_the_end_is_read():
    """There it asks."""
    text = "Hello, we have been members for years. " * 30 + "What does the trip cost?"
    assert shortened(WordEncoder(), [text]).endswith("What does the trip cost?")


def test_the_background_is_small():
    """It comes with the program."""
    assert FILE.stat().st_size <= 1_200_000
    assert len(shipped_background().sentences) == 2000
