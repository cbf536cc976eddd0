"""Points of a briefing are sentences: no code, no cells, no steps; clauses of a statute."""

import pytest
from listed_articles import collection_of

from bot.composing.pipeline import pipeline_of
from retrieval.articles import ParagraphKind
from retrieval.briefing.briefing import Length
from retrieval.index.memory_engine import memory_index

PORT = """
The port of Aldwick

The port of Aldwick handles more grain than any other port on the coast.

# Rules of the port
list
The harbour master of Aldwick asks the crews of all ships to keep these rules:
• Waste oil from engines is brought to the customs office behind the large crane.
• Guests sign in.

# Fees of the port
table
Ship of the port | Fee in summer for grain
Grain carriers from the northern coast. | Eighty crowns a day for the crane.

# Unloading grain in the port
list
The port of Aldwick unloads the grain of a ship in two steps:
1. The pilot brings the grain ship to the northern pier of the port before noon.
2. The crane lifts the grain from the ship into the silo of the port.

# Control of the crane
code
crane.lift(grain, silo) # The crane of the port lifts the grain of the ship.
"""


@pytest.fixture(scope="module")
def quotes():
    """The quotes of a briefing on everything."""
    pipeline = pipeline_of(memory_index(collection_of(PORT)), ())
    length = Length(points=12, words=600)
    worded = [pipeline.brief(topic, length) for topic in ("", "port", "grain", "crane")]
    return [point.citation.quote for briefing in worded for point in briefing.points]


def test_text_makes_points(quotes):
    """As ever."""
    assert any("more grain than any other port" in quote.text for quote in quotes)


def test_cells_code_and_steps_make_none(quotes):
    """They are read in their places."""
    kinds = {quote.paragraph.kind for quote in quotes}
    assert kinds <= {ParagraphKind.TEXT, ParagraphKind.LIST}
    assert not any("pilot" in quote.text for quote in quotes)


def test_their_headings_are_not_offered():
    """A briefing on one would have nothing to say."""
    pipeline = pipeline_of(memory_index(collection_of(PORT)), ())
    for topic in ("the port of Aldwick", "otters"):
        near = pipeline.brief(topic, Length(points=1, words=60)).near
        assert {heading for heading, _ in near} == {"Rules of the port"}


def test_an_entry_comes_under_its_lead_in(quotes):
    """Or not at all."""
    entries = [quote.text for quote in quotes if quote.paragraph.kind is ParagraphKind.LIST]
    assert entries
    assert all(text.startswith("The harbour master of Aldwick asks") for text in entries)


QUAY = """
The quay of Velden

The quay of Velden was built of granite in 1890 and is swept every Sunday.

# What visitors may bring
list
Visitors may bring to the quay of Velden:
• folding chairs
• fishing rods
• dogs on a lead

# What is forbidden
list
• Nobody lights a fire on the granite of the quay between April and October.
• Cars.

# Voices
The granite of the quay keeps the harbour of Velden calm in every storm.
— Ada Holm, master of the harbour of Velden
harbour.example/velden/quay/granite/rules

Ask /velden/quay with /granite/rules?harbour=velden.
"""


def points_on(topic, **length):
    briefer = pipeline_of(memory_index(collection_of(QUAY)), ()).briefings.briefer
    briefing = briefer.brief(topic, Length(**{"points": 12, "words": 600} | length))
    return [point.quote.text for point in briefing.points]


def test_a_short_list_is_one_point_under_its_lead_in():
    """All of it, though its entries are no sentences."""
    whole = (
        "Visitors may bring to the quay of Velden:\n"
        "• folding chairs\n• fishing rods\n• dogs on a lead"
    )
    assert whole in points_on("The quay of Velden")


def test_a_sentence_in_a_list_without_a_lead_in_needs_the_heading_above_it():
    """A short briefing shows no headings; what is forbidden would then seem to be allowed."""
    fire = "Nobody lights a fire on the granite of the quay between April and October."
    assert fire in points_on("The quay of Velden")
    assert fire not in points_on("The quay of Velden", points=3)


RAIN = """
The guild of Velden

# Rain days
On rain days the guild of Velden meets in the boathouse, and the boats stay ashore.

list
Rain days are called by the coach before eight in the morning.
• Every rower may mend a boat of the guild or carve an oar. A carved oar belongs to its rower.
• Juniors sweep the boathouse for the coach and paint the seats of the boats:
  • Tar is kept behind the northern door.
• the key of the boathouse, which the coach brings,
"""


