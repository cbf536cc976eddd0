"""The language of a document is the one of most of its samples."""

import pytest

from retrieval.sources.blocks import paragraph
from retrieval.sources.documents.document import Document
from retrieval.sources.documents.document_articles import document_language


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
