"""The language of a document is that of most of its samples; its title may be its first line."""

import pytest

from retrieval.sources.blocks import heading, paragraph
from retrieval.sources.documents.document import Document
from retrieval.sources.documents.document_articles import document_article, document_language


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ("en en de", "en"),
        ("pcm en", "en"),  # a table of figures looks like anything
        ("oc oc oc oc ca", "oc"),  # a book in a rare language
        ("vo vo", "vo"),
    ],
)
def test_a_rare_language_needs_most_of_the_votes(votes, expected):
    """The next likely one is taken where it has fewer."""
    said = iter(votes.split())
    length = 600 * len(votes.split())
    document = Document((paragraph("bees " * (length // 5), 0),))
    assert document_language(document, lambda _: next(said)) == expected


def test_a_half_translated_book_is_in_the_language_that_it_was_translated_into():
    """Half of what it says, that is, which takes fewer characters in some scripts."""
    foreign = "Bees live in hives, and each of them has work to do from its first day on. " * 40
    own = "みつばちは巣箱に住み、生まれた日から仕事があります。冬は静かです。" * 54
    blocks = tuple(paragraph(text, 0) for _ in range(3) for text in (foreign, own))
    found = document_language(Document(blocks), lambda text: "ja" if "。" in text[300:] else "en")
    assert found == "ja"


@pytest.mark.parametrize(
    ("opening", "title"),
    [("How bees live", "How bees live"), ("Bees live in hives.", "A file")],
)
def test_a_line_above_the_first_heading_is_the_title(opening, title):
    """As authors write it who know of no styles; a sentence is part of the text."""
    heads = [heading(text, 0) for text in ("The hive", "The meadow")]
    blocks = (paragraph(opening, 0), *heads, paragraph("It is quiet.", 0))
    found = document_article(Document(blocks), "x", "A file", lambda _: "en")
    assert found.title == title
    assert found.paragraphs[0].text == opening
