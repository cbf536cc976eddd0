"""A quote that shows a part of a list says how much there is."""

from listed_articles import BREAD, HARBOUR, collection_of

from bot.composing.answer_composer import AnswerComposer
from retrieval.answers.finder import Finder
from retrieval.index.memory_engine import memory_index


def answer(question, *texts):
    collection = collection_of(*texts)
    return AnswerComposer(collection).compose(Finder(memory_index(collection)).find(question))


def rules(first, last):
    """A part of a list of rules."""
    entries = [f"• Rule {n} forbids the crews to make any noise of kind {n}." for n in
               range(first, last)]  # fmt: skip
    return "\n".join(["list", "All crews keep these rules:", *entries])


def test_a_list_that_is_cut_tells_how_many_entries_there_are():
    """And that the rest can be read."""
    found = answer("What are the rules of the port?", f"Port\n\n# Rules\n{rules(0, 40)}", BREAD)
    shown = found.quotes[0].quote.text.count("• ")
    assert found.notes == (f"[1] shows {shown} of 40 entries; open it to read the rest.",)
    assert 10 < shown < 40


def test_the_parts_of_a_list_are_counted_together():
    """It is several paragraphs only because it is long."""
    text = f"Port\n\n# Rules\n{rules(0, 40)}\n\n{rules(40, 80)}"
    (note,) = answer("What are the rules of the port?", text, BREAD).notes
    assert "of 80 entries" in note


def test_a_whole_list_and_a_single_entry_need_no_note():
    """Nor does a text."""
    for question in ("How do I bake a loaf?", "How hot should the oven be?", "Is bread old?"):
        assert answer(question, BREAD, HARBOUR).notes == ()


def test_rows_are_called_rows():
    """Of a table."""
    found = answer("What do a trimaran and a catamaran pay in fees?", BREAD, HARBOUR)
    assert found.notes == ("[1] shows 2 of 4 rows; open it to read the rest.",)


def test_a_list_is_spoken_of_as_several_points():
    """Though it is one quote."""
    found = answer("What are the steps of baking a loaf?", BREAD, HARBOUR)
    assert found.lead == "The articles name these points:"


def test_omitted_lines_stand_on_a_line_of_their_own():
    """Where the quote is read; what a program gets is the quote itself."""
    (citation,) = answer("What is the price of emmer?", BREAD, HARBOUR).quotes
    assert citation.text == "Flour | Protein | Price\n[…]\nEmmer | 13 % | 4.00"
    assert citation.quote.text == "Flour | Protein | Price […] Emmer | 13 % | 4.00"


def test_an_entry_below_another_keeps_its_indent():
    """So that it is seen to belong there."""
    found = answer("What hours are there on Friday in the afternoon?", BREAD, HARBOUR)
    assert "\n  • 14 to 17 in the afternoon" in found.quotes[0].text
