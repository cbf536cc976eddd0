"""What is stored is what is cited, so normalising loses nothing that a reader sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from retrieval.sources.documents.normalization import normalized, one_line


def test_invisible_characters_go_and_what_is_seen_stays():
    """No quotation mark, dash, fraction or superscript becomes another."""
    assert normalized("So\u00adft\u200b hy\ufeffphens") == "Soft hyphens"
    assert normalized("10\u00a0000\u202f€ eﬀort e\u0301") == "10 000 € effort é"
    assert normalized("x² ½ ＡＢＣ “a” — ﷺ") == "x² ½ ＡＢＣ “a” — ﷺ"
    assert one_line(" a\n b\tc ") == "a b c"


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text):
    """The stored text is composed, and stays as it is."""
    once = one_line(text)
    assert one_line(once) == once
    assert unicodedata.is_normalized("NFC", once)
