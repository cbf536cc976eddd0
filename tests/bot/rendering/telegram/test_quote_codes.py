"""A quote's place as a code."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.telegram.deep_links import passage_link, read_passage
from bot.rendering.telegram.quote_codes import MOST_SPANS, QuoteCodes, article_code
from retrieval.articles import Article, Collection, Paragraph, Quote, Span

TEXT = "Bees make honey. Wasps make none. Ants make hills, and 😀 too."
PARAGRAPH = Paragraph("bees", 1, "", TEXT)
ARTICLE = Article("bees", "Bees", "en", (PARAGRAPH,))
PLACES = QuoteCodes(Collection([ARTICLE]))

bounds = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=12, unique=True).map(sorted)


def quote_of(numbers):
    pairs = zip(numbers[::2], numbers[1::2], strict=False)
    return Quote(PARAGRAPH, tuple(Span(*pair) for pair in pairs))


@given(bounds)
def test_a_code_leads_back_to_the_quote(numbers):
    """One with very many spans to all from its start to its end."""
    quote = quote_of(numbers)
    found = PLACES.quote(PLACES.code(quote))
    if len(quote.spans) <= MOST_SPANS:
        assert found == quote
    else:
        assert (found.start, found.end) == (quote.start, quote.end)


@given(bounds, st.from_regex(r"[A-Za-z0-9_-]{11}", fullmatch=True))
def test_a_link_carries_it_in_a_start_parameter(numbers, answer):
    """Of at most 64 characters, with and without an answer."""
    code = PLACES.code(quote_of(numbers))
    for identity in ("", answer):
        parameter = passage_link("bot", code, identity).partition("=")[2]
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", parameter)
        assert read_passage(parameter) == (code, identity or None)


@given(st.text(max_size=80))
def test_anything_else_leads_nowhere(code):
    """Without an error."""
    assert PLACES.quote(code) is None or len(code) >= 24


def test_a_code_notices_that_the_text_has_changed():
    """Then it leads nowhere."""
    code = PLACES.code(quote_of([0, 16]))
    changed = PARAGRAPH._replace(text=TEXT.replace("honey", "money"))
    elsewhere = QuoteCodes(Collection([replace(ARTICLE, paragraphs=(changed,))]))
    assert elsewhere.quote(code) is None
    assert QuoteCodes(Collection([])).quote(code) is None
    assert PLACES.article(article_code(ARTICLE.id)) == ARTICLE


def test_a_code_of_an_article_that_now_has_its_folder_in_its_id_leads_there():
    """Links of old answers go on working."""
    paragraph = PARAGRAPH._replace(article="insects/bees")
    moved = Article("insects/bees", "Bees", "en", (paragraph,))
    found = QuoteCodes(Collection([moved])).quote(PLACES.code(quote_of([0, 16])))
    assert (found.paragraph, found.text) == (paragraph, "Bees make honey.")
