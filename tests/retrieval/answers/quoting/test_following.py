"""What follows in the article: "and after that?"."""

import pytest

RESCUE = [
    (
        "The warden switches off the mains before anything else is done in the building. "
        "Wide doors of the corn hall are opened next, and the lift is sent to the ground floor. "
        "The sirens are silenced only by the fire brigade, whatever the neighbours may ask for."
    ),
    "Everybody gathers in the yard behind the mill, where the lists of the day are read out.",
]
MAINS = "Who switches off the mains?"


@pytest.fixture
def finder(make_finder):
    return make_finder(RESCUE)


@pytest.mark.parametrize(
    "words", ["and after that?", "what happens next?", "and then?", "What comes after that?"]
)
def test_the_next_sentence_is_quoted(finder, words):
    """Behind the one that answered, whatever words it has."""
    evidence = finder.find(words, MAINS, shown=finder.find(MAINS, limit=1).quotes)
    assert [quote.text[:10] for quote in evidence.quotes] == ["Wide doors"]
    assert evidence.answered


def test_each_goes_on_from_the_one_before(finder):
    """Through the paragraphs, until the article ends."""
    shown, said = finder.find(MAINS, limit=1).quotes, []
    while shown:
        evidence = finder.find("and then?", MAINS, shown=shown)
        shown = evidence.quotes
        said += [quote.text[:10] for quote in shown]
    assert said == ["Wide doors", "The sirens", "Everybody "]
    assert evidence.query.wants_more


def test_a_question_with_words_of_its_own_is_no_such_wish(finder):
    """It is looked up."""
    found = finder.find("and then who silences the sirens?", MAINS)
    assert "sirens" in found.quotes[0].text
