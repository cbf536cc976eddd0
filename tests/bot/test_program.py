"""How `footnote telegram` ends before it has begun, and what its last word is."""

import json
import logging
import re
import signal
import time
from pathlib import Path

import click
import pytest
from bot_process import TOKEN, ProgramFromNothing, ended, running, until
from programs import environment, on_terminal, run

from bot.commands.exit_status import at_stop_signals, last_error_logged

NOWHERE = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9"}
PROCESSES = Path("/proc")  # where there is one, as on Linux


def sees_to(process, number):
    """Whether a process has a handler for that signal, as Linux tells."""
    said = (PROCESSES / str(process.pid) / "status").read_text(encoding="utf-8")
    caught = re.search(r"^SigCgt:\s*(\w+)$", said, re.MULTILINE)[1]
    return int(caught, 16) & 1 << number - 1


@pytest.mark.skipif(not (PROCESSES / "self").exists(), reason="needs Linux")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("later", [0, 0.2, 0.5, 0.8])
def test_who_stops_it_while_it_starts_gets_a_quiet_end(tmp_path, how, later):
    """With status 0, whatever it is about: imports, the index, or the first call."""
    with running(tmp_path, ProgramFromNothing, **NOWHERE) as process:
        until(lambda: sees_to(process, signal.SIGTERM))
        time.sleep(later)
        process.send_signal(how)
        status, said = ended(process)
    assert (status, "Traceback" in said, "rror" in said) == (0, False, False)
    assert len(process.lines) == len(said.splitlines())


def test_what_runs_on_without_its_terminal_is_not_stopped_with_it():
    """Under `nohup` the signal is ignored from the start, and stays so."""
    numbers = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(number) for number in numbers]
    try:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        at_stop_signals(print)
        assert [signal.getsignal(number) for number in numbers] == [signal.SIG_IGN, print, print]
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"LOG_LEVEL": "LOUD"}, "FOOTNOTE_LOG_LEVEL: "),
        ({"ARTICLES": "nowhere"}, "nowhere: there is no such folder; "),
        ({"TELEGRAM_TOKEN": ""}, "FOOTNOTE_TELEGRAM_TOKEN is not set; "),
    ],
)
def test_its_last_word_is_a_record_like_all_others(tmp_path, settings, message):
    """So that whoever reads the log need not tell two kinds of lines apart."""
    status, out, err = run(tmp_path, "telegram", **{**NOWHERE, **settings})
    assert (status, out) == (2, "")
    record = json.loads(err)
    assert (record["level"], record["logger"]) == ("critical", "footnote")
    assert record["message"].startswith(message)


def test_on_a_terminal_its_last_word_is_a_plain_sentence(tmp_path):
    """As that of any other command."""
    status, shown = on_terminal(tmp_path, "telegram", **environment(tmp_path))
    assert status == 2
    assert shown.startswith("footnote: FOOTNOTE_TELEGRAM_TOKEN is not set; ")


def test_what_nothing_foresees_is_logged_with_its_traceback(caplog):
    """As the last record as well; the exit status is that of an error."""
    with pytest.raises(click.exceptions.Exit) as ending, last_error_logged():
        Path("/dev/null/x").read_text(encoding="utf-8")
    assert ending.value.exit_code == 2
    (record,) = caplog.records
    assert (record.levelno, record.name) == (logging.CRITICAL, "footnote")
    assert "Not a directory" in caplog.text
    caplog.clear()
