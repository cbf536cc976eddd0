"""An answer set on a terminal."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from bot.composing.answer_composer import Answer, Citation
from bot.composing.printable import printable
from bot.rendering.terminal import show
from retrieval.answers.quoting.evidence import Evidence
from retrieval.articles import Article, Paragraph, Quote, Span
from retrieval.questions.query import Query
from retrieval.questions.question_kinds import Kind


def shown(text, width, title="Title"):
    paragraph = Paragraph("a", 1, "Heading", text)
    quote = Quote(paragraph, (Span(0, len(text)),))
    article = Article("a", title, "en", (paragraph,), "https://example.org")
    citation = Citation(1, quote, article, f"{title} › Heading, paragraph 1")
    evidence = Evidence(Query("q", Kind.WHAT), quotes=(quote,))
    out = io.StringIO()
    show(
        Answer(evidence, "The articles say:", ("A note.",), (citation,), ()),
        Console(file=out, width=width, highlight=False, color_system=None, force_terminal=False),
    )
    return out.getvalue()


def test_a_quote_has_a_bar_a_number_and_a_footnote():
    """In this order."""
    assert [line.rstrip() for line in shown("Bees fly.", 60).splitlines()] == [
        "The articles say:",
        "",
        "▌ Bees fly. [1]",
        "",
        "[1] Title › Heading, paragraph 1",
        "",
        "A note.",
    ]


def test_markup_of_rich_in_an_article_is_text():
    """Square brackets are the author's."""
    assert "[red]x[/red]" in shown("[red]x[/red]", 60)


@pytest.mark.parametrize("width", [20, 33, 80])
@given(text=st.text(min_size=1, max_size=200))
def test_nothing_is_wider_than_the_window_or_steers_it(width, text):
    """For any text of an article."""
    out = shown(text, width, title=text)
    assert "\x1b" not in out
    assert all(cell_len(line) <= width for line in out.splitlines())


def test_direction_and_control_characters_are_left_out():
    """Line ends and tabs stay."""
    assert printable("a\x1b[2Jb\u202ec\td\n\x9b\x00") == "a[2Jbc\td\n"