def test_whole_sentences_in_a_list_that_nothing_leads_in_to_are_points():
    """Each by itself, as in a text; a piece of a sentence is none."""
    briefer = pipeline_of(memory_index(collection_of(RAIN)), ()).briefings.briefer
    said = [p.quote.text for p in briefer.brief("rain days", Length(250, 8)).points]
    assert any(text.startswith("Every rower may mend a boat of the guild") for text in said)
    assert "Rain days are called by the coach before eight in the morning." in said
    assert not any("key of the boathouse" in text or text.startswith("Tar") for text in said)


def test_a_list_that_mentions_the_topic_among_others_is_no_point():
    """One entry of many does not make all of it speak of the topic; another point fills."""
    talks = """
Talks of the guild

# Evenings
list
These talks were given in the boathouse:
• Carving spoons from birch
• The cheese of the northern islands
• A cider press for the village
• Stars above the harbour in winter
"""
    press = """
Orchard

The cider press of the orchard squeezes two hundred litres of juice in an hour.

The cider press is cleaned with hot water from the bakery.
"""
    pipeline = pipeline_of(memory_index(collection_of(talks, press)), ())
    briefing = pipeline.briefings.briefer.brief("cider press", Length(250, 2))
    assert {p.quote.paragraph.article for p in briefing.points} == {"article-2"}


def test_who_is_quoted_and_addresses_are_no_points():
    """They say nothing by themselves."""
    said = " ".join(points_on("The quay of Velden"))
    assert "every storm" in said
    assert "Ada Holm" not in said
    assert "harbour.example" not in said
    assert "/velden" not in said


FERRY_LAW = """
Ferry bylaw

# Tolls of the ferry
list
1. Herring boats pay the ferry master of Velden twelve crowns a day.
2. The ferry master of Velden keeps a book of all tolls:
3. Carts and sheep

# Crossings
list
1. No ferry leaves the harbour of Velden in a storm.
"""

REASON = """
# Why
The guild of Velden wants quiet crossings.
"""


@pytest.mark.parametrize(
    ("topic", "law"),
    [
        ("Ferry bylaw", FERRY_LAW),
        ("ferry master", FERRY_LAW),
        ("", FERRY_LAW),
        ("Ferry bylaw", FERRY_LAW + 2 * REASON),
        ("ferry master", FERRY_LAW + 2 * REASON),
    ],
)
def test_numbered_entries_are_points_of_an_article_that_says_most_in_them(topic, law):
    """They are its clauses, not steps."""
    briefer = pipeline_of(memory_index(collection_of(law)), ()).briefings.briefer
    said = [point.quote.text for point in briefer.brief(topic, Length(250, 8)).points]
    assert "Herring boats pay the ferry master of Velden twelve crowns a day." in said
    assert not any("Carts" in text or text.endswith(":") for text in said)


@pytest.mark.parametrize(
    "sentence",
    [
        'ferry:"Rune Point" finds the crossings of the ferry between Velden and Rune Point.',
        ", the ferry master of Velden wrote in the book of the harbour in 1890.",
        "The ferry master of Velden keeps the crossings of the harbour as described above.",
        "For the crossings of the ferry, you can refer to the book of the harbour of Velden.",
        "You can read more about the crossings of the ferry in the book of the harbour of Velden.",
        "(See the book of the harbour of Velden for the crossings of the ferry in 1890.)",
        "... and the ferry of Velden brings us to the crossings of the harbour in the book.",
        "Updated May 4th, 1890: the ferry master of Velden keeps the crossings in a book.",
        "When we talk about the ferry of Velden, it's vital to know that it crosses harbours.",
        "All other ferries of the harbour of Velden use the moorings of the guild.",
        "If you have any questions on the ferry, get in touch with the harbour of Velden.",
    ],
)
def test_fragments_and_pointers_are_no_points(sentence):
    """What is broken, stands for code or leads elsewhere says nothing by itself."""
    ferry = "The ferry of Velden carries wool, salt, timber and cheese in winter."
    pipeline = pipeline_of(memory_index(collection_of(f"Velden\n\n{ferry}\n\n{sentence}")), ())
    briefing = pipeline.briefings.briefer.brief("ferry", Length(250, 8))
    assert [point.quote.text for point in briefing.points] == [ferry]
