"""Messages to the bot in words that no pattern knows, told from questions to its articles."""

import pytest
from background.make_talk_examples import labelled_examples

from retrieval.answers.by_meaning.meaning import Meaning
from retrieval.answers.by_meaning.talk_by_meaning import shipped_talk_examples
from retrieval.answers.finder import Finder
from retrieval.articles import Article, Collection, Paragraph
from retrieval.index.memory_engine import memory_index
from retrieval.index.vectors.collection_vectors import CollectionVectors
from retrieval.index.vectors.quantization import quantized
from retrieval.index.vectors.vector_store import VectorStore


@pytest.fixture(scope="module")
def finder(encoder, tmp_path_factory):
    text = "The museum is open from Tuesday to Sunday. Robots are not allowed in the clock room."
    paragraph = Paragraph("museum", 1, "Visiting", text)
    index = memory_index(Collection([Article("museum", "The museum", "en", (paragraph,))]))
    vectors = CollectionVectors(index, VectorStore(tmp_path_factory.mktemp("v"), encoder))
    return Finder(index, (), Meaning(vectors, None, shipped_talk_examples()))


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("are u some sort of AI thing", "identity"),
        ("wer hat dich gebaut", "identity"),
        ("non è quello che ho chiesto", "complaint"),
        ("how am i supposed to ask you stuff", "help"),
        ("tem certeza disso", "truth"),
        ("hey all, first time here", "greeting"),
    ],
)
def test_it_is_answered_as_what_it_is(finder, message, kind):
    """Whatever its words and its language, and before the articles have vectors."""
    assert finder.find(message).query.small_talk == kind
    assert not finder.asks_articles(message)


@pytest.mark.parametrize("message", ["what can i find in here", "ماذا يوجد هنا"])
def test_what_there_is_gets_an_overview(finder, message):
    """As "What are these articles about?" does."""
    assert finder.find(message).query.fact == "topics"


@pytest.mark.parametrize(
    "message",
    [
        "are robots allowed?",
        "who made the clock",
        "do you sell tickets",
        "how does the review work",
        "was ist hier verboten",
        "why is that?",
    ],
)
def test_a_question_to_the_articles_is_looked_up(finder, message):
    """Even if the articles do not answer it."""
    evidence = finder.find(message)
    assert evidence.query.small_talk is None
    assert not evidence.query.fact


def test_the_shipped_file_holds_the_examples(encoder):
    """In their order; one of each kind is encoded again."""
    shipped, examples = shipped_talk_examples(), labelled_examples()
    assert shipped.labels == tuple(label for label, _ in examples)
    assert shipped.encoder == encoder.name
    for label, example in dict(reversed(examples)).items():
        place = examples.index((label, example))
        again = quantized(encoder.questions([example]))
        assert again.cosines(shipped.vectors[place : place + 1])[0, 0] > 0.99
