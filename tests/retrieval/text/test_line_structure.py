"""Lists and tables are taken apart into their lead-in and their lines."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.articles import Paragraph, ParagraphKind
from retrieval.text.line_structure import code_lines, line_structure


def structure(text, kind=ParagraphKind.LIST, code="en"):
    return line_structure(Paragraph("a", 1, "", text, kind=kind), code)


def texts(text, spans):
    return [text[span.start : span.end] for span in spans]


def entries(text, **options):
    """The sentences of each line."""
    return [texts(text, line.sentences) for line in structure(text, **options).lines]


def test_what_stands_before_the_first_mark_leads_in():
    """In sentences, as it is text."""
    text = "Bees need little. They want:\n• flowers\n• water"
    assert texts(text, structure(text).lead) == ["Bees need little.", "They want:"]
    assert entries(text) == [["• flowers"], ["• water"]]


@pytest.mark.parametrize(
    "mark", ["•", "-", "*", "–", "☐", "☑", "1.", "12)", "(3)", "a)", "a.", "(b)"]
)
def test_a_list_may_have_no_lead_in(mark):
    """Then the first line is an entry, whatever its mark."""
    text = f"{mark} flowers\n{mark} water"
    assert structure(text).lead == ()
    assert len(entries(text)) == 2


@pytest.mark.parametrize(
    "lead", ["(3) Free of charge are", "2. Take with you:", "a) No entry for"]
)
def test_what_leads_in_may_be_numbered_itself(lead):
    """As the paragraphs of statutes are, each in another way than its list."""
    text = f"{lead}\n1) dogs\n2) bees"
    assert texts(text, structure(text).lead) == [lead]
    assert [line.number for line in structure(text).lines] == [1, 2]
    for none in ("(3) dogs\n(4) bees", "1. dogs\n   a) big ones\n2. bees", "☐ dogs\n☑ bees"):
        assert structure(none).lead == ()


def test_entries_without_marks_have_a_line_that_leads_in():
    """The first one."""
    text = "Bees want\nflowers\nwater"
    assert texts(text, structure(text).lead) == ["Bees want"]
    assert len(entries(text)) == 2


def test_a_line_belongs_to_the_one_that_it_is_indented_below():
    """On any level."""
    text = "• Monday\n  • morning\n    • 8 to 9\n  • evening\n• Sunday"
    lines = structure(text).lines
    assert [line.parent for line in lines] == [None, 0, 1, 0, None]
    assert [line.end for line in lines] == [4, 3, 3, 4, 5]


def test_numbers_are_known():
    """Of entries that have one, whatever stands around it."""
    assert [line.number for line in structure("1. One\n(2) Two\n3) Three\n• more").lines] == [
        1, 2, 3, None,
    ]  # fmt: skip
    assert [line.number for line in structure("一览\n1、开机\n2、登录", code="zh").lines] == [1, 2]


def test_a_short_entry_is_one_sentence_and_a_long_one_has_several():
    """The mark belongs to the first of them."""
    short = "• Water the bees. They thank you."
    assert entries(short) == [[short]]
    long = f"3. {'Bees drink a lot of water in summer. ' * 6}"
    (sentences,) = entries(long)
    assert len(sentences) == 6
    assert sentences[0] == "3. Bees drink a lot of water in summer."


def test_a_table_has_a_header_row_and_each_row_is_whole():
    """Full stops in cells do not matter."""
    text = "Name | Note\nBee | Stings. Rarely. Twice. Dies. " + "Then it rains. " * 12
    found = structure(text, kind=ParagraphKind.TABLE)
    assert texts(text, found.lead) == ["Name | Note"]
    assert len(found.lines) == 1
    assert len(found.lines[0].sentences) == 1


def test_code_has_lines():
    """No sentence is looked for in it."""
    text = "a = b.c. d\n\n    return a. B"
    assert texts(text, code_lines(text)) == ["a = b.c. d", "return a. B"]


@given(
    st.lists(st.sampled_from(["• a", "  - b. C d.", "12) e", "f", "", " ", "\t", "1、", "\x00"]))
    .map("\n".join)
    .filter(str.strip),
    st.sampled_from(["en", "zh", "xx"]),
    st.sampled_from([ParagraphKind.LIST, ParagraphKind.TABLE]),
)
def test_every_visible_character_is_in_exactly_one_sentence(text, code, kind):
    """In order and apart."""
    spans = structure(text, kind=kind, code=code).sentences
    assert [*spans] == sorted(spans)
    assert all(one.end <= two.start for one, two in pairwise(spans))
    covered = {n for span in spans for n in range(span.start, span.end)}
    assert {n for n, char in enumerate(text) if not char.isspace()} <= covered
