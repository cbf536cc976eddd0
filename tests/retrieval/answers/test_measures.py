"""What is to be measured wants its unit in the answer."""

import pytest

from retrieval.answers.finder import Finder
from retrieval.index.memory_engine import memory_index
from retrieval.questions.question_kinds import wanted_answer
from retrieval.text.languages import language

TOWER = [
    "The tower is 41 metres high and has 212 steps. It was built in 1680 of red stone.",
    "The bell of the tower weighs three tonnes. Entrance to the tower costs four crowns.",
    "A tour of the tower lasts half an hour. Children from the age of six may climb it.",
]
OTHER = ["Herons sleep in the reeds by the lake, 12 of them in the last winter but one."]


@pytest.fixture
def finder(make_collection):
    return Finder(memory_index(make_collection(TOWER, OTHER)))


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("How high is the tower?", "41 metres"),
        ("How heavy is the bell?", "three tonnes"),
        ("How much do I pay for the tower?", "four crowns"),
        ("How long does a tour take?", "half an hour"),
        ("How old must children be to climb the tower?", "age of six"),
        ("How old is the tower?", "1680"),
    ],
)
def test_the_unit_tells_what_answers(finder, question, part):
    """Though the question's own verb may be missing."""
    assert part in finder.find(question).quotes[0].text


@pytest.mark.parametrize(
    "question", ["How heavy is the tower?", "How warm is the tower?", "How fast is the bell?"]
)
def test_an_amount_of_something_else_is_no_answer(finder, question):
    """There are numbers enough beside the subject."""
    evidence = finder.find(question)
    weights = [quote for quote in evidence.quotes if "tonnes" in quote.text]
    assert not evidence.answered or weights


@pytest.mark.parametrize(
    ("code", "question", "measure"),
    [
        ("en", "How much does a worker weigh?", "weight"),
        ("en", "How far is it to the lake?", "distance"),
        ("en", "How far ahead do I have to book?", ""),
        ("de", "Was kostet der Eintritt?", "money"),
        ("de", "Wie alt ist der Turm?", "age"),
        ("ru", "Сколько стоит билет?", "money"),
        ("fr", "Combien de temps dure la visite ?", "duration"),
    ],
)
def test_what_is_measured_is_read_from_the_question(code, question, measure):
    """In each language that has words for it."""
    assert wanted_answer(question, language(code)).measure == measure


def test_how_fast_something_is_wants_a_speed(make_finder):
    """For how long it does something is none."""
    finder = make_finder(
        ["A swift lives only nine years.", "A swift flies at 110 kilometres an hour in a race."],
        OTHER,
    )
    evidence = finder.find("How fast is a swift?")
    assert "kilometres an hour" in evidence.quotes[0].text
    assert not any("nine years" in quote.text for quote in evidence.quotes)
