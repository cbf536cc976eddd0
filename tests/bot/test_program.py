"""How `footnote telegram` ends before it has begun."""

import re
import signal
import time
from pathlib import Path

import pytest
from bot_process import TOKEN, ended, running, until

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
    with running(tmp_path, **NOWHERE) as process:
        until(lambda: sees_to(process, signal.SIGTERM))
        time.sleep(later)
        process.send_signal(how)
        status, said = ended(process)
    assert (status, "Traceback" in said, "rror" in said) == (0, False, False)
    assert len(process.lines) == len(said.splitlines())
