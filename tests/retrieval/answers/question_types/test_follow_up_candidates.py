"""What leans on the question before is answered of what it names anew, or by an example."""

import pytest
from listed_articles import finder_of

from retrieval.answers.finder import Finder
from retrieval.index.memory_engine import memory_index

LEAVE = (
    "Whoever works full time has 28 days of leave a year. "
    "Whoever works part time has leave in proportion."
)
MILL = [
    LEAVE,
    "Old grain is whatever was milled before June.",
    "Nobody sells old grain. Old grain lies apart. Old grain is dear. Old grain is heavy.",
    "For example, old grain from the hill farm lies in the left bin.",
    "The mill belonged to two brothers until 1904. In that year the miller bought it for a cow.",
    "The wheel is oiled twice a week. The wheel is oiled with fat from the butcher.",
]


@pytest.fixture
def finder(make_collection):
    return Finder(memory_index(make_collection(MILL, ["Herons sleep in the reeds by the lake."])))


def test_what_is_named_anew_has_to_be_spoken_of(finder):
    """Else the closest passage is one that speaks of it, and not of what was asked before."""
    before = "How much leave does everybody have a year?"
    evidence = finder.find("and part time?", before)
    shown = evidence.quotes or evidence.related
    assert "in proportion" in shown[0].text


def test_an_example_is_wanted_of_what_was_shown(finder):
    """A sentence that gives one comes first."""
    before = finder.find("What is old grain?")
    assert "For example" not in before.quotes[0].text
    evidence = finder.find("an example?", "What is old grain?", shown=before.quotes)
    assert "For example" in evidence.quotes[0].text


def test_a_word_of_the_question_before_is_nothing_new(make_collection):
    """What was shown for that is no answer to a question that names it again."""
    wheel = ["The wheel is oiled twice a week.", "A wheel of oak turns both stones of the mill."]
    finder = Finder(memory_index(make_collection(wheel, ["Herons sleep in the reeds."])))
    before = finder.find("How often is the wheel oiled?")
    assert "twice a week" in before.quotes[0].text
    evidence = finder.find("and what of the wheel?", before.query.question, shown=before.quotes)
    assert wheel[1] in [quote.text for quote in evidence.quotes or evidence.related]
    assert wheel[0] not in [quote.text for quote in evidence.quotes]


def test_a_year_that_a_quote_points_back_to_is_in_it(finder):
    """It begins where that is said."""
    evidence = finder.find("When did the miller buy the mill?")
    assert "until 1904. In that year" in evidence.quotes[0].text


def test_how_often_is_told_by_what_says_it(finder):
    """And not by another sentence with the same words."""
    evidence = finder.find("How often is the wheel oiled?")
    assert evidence.answered
    assert "twice a week" in evidence.quotes[0].text


def test_what_names_nothing_is_asked_of_the_article_that_was_shown():
    """Though another one has more of the words that were asked before."""
    mill = "The mill\n\nThe tour of the mill is led by the miller.\n\nOnly those over 9 may come."
    forge = "The forge\n\nThe smith shows the forge.\n\nOnly those over 14 may come to the tour."
    finder = finder_of(mill, forge)
    before = finder.find("Who leads the tour of the mill?")
    evidence = finder.find("from what age?", before.query.question, shown=before.quotes)
    assert "over 9" in (evidence.quotes or evidence.related)[0].text


@pytest.fixture
def insured():
    """Of two things that are insured, each under a heading of its own."""
    return finder_of(
        "Insurance\n\n# Barges\nBarges are insured with Brill. The bargee pays half of the fee, "
        "and the mill pays the other half of the fee.\n\n"
        "# Carts\nCarts are insured with Ondo. The mill pays all of the fee.",
        "Herons\n\nHerons sleep in the reeds by the lake.",
    )


def test_what_names_little_is_asked_of_the_section_that_was_shown(insured):
    """Though it is read alone, and alone would be answered from another one."""
    assert "all of the fee" in insured.find("Who pays the fee?").quotes[0].text
    before = insured.find("With whom are barges insured?")
    evidence = insured.find("Who pays the fee?", before.query.question, shown=before.quotes)
    assert evidence.query.context is None
    assert "half of the fee" in evidence.quotes[0].text


LOAVES = """
Rye loaf

It was the baker's first.

# Steps
list
1. Heat the stove.
2. Knead the dough.
3. Bake it for 50 minutes.

# Storing
Keep it in a box for four days.
"""


def test_the_steps_below_a_title_tell_how_it_is_made():
    """Though no step names it, and the sentence above them says more of it."""
    herons = [f"Herons {n}\n\nHerons make nests in the reeds of lake {n}." for n in range(20)]
    quotes = finder_of(LOAVES, *herons).find("How do I make a rye loaf?").quotes
    assert "Knead the dough" in quotes[0].text


def test_a_measure_is_asked_of_what_was_before():
    """The word “long” names nothing, and others keep their own in a box for longer."""
    rolls = [f"Rolls {n}\n\nA box keeps rolls in the box for {n} days." for n in range(5, 20)]
    before = "How do I make a rye loaf?"
    finder = finder_of(LOAVES, *rolls)
    evidence = finder.find("and how long in a box?", before, shown=finder.find(before).quotes)
    assert "four days" in evidence.quotes[0].text


def test_a_number_in_words_is_found_in_digits():
    """And what is asked about still is what the question before was about."""
    notice = (
        "Notice\n\n# Leave\nOf leave for 1 day the notice is 3 days.\n\n"
        "Of leave for 2 weeks it is a month."
    )
    inns = [f"Inn {n}\n\nThe inn of village {n} is shut for two weeks." for n in range(12)]
    finder = finder_of(notice, *inns)
    before = "What is the notice of leave for 1 day?"
    evidence = finder.find("and for two weeks?", before, shown=finder.find(before).quotes)
    assert "a month" in evidence.quotes[0].text


def test_who_they_are_may_be_clear_without_the_question_before():
    """Two words that one sentence holds ask enough: "they" are those who run the house."""
    house = "House\n\nThe phone at home is paid with ten crowns a month."
    yard = "Yard\n\nThe porters oil the gate in June. The gate is green."
    finder = finder_of(house, yard)
    evidence = finder.find("do they pay for my phone", "Who oils the gate?")
    shown = [*evidence.quotes, *evidence.related]
    assert "ten crowns" in shown[0].text
