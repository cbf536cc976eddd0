"""Cosines without what all texts have in common."""

import numpy as np
import pytest

from retrieval.answers.by_meaning.background import Background
from retrieval.answers.by_meaning.centring import CentredVectors, centre_of
from retrieval.index.vectors.quantization import quantized

DIMENSIONS = 64


def texts(seed, count, middle):
    """Unit vectors round a middle, as those of an encoder lie."""
    spread = np.random.default_rng(seed).normal(0, 0.1, (count, DIMENSIONS))
    vectors = middle + spread
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("seed", range(5))
def test_it_orders_as_the_cosines_of_vectors_from_which_the_means_were_taken(seed):
    """Up to a factor, which is the same for all of them."""
    passages_lie, questions_lie = np.random.default_rng(seed).normal(0, 0.3, (2, DIMENSIONS))
    around, asked_around = texts(seed, 400, passages_lie), texts(seed + 50, 300, questions_lie)
    told, asked = texts(seed + 60, 30, passages_lie), texts(seed + 70, 1, questions_lie)
    background = Background("words-1", quantized(around), quantized(asked_around))
    centred = CentredVectors(centre_of(background))
    passages, question = quantized(told), quantized(asked)
    cosines = passages.cosines(question)[:, 0]
    some = np.arange(10)
    first = centred.nearness(cosines[some], question, passages[some], some)
    found = centred.nearness(cosines, question, passages, np.arange(30))
    assert (first == found[some]).all()

    from_middle, turned = told - around.mean(axis=0), asked[0] - asked_around.mean(axis=0)
    expected = from_middle @ turned / np.linalg.norm(from_middle, axis=1)
    assert found == pytest.approx(expected, abs=0.01)
    assert np.ptp(expected) > 0.1


def test_what_says_little_does_not_come_first():
    """It lies near the mean, and so nearer to the question than what answers it."""
    middle, subject, other = np.eye(DIMENSIONS)[:3]
    around = (middle + 0.05 * np.eye(DIMENSIONS)[3:]).astype(np.float32)
    background = Background("words-1", quantized(around), quantized(around))
    told = np.stack([middle + 0.05 * other, 0.9 * middle + 0.5 * subject + 0.6 * other])
    told /= np.linalg.norm(told, axis=1, keepdims=True)
    asked = quantized((middle + 0.1 * subject)[None].astype(np.float32))
    passages = quantized(told.astype(np.float32))
    cosines = passages.cosines(asked)[:, 0]
    centred = CentredVectors(centre_of(background))
    nearness = centred.nearness(cosines, asked, passages, np.arange(2))
    assert cosines.argmax() == 0
    assert nearness.argmax() == 1
