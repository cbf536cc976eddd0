"""Candidates come in the order of their scores, and only those are scored that have to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from listed_articles import BREAD, HARBOUR, collection_of

from retrieval.answers.ranking.candidates import Candidate, CandidateScorer
from retrieval.answers.ranking.paragraph_scores import ParagraphScores
from retrieval.answers.ranking.ranked_candidates import RankedCandidates, looked_at
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_reader import QuestionReader

COURSE = """
Baking course

# What do beginners learn?
list
On the first day they learn
• to knead
• to fold

# What is a sourdough?
A sourdough is a dough that ferments by itself.
"""

SCORES = st.integers(-3, 9)
# Sentences by their numbers: the paragraph, the score, and how far the ceiling is above it.
SENTENCES = st.lists(st.tuples(st.integers(0, 3), SCORES, st.floats(0.1, 5.0)), max_size=20)


@given(SENTENCES, SCORES, st.sets(st.integers(0, 3)), st.integers(0, 20))
def test_candidates_are_looked_at_as_in_a_list_of_all(sentences, least, wanted, later):
    """Also if only some paragraphs are wanted after the first few."""
    every = [candidate(number, *rest) for number, rest in enumerate(sentences)]
    ordered = sorted(every, key=lambda one: (-one.score, one.sentence))
    found = ranked(sentences, every.__getitem__)
    assert [*found] == [*found[:]] == ordered
    assert found[later : later + 3] == ordered[later : later + 3]
    high = [one for one in ordered if one.score >= least]
    behind = [one for one in high[later:] if one.paragraph in wanted]
    for candidates in (found, ordered):
        seen = look(candidates, least, wanted, later)
        assert seen == high[:later] + behind


def test_what_cannot_be_the_best_is_not_scored_for_it():
    """The second sentence may be better than the first one is, the third one may not."""
    sentences, scored = [(0, 7.0, 1.0), (0, 3.0, 4.5), (1, 5.0, 1.0)], []

    def score(sentence):
        scored.append(sentence)
        return candidate(sentence, *sentences[sentence])

    assert ranked(sentences, score)[0].sentence == 0
    assert sorted(scored) == [0, 1]


@pytest.mark.parametrize(
    "question",
    [
        "What do beginners learn?",
        "What is a sourdough?",
        "Which flours are there?",
        "How do I bake a loaf?",
        "Which is step 3 of baking a loaf?",
        "Until what time is the office open on Saturday?",
        "How many minutes does the loaf bake?",
        "baking course",
        "opening hours",
    ],
)
def test_no_sentence_scores_above_its_ceiling(question):
    """Whatever is added to its relevance, for its kind, its heading or its list."""
    index = memory_index(collection_of(BREAD, HARBOUR, COURSE))
    query = QuestionReader(index, ()).read(question)
    scorer = CandidateScorer(index, query, ParagraphScores(index, query))
    for paragraph in range(index.paragraphs.count):
        added = [scorer.candidate(n, 0.0).score for n in index.sentences_of(paragraph)]
        assert max(added) < scorer.most_added(paragraph)


def look(candidates, least, wanted, later):
    """What is looked at if only some paragraphs are wanted after the first `later` candidates."""
    seen = []
    found = looked_at(candidates, lambda number: len(seen) < later or number in wanted, least)
    while one := next(found, None):
        seen.append(one)
    return seen


def candidate(sentence, paragraph, score, _):
    return Candidate(sentence, paragraph, score, score, fits=True)


def ranked(sentences, score):
    ceilings = ((s + above, n, p) for n, (p, s, above) in enumerate(sentences))
    return RankedCandidates(ceilings, score)
