"""Topics in other words than the articles', with the real encoder."""

import pytest

from retrieval.answers.by_meaning.background import shipped_background
from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.briefing.briefer import Briefer
from retrieval.briefing.briefing import Length
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.vector_store import VectorStore
from retrieval.questions.question_reader import QuestionReader

LENGTH = Length(words=120, points=4)
MUSEUM = [
    ("Opening hours", "The museum is open from Tuesday to Sunday. It is closed on Mondays."),
    ("Tickets", "Admission is twelve euros. Children under fourteen enter free of charge."),
    ("Dogs", "Dogs have to stay outside. Guide dogs are welcome."),
    ("The collection", "There are four hundred clocks. The oldest was built in Augsburg."),
    ("Staff", "All parental leave is taken in the first year."),
    (
        "Pay",
        "Mothers and fathers take all of their ten weeks off in the first year.",
    ),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory, encoder):
    """Keeps the vectors from test to test."""
    return VectorStore(tmp_path_factory.mktemp("vectors"), encoder)


@pytest.fixture
def briefer(make_collection, store):
    index = memory_index(make_collection(MUSEUM))
    vectors = CollectionVectors(index, store)
    while vectors.make():
        pass
    meaning = Meaning(vectors, shipped_background())
    return Briefer(index, QuestionReader(index, ()), (), meaning)


@pytest.mark.parametrize(
    ("topic", "text"),
    [
        ("entry fees for kids", "Children under fourteen"),
        ("Was gilt für Haustiere?", "Guide dogs"),
    ],
)
def test_a_topic_that_no_words_find_is_found_by_meaning(briefer, topic, text):
    """Also in a language that no article is in."""
    said = [point.quote.text for point in briefer.brief(topic, LENGTH).points]
    assert any(text in quote for quote in said)


@pytest.mark.parametrize("topic", ["mortgage interest in Peru", "submarines", "printers", "pizza"])
def test_a_topic_about_something_else_is_still_not_found(briefer, topic):
    """The articles say nothing on it."""
    assert not briefer.brief(topic, LENGTH).found


def test_a_topic_that_words_find_is_as_it_was(briefer, make_collection):
    """Meaning changes nothing of it."""
    index = memory_index(make_collection(MUSEUM))
    by_words = Briefer(index, QuestionReader(index, ()))
    assert briefer.brief("dogs", LENGTH) == by_words.brief("dogs", LENGTH)


def test_what_is_near_a_sentence_that_names_the_topic_is_found_beside_it(briefer):
    """It calls the same thing by another name."""
    said = [point.quote.text for point in briefer.brief("parental leave", LENGTH).points]
    assert "All parental leave is taken in the first year." in said
    assert "Mothers and fathers take all of their ten weeks off in the first year." in said
    assert len(said) == 2


def test_what_comes_near_fills_what_the_words_leave(briefer):
    """It calls the same thing by another name."""
    said = [point.quote.text for point in briefer.brief("fathers", LENGTH).points]
    assert said == [
        "Mothers and fathers take all of their ten weeks off in the first year.",
        "All parental leave is taken in the first year.",
    ]


def test_a_clause_is_found_by_meaning_beside_words(briefer, make_collection):
    """Only the opening hours name the museum, but the topic is the dogs."""
    index = memory_index(make_collection(MUSEUM))
    by_words = Briefer(index, QuestionReader(index, ()))
    topic = "what dogs may do at the museum"
    both, words = (
        [point.quote.text for point in one.brief(topic, LENGTH).points]
        for one in (briefer, by_words)
    )
    assert "Guide dogs are welcome." in both
    assert "Guide dogs are welcome." not in words
