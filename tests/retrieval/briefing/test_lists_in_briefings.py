"""Points of a briefing are sentences: no code, no cells, no steps."""

import pytest
from units import collection_of

from bot.composing.pipeline import build_pipeline
from retrieval.articles import ParagraphKind
from retrieval.briefing.briefing import Length

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
1. The pilot brings the grain ship to the northern pier of the port before noon.
2. The crane lifts the grain from the ship into the silo of the port.

# Control of the crane
code
crane.lift(grain, silo) # The crane of the port lifts the grain of the ship.
"""


@pytest.fixture(scope="module")
def quotes():
    """The quotes of a briefing on everything."""
    pipeline = build_pipeline(collection_of(PORT), ())
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


def test_an_entry_comes_under_its_lead_in(quotes):
    """Or not at all."""
    entries = [quote.text for quote in quotes if quote.paragraph.kind is ParagraphKind.LIST]
    assert entries
    assert all(text.startswith("The harbour master of Aldwick asks") for text in entries)
