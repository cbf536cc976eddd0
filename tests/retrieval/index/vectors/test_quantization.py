"""Vectors of eight bits."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.index.vectors.quantization import nothing, quantized


def unit_vectors(seed, count=50, dimensions=384):
    vectors = np.random.default_rng(seed).normal(size=(count, dimensions))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@settings(max_examples=20)  # of some thousand cosines each
@given(st.integers(0, 2**32 - 1))
def test_cosines_are_as_good_as_those_of_the_vectors_themselves(seed):
    """Within four thousandths."""
    one, other = unit_vectors(seed), unit_vectors(seed + 1)
    found = quantized(one).cosines(quantized(other))
    assert np.abs(found - one @ other.T).max() < 0.004


@settings(max_examples=20)  # of some thousand cosines each
@given(st.integers(0, 2**32 - 1), st.integers(1, 49))
def test_a_cosine_is_the_same_whatever_is_computed_beside_it(seed, cut):
    """To the last bit: equal questions have equal answers on any number of cores."""
    one, other = quantized(unit_vectors(seed)), quantized(unit_vectors(seed + 1))
    whole = one.cosines(other)
    assert np.array_equal(one[slice(cut)].cosines(other), whole[:cut])
    assert np.array_equal(one.cosines(other[slice(cut)]), whole[:, :cut])


def test_a_vector_of_zeros_stays_one():
    """And is near to nothing."""
    zeros = quantized(np.zeros((1, 384), dtype=np.float32))
    assert zeros.cosines(quantized(unit_vectors(1)))[0].tolist() == [0.0] * 50


@pytest.mark.skipif(sys.platform != "linux", reason="it tells what a process takes otherwise")
def test_vectors_that_are_not_there_take_no_memory():
    """Those that are there stand in front of them."""

    def taken():
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(status.split("RssAnon:")[1].split()[0])

    before = taken()
    large = nothing(500_000, 384)
    large.codes[:100] = 1
    assert taken() - before < 20_000  # kilobytes, of 188,000
    assert large.codes.any(axis=1).sum() == 100
