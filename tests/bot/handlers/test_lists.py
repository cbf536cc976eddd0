"""Somebody asks for lists, tables, code and what headers say."""

import pytest
from listed_articles import BREAD, HARBOUR, article

from retrieval.articles import Collection

RULES = "\n".join(
    ["Port\n\n# Rules of the port\nlist\nAll crews keep these rules:"]
    + [f"• Rule {n} forbids the crews to make any noise of kind {n}." for n in range(120)]
)


@pytest.fixture
def talk(converse):
    """A private chat about articles with lists and tables."""
    made = Collection(
        [
            article(BREAD, "bread", author="Maren Holt", published="2023-04-12"),
            article(HARBOUR, "harbour", author="Ida Lund"),
            article(RULES, "rules"),
        ]
    )
    return converse(collection=made)


def test_a_list_is_one_block_under_its_lead_in(talk):
    """In lines, its nesting kept."""
    answer = talk("How do I bake a loaf?")
    steps = answer.quotes[0].split("\n")
    assert steps[0] == "Follow these steps and do not hurry."
    assert steps[4] == "   • Fold it twice."
    assert steps[-1] == "6. Bake the loaf for 45 minutes."


def test_a_row_stands_under_its_header_with_a_line_for_what_is_omitted(talk):
    """As in the table."""
    answer = talk("What is the price of emmer?")
    assert answer.quotes == ["Flour | Protein | Price\n[…]\nEmmer | 13 % | 4.00"]
    page = talk.press(answer, "📖 1")
    assert page.marked("bold")[-2:] == ["Flour | Protein | Price", "Emmer | 13 % | 4.00"]


def test_the_rest_of_a_long_list_is_one_press_away(talk):
    """On pages that break between entries."""
    answer = talk("What are the rules of the port?")
    assert "of 120 entries; open it to read the rest." in answer.text
    page = talk.press(answer, "📖 1")
    assert page.text.endswith(". […]")
    assert "Rule 30 forbids" in page.text
    later = talk.press(page, "Part 2 ›")
    assert "\n\n[…] • Rule " in later.text


def test_an_entry_is_asked_for_after_the_list(talk):
    """By its number."""
    talk("How do I bake a loaf?")
    answer = talk("What does the second step say?")
    assert answer.quotes[0].endswith("\n[…]\n2. Add the yeast and the salt.")


def test_code_is_shown_as_code_in_its_place(talk):
    """With its lines and indents, and nothing marked in it."""
    page = talk.press(talk("What does scale.tare do?"), "📖 1")
    assert page.marked("pre") == [
        'scale.set_unit("gram")\nscale.tare(BOWL_WEIGHT)\nif scale.ready():\n    scale.weigh()'
    ]


def test_a_header_answers_with_a_button_to_open_the_article(talk):
    """There is no quote to show, and no further ones."""
    answer = talk("Who wrote the article about bread?")
    assert answer.text == "The article “Bread at home” is by Maren Holt."
    assert answer.buttons == ["📖 1", "👍", "👎"]
    page = talk.press(answer, "📖 1")
    assert page.text.startswith("Bread at home\nParagraph 1 of 6\n\nBread is older than the oven.")


def test_several_headers_are_opened_by_their_numbers(talk):
    """With a button or with /source."""
    answer = talk("Who wrote this?")
    assert answer.text.split("\n")[2] == "2. The harbour office: Ida Lund"
    assert answer.buttons == ["📖 1", "📖 2", "👍", "👎"]
    assert talk("/source 2").text.startswith("The harbour office\n")


def test_this_is_what_the_question_before_was_about(talk):
    """And the answer says so."""
    talk("How do I bake a loaf?")
    answer = talk("When was this published?")
    assert answer.text.startswith("The article “Bread at home” is dated 2023-04-12.")
    assert "Read as a follow-up to “How do I bake a loaf?”" in answer.text


def test_what_no_header_says_has_no_buttons(talk):
    """There is nothing to open."""
    talk("What are the rules of the port?")
    answer = talk("Who wrote this?")
    assert answer.text.startswith("The article “Port” does not say who wrote it.")
    assert not answer.buttons
