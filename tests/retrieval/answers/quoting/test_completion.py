"""The first quote brings what it lacks from the sentence beside it."""

import pytest
from listed_articles import collection_of, finder_of

from retrieval.answers.finder import Finder
from retrieval.answers.quoting.completion import with_code
from retrieval.answers.quoting.passages import Passage
from retrieval.index.memory_engine import memory_index

CHOIR = [
    "The choir of Lund rehearses on Tuesdays. Its room is behind the bakery. It has 40 voices.",
    "Dogs are not allowed in the yard of the bakery. Guide dogs are an exception. Bread is sold.",
    "One of the most important aspects is the noise problem. Neighbours hear every trumpet.",
    "Bicycles are not allowed in the hall. On Sundays bicycles are allowed in the hall.",
]
OTHER = ["Wolves hunt deer in packs near the lake, and sleep through the day under old spruces."]


@pytest.fixture
def quotes(make_collection):
    finder = Finder(memory_index(make_collection(CHOIR, OTHER)))
    return lambda question: [quote.text for quote in finder.find(question).quotes]


def test_a_place_may_stand_in_the_sentence_behind(quotes):
    """It is shown with the one that was found."""
    assert "behind the bakery" in quotes("Where does the choir of Lund rehearse?")[0]


def test_an_exception_is_shown_with_its_rule(quotes):
    """From whichever of the two was found."""
    for question in ("Are dogs allowed in the yard?", "guide dogs"):
        first = quotes(question)[0]
        assert "not allowed" in first
        assert "exception" in first


def test_what_only_announces_brings_what_it_announces(quotes):
    """Its own words tell nothing."""
    assert "trumpet" in quotes("What is the noise problem?")[0]


def test_where_something_is_so_and_not_so_both_are_shown(quotes):
    """A question whether it is so is not answered by one of them alone."""
    shown = " ".join(quotes("Are bicycles allowed in the hall?"))
    assert "Bicycles are not allowed" in shown
    assert "On Sundays bicycles are allowed" in shown


def test_short_code_is_shown_behind_what_leads_in_to_it():
    """So is a table. Long code is not, nor code that something else stands before."""
    pump = """
The pump

Now start the pump:

code
pump --start
pump --log

Oil the pump every week.

code
pump --grease

The pump is looked after on these days:

table
Day | Who
Monday | Ann
Friday | Ben

Before you empty the tank, wait:

code
{}
""".format("pump --wait\n" * 80)
    finder = Finder(memory_index(collection_of(pump)))

    def quotes(question):
        return [quote.text for quote in finder.find(question).quotes]

    assert quotes("How do I start the pump?")[:2] == [
        "Now start the pump:", "pump --start\npump --log",
    ]  # fmt: skip
    assert "Monday | Ann" in quotes("On which days is the pump looked after?")[1]
    assert not any("--grease" in quote for quote in quotes("How often do I oil the pump?"))
    assert not any("--wait" in quote for quote in quotes("When do I empty the tank?"))


def test_what_is_said_to_stand_below_is_shown():
    """Without a colon, too, and below the name of what it is."""
    crew = "Crew\n\nBelow is the list of those who sail.\n\ntable\nName | Boat\nAda | Heron\n\n"
    crew += "Ada mends the nets.\n\ntable\nNet | Holes\nRed | Two\n\n"
    crew += "The lamps go in this order:\n\nFile: lamps.txt\n\ncode\nlamp red\nlamp white"
    finder = Finder(memory_index(collection_of(crew)))
    shown = [quote.text for quote in finder.find("Who are those who sail?").quotes]
    assert shown[:2] == ["Below is the list of those who sail.", "Name | Boat\nAda | Heron"]
    shown = [quote.text for quote in finder.find("In which order do the lamps go?").quotes]
    assert shown[-1] == "lamp red\nlamp white"
    mending = [quote.text for quote in finder.find("Who mends the nets?").quotes]
    assert not any("Holes" in quote for quote in mending)


