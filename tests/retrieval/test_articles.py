"""Quotes are spans of their paragraph."""

import pytest

from retrieval.articles import Article, Collection, Paragraph, Quote, Span

PARAGRAPH = Paragraph("bees", 1, "", "Bees fly. They sting. They die.")


def test_a_quotes_text_is_sliced_from_its_paragraph():
    """From the first code point to before the last."""
    quote = Quote(PARAGRAPH, (Span(0, 9),))
    assert (quote.text, quote.start, quote.end) == ("Bees fly.", 0, 9)


def test_an_omission_is_shown():
    """Between two spans."""
    quote = Quote(PARAGRAPH, (Span(0, 9), Span(22, 31)))
    assert (quote.text, quote.start, quote.end) == ("Bees fly. […] They die.", 0, 31)


def test_articles_are_found_by_their_id():
    """Which no two of them share."""
    article = Article("bees", "Bees", "en", (PARAGRAPH,))
    collection = Collection([article])
    assert collection["bees"] is article
    assert "bees" in collection
    assert "wolves" not in collection
    with pytest.raises(ValueError, match="share an id"):
        Collection([article, article])


def test_the_main_language_comes_first():
    """The one of most articles; the alphabet decides between equals."""
    codes = ["fr", "en", "fr", "de"]
    articles = [Article(str(n), "", code, ()) for n, code in enumerate(codes)]
    assert Collection(articles).languages == ("fr", "de", "en")
