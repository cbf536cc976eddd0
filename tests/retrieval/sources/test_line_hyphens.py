"""Words that a hyphen divides at the end of a line of plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.line_hyphens import LineJoiner


def joined(text, code="en"):
    lines = text.split("\n")
    return LineJoiner(lines, code).joined(lines)


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("came from the moun-\ntains. Its", "en", "came from the mountains. Its"),
        ("in the re-\nport", "en", "in the report"),
        ("a well-\nknown man", "en", "a well-known man"),
        ("보\u2060\n험금을 제\n한다", "ko", "보\u2060험금을 제 한다"),
        ("a long-\nterm plan", "en", "a long-term plan"),
        ("a well-\nto-do man", "en", "a well-to-do man"),
        ("with-\nin the town", "en", "within the town"),
        ("pre-\nand postwar years", "en", "pre- and postwar years"),
        ("the Sino-\nRussian border", "en", "the Sino-Russian border"),
        ("the Zorbian sluice-\ngate", "en", "the Zorbian sluice-gate"),
        ("a snarfle-\nblat", "en", "a snarfleblat"),
        ("the snarf-\nblat and a snarf-blat", "en", "the snarf-blat and a snarf-blat"),
        ("the well-\nknown and a wellknown", "en", "the wellknown and a wellknown"),
        ("die Ver-\nsicherung", "de", "die Versicherung"),
        ("eine E-\nMail", "de", "eine E-Mail"),
        ("Vor-\nund Nachteile", "de", "Vor- und Nachteile"),
        ("a one-dimen-\nsional hive", "en", "a one-dimensional hive"),
        ("the list debian-devel-\ngerman", "en", "the list debian-devel-german"),
        ("le gou-\nvernement", "fr", "le gouvernement"),
        ("le savez-\nvous", "fr", "le savez-vous"),
        ("a two-\nto three-year plan", "en", "a two- to three-year plan"),
        ("loads of 40-\nton lorries", "en", "loads of 40-ton lorries"),
        ("in the late-\n1920s", "en", "in the late-1920s"),
        ("a book-\nmark of a fish-\nerman", "en", "a bookmark of a fisherman"),
        ("ein Segeltuch-\nlieferant", "de", "ein Segeltuchlieferant"),
        (
            "ein deutsch-\nsorbisches UV-\nfestes Tuch",
            "de",
            "ein deutsch-sorbisches UV-festes Tuch",
        ),
        ("für 3-\nund 4-Jährige", "de", "für 3- und 4-Jährige"),
        ("a moun\u00ad\ntain", "en", "a mountain"),
        ("from 1790-\n1794 and -\nso on --\nhere", "en", "from 1790-1794 and - so on -- here"),
    ],
)
def test_a_divided_word_is_joined_and_a_hyphen_of_its_own_stays(text, code, expected):
    """By the words of the text itself, then by the dictionary of its language."""
    assert joined(text, code) == expected


@given(st.lists(st.text("ab -\u00ad.é", max_size=12), max_size=8))
def test_nothing_but_spaces_and_hyphens_is_lost(lines):
    """Whatever the lines hold."""
    text = LineJoiner(lines, "en").joined(lines)
    kept = str.maketrans("", "", " -\u00ad")
    assert text.translate(kept) == "".join(lines).translate(kept)