def test_what_leads_or_refers_elsewhere_is_quoted_beside_nothing_else():
    """It says where to look; a question for a place asks for that."""
    bridge = """
The bridge

The sluice opens.

For the history of the sluice and its keepers, see the manual.

Grease the wheel of the sluice as this picture shows:

# Tides
Nobody works at night.
"""
    finder = Finder(memory_index(collection_of(bridge)))

    def shown(question):
        return [quote.text for quote in finder.find(question).quotes]

    assert shown("the sluice") == ["The sluice opens."]
    (where,) = shown("Where is the history of the sluice?")
    assert where.endswith("see the manual.")


def test_a_german_reference_is_quoted_beside_nothing_else():
    """However it says where more is told."""
    text = "Hafen\n\nDer Steg schwimmt.\n\nMehr darüber erfahren Sie am Steg.\n\n"
    text += "Eine genaue Beschreibung finden Sie in der Ordnung für den Steg."
    finder = Finder(memory_index(collection_of(text, language="de")))
    assert [quote.text for quote in finder.find("Steg").quotes] == ["Der Steg schwimmt."]


def test_a_caption_is_quoted_beside_nothing_else_and_the_name_of_a_file_never():
    """What stood below it is a picture, or code that is not there."""
    text = "Heron\n\nA mast.\n\nFigure 3: the mast on a fine day in the yard\n\n"
    text += "Paint the mast like this:\n\nFile: heron/mast.txt\n\n# Hull\nOak is used."
    finder = Finder(memory_index(collection_of(text)))

    def shown(question):
        evidence = finder.find(question)
        return " ".join(quote.text for quote in evidence.quotes or evidence.related)

    assert shown("mast") == "A mast."
    assert "Figure 3" in shown("Where is the yard?")
    for question in ("How do I paint the mast?", "file mast", "mast.txt"):
        assert "mast.txt" not in shown(question)


def test_the_last_quote_brings_the_code_that_it_leads_in_to():
    """One more is shown then."""
    pump = """
The pump

The green pump drives.

The green pump pumps.

Open the valve and start the green pump:

code
pump --start
"""
    finder = Finder(memory_index(collection_of(pump)))
    assert [quote.text for quote in finder.find("the green pump").quotes][-2:] == [
        "Open the valve and start the green pump:", "pump --start",
    ]  # fmt: skip


def test_a_sentence_of_a_word_or_two_brings_the_next_one(make_collection):
    """By itself it says nothing: "Yes.", or a word that is explained."""
    state = "Late. The boat has not come in time, and nobody has called the harbour master."
    finder = Finder(memory_index(make_collection([state], OTHER)))
    assert finder.find("late").quotes[0].text.startswith("Late. The boat")


def test_a_question_in_a_text_brings_what_it_is_answered_by(make_collection):
    """By itself it is no answer, however long it is."""
    asked = "Did the harbour master forget to light the lantern of the northern pier last night?"
    told = "He was at a wedding, and nobody stood in for him."
    finder = Finder(memory_index(make_collection([f"{asked} {told}"], OTHER)))
    assert finder.find("lantern of the pier").quotes[0].text == f"{asked} {told}"


def test_what_leads_in_to_nothing_is_not_quoted(make_collection):
    """Where a link stood behind the colon, the reader of the quote would find nothing."""
    server = "Learn how to run the server:"
    hosts = "Hosts run the server for you. They ask for a fee that depends on its size."
    finder = Finder(memory_index(make_collection([server, hosts], OTHER)))
    shown = [quote.text for quote in finder.find("How do I run the server?").quotes]
    assert shown
    assert not any("Learn how" in quote for quote in shown)


def test_a_quote_does_not_end_by_leading_in_to_nothing(make_collection):
    """As to a picture, or to a text of its own that no question asked for."""
    hides = "A gap hides a word of a sentence. For a gap, imagine this sentence:"
    finder = Finder(memory_index(make_collection([hides, "Canberra is a city."], OTHER)))
    assert finder.find("What is a gap?").quotes[0].text == "A gap hides a word of a sentence."


LOCKER = """
The locker

Some of the gear is the club's. The locker does not hold the following:

Sails Oars Life jackets

The key hangs in the hall.

# Fuel
Never fill the tank of a boat:

Petrol burns. It is sold at the pier.
"""


