"""Scores follow the textbook's formula."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.index.bm25 import BM25, PlainOkapi
from retrieval.index.statistics import lucene_idf

TEXTS = st.lists(st.lists(st.sampled_from("abcdef"), max_size=8), min_size=1, max_size=8)


def textbook(texts, question, k1, b):
    """Okapi BM25 (Robertson and Zaragoza 2009) with Lucene's idf, written out."""
    average = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        counts, score = Counter(text), 0.0
        for term in question:
            n = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            f = counts[term]
            length = 1 - b + b * len(text) / average if average else 1
            score += idf * f * (k1 + 1) / (f + k1 * length) if f else 0.0
        scores.append(score)
    return scores


@given(TEXTS, st.lists(st.sampled_from("abcdefgh"), max_size=4), st.sampled_from([0.9, 1.5]))
def test_scores_are_the_textbooks(texts, question, k1):
    """For any texts and any question."""
    scores = BM25(texts, k1=k1, b=0.75).scores([{(term,): 1.0} for term in question])
    assert scores.tolist() == pytest.approx(textbook(texts, question, k1, 0.75))


@given(TEXTS, st.lists(st.sampled_from("abcdef"), max_size=4))
def test_a_text_without_any_word_scores_nothing_and_one_with_a_word_something(texts, question):
    """Also where a term is in most of the texts, where Okapi's own idf is negative."""
    scores = BM25(texts, k1=1.5, b=0.75).scores([{(term,): 1.0} for term in question])
    for text, score in zip(texts, scores, strict=True):
        assert (score > 0) == bool(set(text) & set(question))


def test_rank_bm25_alone_gives_frequent_terms_nothing():
    """Why the idf is overridden: half of the texts hold the term, and it counts for nothing."""
    texts = [["a", "b"], ["a", "c"], ["d"], ["e"]]
    assert BM25Okapi(texts).get_scores(["a"]).tolist() == [0.0] * 4
    assert BM25(texts, k1=1.5, b=0.75).scores([{("a",): 1.0}]).tolist()[:2] > [0.0, 0.0]


def test_the_best_alternative_of_a_word_counts():
    """A word found twice in a text, itself and as a synonym, is no better than once."""
    model = BM25([["russia"], ["moscow"], ["russia", "moscow"], ["x"]], k1=1.5, b=0.0)
    alone = model.scores([{("russia",): 1.0}])
    both = model.scores([{("russia",): 1.0, ("moscow",): 0.5}])
    assert both[0] == alone[0]
    assert both[2] == alone[2]
    assert both[1] == pytest.approx(alone[0] / 2)


def test_a_rare_synonym_does_not_outdo_the_word_itself():
    """An alternative's idf is at most that of the word that was asked for."""
    model = BM25([["a"], ["a"], ["a"], ["rare"], ["x"]], k1=1.5, b=0.0)
    scores = model.scores([{("a",): 1.0, ("rare",): 1.0}])
    assert scores[3] == pytest.approx(scores[0])


def test_a_phrase_needs_all_of_its_terms():
    """`united states` is not found in `united`."""
    model = BM25([["unit", "state"], ["unit"], ["state"], ["x"]], k1=1.5, b=0.75)
    assert [score > 0 for score in model.scores([{("unit", "state"): 1.0}])] == [
        True,
        *[False] * 3,
    ]


def test_nothing_to_search_is_no_error():
    """No texts, empty texts, no words."""
    assert BM25([], k1=1.5, b=0.75).scores([{("a",): 1.0}]).tolist() == []
    assert BM25([[], []], k1=1.5, b=0.75).scores([{("a",): 1.0}]).tolist() == [0.0, 0.0]
    assert BM25([["a"]], k1=1.5, b=0.75).scores([]).tolist() == [0.0]


def test_a_term_in_no_text_has_the_highest_idf():
    """It counts fully against an answer."""
    model = BM25([["a"], ["b"]], k1=1.5, b=0.75).statistics
    assert model.idf(("zebra",)) == lucene_idf(2, 0) > model.idf(("a",)) > 0


def test_plain_okapi_ranks_ties_in_order():
    """The baseline is deterministic, too."""
    assert PlainOkapi(["a b", "c d", "e f", "a b", "g"]).best("A", 3) == [0, 3, 1]
