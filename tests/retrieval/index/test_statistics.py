"""Exact scores, computed text by text, are those of rank_bm25 to the last bit."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.bm25 import BM25
from retrieval.index.statistics import Bm25Scorer

TERMS = st.sampled_from("abcdef")
TEXTS = st.lists(st.lists(TERMS, max_size=8), min_size=1, max_size=8)
PHRASES = st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=3).map(tuple)
WORDS = st.dictionaries(PHRASES, st.floats(0.1, 1.0), min_size=1, max_size=4)


@given(TEXTS, st.lists(WORDS, max_size=5), st.sampled_from([(1.5, 0.75), (0.9, 0.4)]))
def test_a_text_scores_the_same_by_itself_as_among_all(texts, words, parameters):
    """Equal, not only close: both engines have to rank the same way."""
    model = BM25(texts, *parameters)
    scorer = Bm25Scorer(model.statistics, words)
    scores = [scorer.score(Counter(text), len(text)) for text in texts]
    assert scores == model.scores(words).tolist()


@given(TEXTS, st.lists(WORDS, max_size=5), st.sampled_from([(1.5, 0.75), (0.9, 0.4)]))
def test_many_texts_score_at_once_what_each_does_by_itself(texts, words, parameters):
    """To the last bit, too."""
    model = BM25(texts, *parameters)
    scorer = Bm25Scorer(model.statistics, words)
    column = {term: place for place, term in enumerate(sorted(scorer.terms))}
    counts = np.array([[text.count(term) for term in column] for text in texts], dtype=np.int64)
    lengths = np.array([*map(len, texts)])
    assert scorer.scores(counts, lengths, column).tolist() == model.scores(words).tolist()