def test_a_list_without_marks_is_shown_behind_what_leads_in_to_it():
    """Also where it only comes close; sentences behind a colon are not, nor another section."""
    finder = Finder(memory_index(collection_of(LOCKER)))

    def shown(question):
        evidence = finder.find(question)
        return [quote.text for quote in evidence.quotes or evidence.related]

    listed = "Sails Oars Life jackets"
    assert listed in shown("What does the locker not hold?")
    assert listed in shown("How many things does the locker not hold?")
    assert not any("Petrol" in text for text in shown("tank of a boat"))


def test_what_leads_in_to_other_code_is_no_list_itself():
    """Nor what a sentence above it leads in to."""
    text = "Radio\n\nThe radio is loud. Hold the radio over the map of the bay, like this:\n\n"
    text += "Mute the radio at night with this command:\n\ncode\nmute 1"
    finder = Finder(memory_index(collection_of(text)))
    shown = [q.text for q in finder.find("How do I hold the radio over the map?").quotes]
    assert "over the map" in shown[0]
    assert not any("Mute" in quote for quote in shown)


def test_code_does_not_say_how_two_things_differ():
    """Even where it names both; nor what something is that it only holds in other letters."""
    text = "Lamps\n\nThe redLamp is on the left. The whiteLamp is at the top.\n\n"
    text += "code\nfit(redLamp, whiteLamp)\nredLamp.light()"
    finder = Finder(memory_index(collection_of(text)))

    def shown(question):
        return " ".join(quote.text for quote in finder.find(question).quotes)

    assert "light()" in shown("How do I light the redLamp?")
    assert "fit(" not in shown("What is the RedLamp?")
    assert "left" in shown("What is the difference between redLamp and whiteLamp?")
    assert "fit(" not in shown("What is the difference between redLamp and whiteLamp?")


def test_code_is_shown_behind_a_sentence_that_is_not_closed():
    """With or without a colon; behind a full stop it is another thing."""
    text = "Radio\n\nTune the radio with a command, which looks like\n\ncode\ntune 16\n\n"
    text += "Mute the speaker before the harbour.\n\ncode\nmute 1"
    finder = Finder(memory_index(collection_of(text)))

    def shown(question):
        return [quote.text for quote in finder.find(question).quotes]

    assert shown("How do I tune the radio?")[1:] == ["tune 16"]
    assert "mute 1" not in shown("When do I silence the speaker in the harbour?")


BUOY = """
Buoys

To paint a buoy, wash it first. Let it dry for a day. Then list the paints in a file like this:

code
{long}

To anchor a buoy, write its place:

In places.toml:

code
anchor = "reef"

Example:

code
lamp_of_buoy = "green"
"""


def test_a_way_ends_before_what_leads_in_to_long_code():
    """The sentence that would lead in to nothing is left out."""
    finder = Finder(memory_index(collection_of(BUOY.replace("{long}", "paint = 'red'\n" * 90))))
    first = finder.find("How do I paint a buoy?").quotes[0].text
    assert first == "To paint a buoy, wash it first. Let it dry for a day."


def test_code_under_the_name_of_its_file_is_shown_behind_what_leads_in_to_it():
    """The name may end in a colon."""
    finder = Finder(memory_index(collection_of(BUOY.replace("{long}", "paint = 'red'"))))
    shown = [quote.text for quote in finder.find("How do I anchor a buoy?").quotes]
    assert shown[:2] == ["To anchor a buoy, write its place:", 'anchor = "reef"']


def test_what_leads_in_to_code_never_stands_behind_it():
    """It goes before it; a word with a colon is left out."""
    leading = "Set the lamp of a buoy for the night watch as in this file:"
    for lead_in, expected in ((leading, [leading]), ("Lamps of buoys:", [])):
        text = BUOY.replace("{long}", "paint = 'red'").replace("Example:", lead_in)
        collection = collection_of(text)
        index = memory_index(collection)
        above, code = map(index.position, collection.articles[0].paragraphs[-2:])
        starts = [(number, index.first_sentence(number)) for number in (code, above)]
        passages = [Passage(number, start, start) for number, start in starts]
        shown = [index.text(passage.first) for passage in with_code(index, passages)]
        assert shown == [*expected, 'lamp_of_buoy = "green"']


