"""Sentences end where a reader sees their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.sentences import sentence_spans


def cut(text, code="en"):
    return [text[span.start : span.end] for span in sentence_spans(text, code)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The U.S. is big.", "It is made in the U.S.", "Then we saw it."],
        ["Mr. Xi met Dr. No and Mrs. Yes.", "They left."],
        ["It grew by 3.5 percent to 1,000.75 at 9.30 p.m. on Friday.", "Fine."],
        ["Alright, let's talk money, guys!", "Let's go.", "So, there you have it, guys.", "Yes."],
        ["He said: 'We're serious.'", "Beyond that, nothing."],
        ['She said "We agree. We do." and left.', "He stayed."],
        ["Is it so?", "Yes!", "What?!"],
        ["J. R. R. Tolkien wrote it, e.g. for children, i.e. for all.", "End."],
        ["Think of it – a lot of oil.", "Then more…"],
        ["Emoji 😀 first.", "Second 😀."],
    ],
)
def test_boundaries_in_english(sentences):
    """Abbreviations, decimals, quotation marks and dashes do not break a sentence."""
    assert cut(" ".join(sentences)) == sentences


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        ("de", ["Er kam am 3. Mai z.B. nach Berlin.", "Dann ging er."]),
        ("ru", ["Это первое.", "А это второе!"]),
        ("fr", ["M. Dupont arrive.", "Il part."]),
    ],
)
def test_boundaries_in_other_languages(code, sentences):
    """The language's own abbreviations are known."""
    assert cut(" ".join(sentences), code) == sentences


def test_chinese_needs_no_spaces():
    """Full stops of its own."""
    assert cut("这是第一句。这是第二句！", "zh") == ["这是第一句。", "这是第二句！"]


def test_each_line_of_a_list_ends_a_sentence():
    """Lists are lines."""
    assert cut("The kinds are:\n- one\n- two") == ["The kinds are:", "- one", "- two"]


def test_a_long_sentence_of_pieces_takes_no_quadratic_time():
    """Twice the pieces take not four times the steps; this one took half a minute."""
    text = "The abc def. " + "abc def ghi. " * 20_000
    assert len(cut(text)) == 1


@given(st.text(alphabet=st.sampled_from("ab .!?\n\"'’(A)1,😀。"), max_size=200))
def test_every_visible_character_is_in_exactly_one_sentence(text):
    """Spans are in order, apart, trimmed, and leave out only white space."""
    spans = sentence_spans(text, "en")
    outside = list(text)
    end = 0
    for span in spans:
        assert end <= span.start < span.end
        end = span.end
        piece = text[span.start : span.end]
        assert piece == piece.strip()
        outside[span.start : span.end] = [""] * len(piece)
    assert "".join(outside).strip() == ""
