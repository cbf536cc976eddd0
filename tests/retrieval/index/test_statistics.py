"""Exact scores, computed text by text, are those of rank_bm25 to the last bit."""

from collections import Counter

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
