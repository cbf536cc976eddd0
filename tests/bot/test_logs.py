"""No secret is written down."""

import logging
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, Redacted, forms, redact

TOKEN = "123456789:AAH-very_secret/part"  # noqa: S105  # none of Telegram's


@given(st.text(max_size=50), st.text(max_size=50))
def test_no_form_of_a_secret_is_left(before, after):
    """Plain, quoted for a URL, or its secret part alone."""
    hidden = forms([TOKEN, ""])
    secret = TOKEN.partition(":")[2]
    for form in (TOKEN, quote(TOKEN), quote(TOKEN, safe=""), secret, f"bot{TOKEN}/getMe"):
        shown = redact(f"{before}{form}{after}", hidden)
        assert secret not in shown
        assert quote(secret, safe="") not in shown
        assert HIDDEN in shown


@pytest.mark.parametrize("as_json", [False, True])
def test_a_traceback_is_redacted_as_well(as_json):
    """Whatever its error says, for people and for programs."""
    try:
        raise ValueError(f"The token `{TOKEN}` was rejected")  # noqa: TRY301
    except ValueError as error:
        record = logging.LogRecord(
            "bot", logging.ERROR, __file__, 1, "failed: %s", (TOKEN,), (type(error), error, None)
        )
    shown = Redacted(forms([TOKEN]), as_json=as_json).format(record)
    assert "was rejected" in shown
    assert "very_secret" not in shown