@pytest.mark.parametrize(
    ("language", "sentence", "question"),
    [
        (
            "en",
            "One of the following marks may stand on the keel, if the yard allows it.",
            "Which marks may stand on the keel?",
        ),
        (
            "de",
            "Auf dem Kiel darf eines der folgenden Zeichen stehen, wenn die Werft es erlaubt.",
            "Welche Zeichen dürfen auf dem Kiel stehen?",
        ),
        (
            "ru",
            "На киле может стоять один из следующих знаков, если верфь разрешает.",
            "Какие знаки могут стоять на киле?",
        ),
    ],
)
def test_a_table_is_shown_behind_a_sentence_that_names_one_of_its_rows(
    language, sentence, question
):
    """Though the sentence ends in a full stop."""
    text = f"Keel\n\n{sentence}\n\ntable\nM\nAnchor\nGull"
    finder = Finder(memory_index(collection_of(text, language=language)))
    shown = [quote.text for quote in finder.find(question).quotes]
    assert shown[0] == sentence
    assert "Gull" in shown[1]


def test_what_only_refers_elsewhere_is_no_first_quote_where_another_says_it():
    """Where nothing else does, it is."""
    referring = "For the tonnage rules of a ferry, see the tonnage guide."
    saying = "The tonnage rules let a ferry load ninety cars and some of the vans of the island."
    question = "What are the tonnage rules of a ferry?"

    def first(*sentences):
        finder = Finder(memory_index(collection_of("\n\n".join(("Pier", *sentences)))))
        return finder.find(question).quotes[0].text

    assert first(referring, saying) == saying
    assert first(referring, "The pier has a clock.") == referring


def test_a_way_is_told_from_its_first_step_on():
    """Its steps need not name what it is for, which the title does."""
    leave = """
Leave the rowing club

Ring the treasurer. Ask her for the blue form.

Sign the form and leave it in the locker of the club.

Your key is due a week later.

# Who may use your locker
If you leave the club, the next member may use it.
"""
    finder = finder_of(leave, "Rain\n\nRain fell all night and the meadow was wet.")
    shown = [quote.text for quote in finder.find("how do i leave the club").quotes]
    assert shown[:2] == [
        "Ring the treasurer. Ask her for the blue form.",
        "Sign the form and leave it in the locker of the club.",
    ]


def test_what_only_names_what_is_asked_about_is_not_quoted():
    """A link to another text stands there with nothing but its title."""
    report = """
The weather station

Print the report

The button of the station prints a report of the whole week.
"""
    shown = [quote.text for quote in finder_of(report).find("How do I print the report?").quotes]
    assert shown == ["The button of the station prints a report of the whole week."]


def test_the_caption_of_an_example_in_code_defines_nothing():
    """It is shown for who looks for the example."""
    text = """
Tide tables

The harbour sends out a tide warning, one line, before high water.

# Examples
Example of a tide warning for boats

code
table: 3, wind: 4
"""
    finder = finder_of(text, "Rain\n\nRain fell all night and the meadow was wet.")

    def shown(question):
        return " ".join(quote.text for quote in finder.find(question).quotes)

    assert "table: 3" not in shown("What is a tide warning?")
    assert "table: 3" in shown("example of a tide warning")


def test_a_few_words_that_say_nothing_are_not_quoted():
    """Not for the title above them; what the heading asks for they do tell."""
    club = """
Member benefits

Light

# Bar
Closed

# Postal address
Mill Lane 4

Members of the club borrow boats, and every member gets the journal.
"""
    finder = finder_of(club, *(f"Herons {n}\n\nHerons sleep in the reeds." for n in range(5)))
    evidence = finder.find("what are the benefits of a member")
    assert evidence.quotes
    shown = [quote.text for quote in (*evidence.quotes, *evidence.related)]
    assert not {"Light", "Closed"}.intersection(shown)
    assert "Mill Lane 4" in finder.find("postal address").quotes[0].text
