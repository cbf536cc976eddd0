"""Questions name a month, where articles write the date in figures."""

import pytest

from retrieval.questions.vocabulary.dates_in_figures import dates_in_figures
from retrieval.text.analysis import words

MILL = ["The mill grinds in the autumn, for the bakers and for the brewers of the valley."]


@pytest.mark.parametrize(
    "question",
    [
        "What happens on 28 February 2025?",
        "what happens on February 28th",
        "What happened in Feb 2025?",
    ],
)
def test_a_date_in_words_finds_one_in_figures(make_finder, question):
    """As ISO writes them, whatever of it the question names."""
    told = "Sluices are opened on 2025-02-28. Sluices are cleaned on 2024-03-28 and 2025-04-01."
    evidence = make_finder([told], MILL).find(question)
    assert evidence.answered
    assert evidence.quotes[0].text.startswith("Sluices are opened on 2025-02-28.")


def test_a_date_in_german_finds_one_between_dots(make_finder):
    """With or without a nought before day and month."""
    told = "Am 3.4.2025 wird das Wehr geöffnet. Am 12.03.2025 wird es wieder geschlossen."
    mill = "Die Mühle mahlt im Herbst, und das Wehr gehört dem Müller."
    finder = make_finder([told], [mill], language="de")
    for day, start in (("3. April 2025", "Am 3.4."), ("12. März 2025", "Am 12.03.")):
        evidence = finder.find(f"Was geschieht am {day} mit dem Wehr?")
        assert evidence.quotes[0].text.startswith(start)


@pytest.mark.parametrize(
    "text", ["May I see 31 boats?", "the boat of 1850", "12 boats", "2025 march", "9999 June 99"]
)
def test_only_dates_are_read_as_such(text):
    """A number beside a word that is no month stays what it is."""
    readings = dates_in_figures(list(words(text)), "en")
    assert bool(readings) == ("march" in text or "June" in text)


def test_a_language_without_names_of_months_has_no_dates():
    """Nothing fails."""
    assert not dates_in_figures(list(words("3 qwertz 2025")), "zxx")
