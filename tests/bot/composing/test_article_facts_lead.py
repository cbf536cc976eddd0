"""What headers say is told in the lead of an answer."""

from dataclasses import replace

import pytest
from listed_articles import BREAD, HARBOUR, article, renamed

from bot.composing.answer_composer import AnswerComposer
from bot.composing.wording import speaking
from retrieval.answers.finder import Finder
from retrieval.articles import Collection
from retrieval.index.memory_engine import memory_index

BAKED = article(BREAD, "bread", author="Maren Holt", published="2023-04-12")
MOORED = article(HARBOUR, "harbour", author="Ida Lund")


def lead(question, *articles):
    collection = Collection(articles)
    answer = AnswerComposer(collection).compose(Finder(memory_index(collection)).find(question))
    assert answer.quotes == answer.related == ()
    return answer.lead


def test_one_article_is_a_sentence():
    """With its title."""
    assert lead("Who wrote this?", BAKED) == "The article “Bread at home” is by Maren Holt."
    assert lead("How new is it?", BAKED) == "The article “Bread at home” is dated 2023-04-12."
    assert lead("How many articles are there?", BAKED) == (
        "There is one article: “Bread at home”."
    )


def test_the_last_update_is_told_from_the_date_of_publication():
    """Where the header says it; else it is said that it does not."""
    kept = replace(BAKED, updated="2024-02-03")
    asked = "When was it last updated?"
    assert lead(asked, kept) == "The article “Bread at home” was last updated on 2024-02-03."
    assert lead(asked, BAKED) == (
        "The article “Bread at home” does not say when it was last updated; "
        "it was published on 2023-04-12."
    )
    assert lead(asked, kept, replace(MOORED, published="2022-01-02")).split("\n") == [
        "The articles were last updated on:",
        "1. Bread at home: 2024-02-03",
        "2. The harbour office: 2022-01-02 (published)",
    ]


def test_several_articles_are_numbered_lines():
    """Like the buttons that open them; who is silent is counted."""
    assert lead("Who wrote this?", BAKED, MOORED).split("\n") == [
        "The articles are by:",
        "1. Bread at home: Maren Holt",
        "2. The harbour office: Ida Lund",
    ]
    assert lead("When was this published?", BAKED, MOORED).split("\n") == [
        "The articles are dated:",
        "1. Bread at home: 2023-04-12",
        "One article does not say.",
    ]


def test_of_many_articles_eight_are_named():
    """The others are counted."""
    many = [replace(renamed(BAKED, f"b-{n}"), title=f"Bread {n}") for n in range(1, 1012)]
    lines = lead("How many articles are there?", *many).split("\n")
    assert lines[0] == "There are 1,011 articles:"
    assert lines[8] == "8. Bread 8"
    assert lines[9:] == ["and 1,003 more."]


def test_a_header_that_does_not_say_it_is_said_to():
    """Of one article or of all."""
    assert lead("When was this published?", MOORED) == (
        "The article “The harbour office” does not say when it was published."
    )
    silent = [replace(MOORED, author=None), replace(BAKED, author=None)]
    assert lead("Who wrote this?", *silent) == "The articles do not say who wrote them."


def test_markup_in_a_header_is_only_text():
    """Nothing is run or escaped."""
    made = replace(BAKED, author="{{ 7 * 7 }} <b>", title="{% raw %}")
    assert lead("Who wrote this?", made) == "The article “{% raw %}” is by {{ 7 * 7 }} <b>."


@pytest.mark.parametrize(
    ("code", "title", "said"),
    [
        ("ru", "Турбаза «Озеро»", "«Турбаза „Озеро“»"),
        ("de", "Gasthaus „Zum See“", "„Gasthaus ‚Zum See‘“"),
    ],
)
def test_quotation_marks_within_others_are_the_inner_ones(code, title, said):
    """As these languages write them."""
    with speaking(code):
        assert said in lead("How many articles are there?", replace(BAKED, title=title))


@pytest.mark.parametrize(
    ("code", "published", "said"),
    [
        ("de", "2023-04-12", "Der Artikel „Bread at home“ trägt das Datum 12. April 2023."),
        ("ru", "2023-04-12", "Дата статьи «Bread at home» — 12 апреля 2023 года."),
        ("ru", "2023", "Дата статьи «Bread at home» — 2023."),
    ],
)
def test_a_date_is_written_as_the_language_does(code, published, said):
    """A year alone stays one."""
    with speaking(code):
        told = lead("When was this published?", replace(BAKED, published=published))
    assert told == said
