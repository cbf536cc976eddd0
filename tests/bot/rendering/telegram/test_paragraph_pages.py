"""A paragraph is split into pages."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.telegram.paragraph_pages import (
    LONGEST_PAGE,
    LONGEST_SENTENCE,
    page_spans,
    within,
)
from bot.rendering.telegram.text_length import utf16
from retrieval.articles import Span
from retrieval.text.sentences import sentence_spans

sentences = st.lists(
    st.tuples(st.integers(1, 600), st.sampled_from("abé😀")), min_size=1, max_size=30
)


@given(sentences)
def test_pages_hold_whole_sentences_in_order(lengths):
    """None is longer than a page may be, and none could be longer."""
    text = " ".join("x" + char * length + "." for length, char in lengths)
    starts = [0]
    for length, _ in lengths:
        starts.append(starts[-1] + length + 3)
    spans = [Span(s, e - 1) for s, e in pairwise(starts)]
    pages = page_spans(text, spans)
    assert pages[0].start == 0
    assert pages[-1].end == len(text)
    begins, ends = {s.start for s in spans}, {s.end for s in spans}
    for page in pages:
        assert page.start in begins
        assert page.end in ends
        assert utf16(text[page.start : page.end]) <= LONGEST_PAGE
    for one, other in pairwise(pages):
        assert other.start == one.end + 1
        first = next(s for s in spans if s.start == other.start)
        assert utf16(text[one.start : first.end]) > LONGEST_PAGE


@given(st.text(min_size=1, max_size=9000).filter(str.strip))
def test_any_paragraph_has_pages(text):
    """They are apart, in order, and leave out nothing but blanks."""
    pages = page_spans(text, sentence_spans(text, "en"))
    end = 0
    for page in pages:
        assert page.start >= end
        assert not text[end : page.start].strip()
        assert utf16(text[page.start : page.end]) <= LONGEST_SENTENCE
        end = page.end
    assert not text[end:].strip()


def test_what_is_marked_is_counted_from_the_page():
    """And cut at its ends."""
    assert within([Span(0, 5), Span(8, 30), Span(40, 50)], Span(10, 20)) == (Span(0, 10),)
