"""Numbers meet however they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analysis import Analyzer, words
from retrieval.text.numbers import number_readings


def looked_up(text, code):
    """What a text is found by: its terms and their other readings."""
    return set(Analyzer(code).compound_terms(text))


@pytest.mark.parametrize("code", ["en", "de", "fr", "sv"])
@pytest.mark.parametrize(
    "group",
    [
        ["20000", "20,000", "20.000", "20 000", "20\u00a0000", "20\u202f000"],
        ["20000", "20\u2009000", "20'000", "20’000"],
        ["20000", "２００００", "٢٠٠٠٠", "२००००"],
        ["7350.25", "7,350.25", "7.350,25", "7 350,25", "7350,25", "7’350.25"],
        ["4000000", "4,000,000", "4.000.000", "4 000 000", "40,00,000"],
        ["3.7", "v3.7", "V3.7", "3,7"],
        ["0.5", "½", "1/2", "0,5"],
        ["2.25", "2¼", "2,25"],
        ["1/3", "⅓"],
        ["12 kg", "12kg", "12 KG"],
        ["64 GB", "64GB", "64gb"],
    ],
)  # fmt: skip
def test_a_number_is_found_however_it_is_written(code, group):
    """Each spelling in a text is found by each spelling in a question."""
    analyzer = Analyzer(code)
    for text in group:
        for question in group:
            found = looked_up(text, code)
            for word in words(question):
                readings = (analyzer.word_terms(word.text), *analyzer.other_readings(word.text))
                assert any(found.issuperset(reading) for reading in readings), (text, question)


@pytest.mark.parametrize(
    ("word", "decimal_comma", "readings"),
    [
        ("1.250", True, ("1250", "1.250")),
        ("1.250", False, ("1.250", "1250")),
        ("1,250", False, ("1250", "1.250")),
        ("0.125", True, ("0.125",)),
        ("2.10.3", False, ("2.10.3",)),
        ("31.12.2024", True, ("31.12.2024",)),
        ("v2.10", False, ("2.10",)),
        ("12,50", True, ("12.50", "12.5")),
        ("1,250.00", False, ("1250.00", "1250")),
        ("v8", False, ()),
        ("word", False, ()),
    ],
)
def test_a_number_with_two_meanings_has_two_readings(word, decimal_comma, readings):
    """The language's own comes first; versions and dates stay as they are."""
    assert number_readings(word, decimal_comma=decimal_comma) == readings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 1950 100 men", ["in", "1950", "100", "men"]),
        ("call 030 123 456", ["call", "030", "123", "456"]),
        ("call 555 123 4567", ["call", "555", "123", "4567"]),
        ("holds 12 500 litres", ["holds", "12 500", "litres"]),
        ("the 1980s and 4a", ["the", "1980s", "and", "4a"]),
    ],
)
def test_only_groups_of_three_digits_are_one_number(text, expected):
    """Years, telephone numbers and decades are not taken together or apart."""
    assert [word.text for word in words(text)] == expected


@given(st.from_regex(r"[vV]?[\d.,' ٣½]{1,12}", fullmatch=True))
def test_any_run_of_digits_and_marks_has_readings_of_digits(text):
    """Nothing crashes, and no reading is empty."""
    for word in words(text):
        readings = number_readings(word.text, decimal_comma=True)
        assert all(any(char.isdecimal() for char in reading) for reading in readings)
        assert Analyzer("de").word_terms(word.text)
