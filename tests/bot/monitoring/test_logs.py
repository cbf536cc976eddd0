"""No secret is written down."""

import json
import logging
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.monitoring.logs import HIDDEN, Redacted, forms, redact

ROOT = Path(__file__).parents[3]
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


def logged(secret, message, *, as_json=True):
    record = logging.makeLogRecord({"name": "bot", "levelname": "INFO", "msg": message})
    record.update = 1
    return Redacted(forms([secret]), as_json=as_json).format(record)


@given(st.text("aei2-_", min_size=1, max_size=3))
def test_a_short_secret_leaves_all_other_words_alone(short):
    """A line says what it said, and is JSON as before."""
    line = json.loads(logged(short, "there came 11 updates"))
    assert line["message"] == "there came 11 updates"
    assert (line["update"], line["level"], line["logger"]) == (1, "info", "bot")


@pytest.mark.parametrize("short", ["1", "true", "level", "update"])
def test_a_short_secret_is_no_name_and_no_number_of_an_object(short):
    """So that programs can read the line."""
    line = json.loads(logged(short, "yes"))
    assert list(line) == ["timestamp", "level", "update", "message", "logger"]
    assert line["update"] == 1


@pytest.mark.parametrize("short", ["a", "ab", "7", "updates", "-", "né", "a-b_c", "a:b"])
@pytest.mark.parametrize("as_json", [False, True])
@pytest.mark.parametrize(
    "form", ["x={}", "'{}'", '{{"of": "{}"}}', "?x={}&y", "it is {}.", "first\n{}\nlast", "/{}@x"]
)
def test_a_short_secret_is_hidden_where_it_stands_alone(short, as_json, form):
    """In quotes, in an address, in an object, in a sentence, at the start of a line."""
    shown = logged(short, form.format(short), as_json=as_json)
    assert shown.count(HIDDEN) == 1


@pytest.mark.parametrize("as_json", [False, True])
def test_a_secret_of_foreign_letters_is_hidden(as_json):
    """A JSON line has them in another form."""
    assert logged("пароль-für-ß", "it is пароль-für-ß.", as_json=as_json).count(HIDDEN) == 1


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


@pytest.mark.parametrize(
    "end",
    [
        "raise ValueError(secret)",
        "threading.Thread(target=lambda: int(secret)).start()",
        "type('Gone', (), {'__del__': lambda _: int(secret)})()",
    ],
)
def test_what_nobody_catches_is_redacted(end):
    """In the program, in a thread, and where Python throws it away."""
    code = (
        "import sys, threading\n"
        "from bot.monitoring.logs import set_up\n"
        "secret = sys.argv[1]\n"
        "set_up('INFO', [secret], as_json=True)\n"
        f"{end}\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, TOKEN], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert TOKEN.partition(":")[2] not in done.stdout + done.stderr
    line = json.loads(done.stderr)
    assert "ValueError" in line["exception"]
    assert HIDDEN in line["exception"]
