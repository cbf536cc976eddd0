"""`footnote console` as somebody at a terminal uses it."""

import os
import pty
import re
import select
import time
from pathlib import Path

import pytest
from forked_program import ForkedProgram
from programs import forked

ROOT = Path(__file__).parents[3]


def environment(tmp_path, **settings):
    """Without the encoder, whose vectors would take a core for a minute, each time."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    fixed = {"FOOTNOTE_DATA": str(tmp_path / "d"), "FOOTNOTE_MEANING": "off"}
    return {**kept, "PYTHONPATH": str(ROOT), **fixed, **settings}


@pytest.fixture
def console(tmp_path):
    """Runs the console on these lines; what it printed."""

    def run(*lines, options=()):
        typed = "\n".join(lines).encode()
        given = environment(tmp_path)
        status, out, err = forked(tmp_path, given, "console", *options, stdin=typed)
        assert (status, err) == (0, "")
        assert "\x1b" not in out
        return out

    return run


def test_lines_from_a_pipe_are_a_conversation(console):
    """It begins as in Telegram, and ends with the input."""
    out = console("What is BRICS?", "#4", "#7", "[1]")
    assert "Hello! Ask me a question" in out
    assert "\n> What is BRICS?\n" in out
    assert "\n▌ Think of the BRICS group" in out
    assert "\n#1 What is the Shanghai Cooperation Organization?\n" in out
    assert "\n#4 📖 1" in out
    assert "Paragraph 4 of 6" in out
    assert "Western dominance. *Think of the BRICS group" in out
    assert "Paragraph 3 of 6" in out


def test_a_script_is_replayed(console, tmp_path):
    """From a file; `/quit` ends it."""
    script = tmp_path / "talk.txt"
    script.write_text("What is BRICS?\n\n/quit\nWhat is the SCO?\n", encoding="utf-8")
    out = console(options=["--script", str(script)])
    assert "> What is BRICS?" in out
    assert "SCO?" not in out


def test_a_group_is_played(console):
    """Only what is addressed to the bot is answered, whoever says it."""
    out = console(
        "What is BRICS?",
        "/as Ada",
        "/ask What is BRICS?",
        "/reply and the SCO?",
        "/edit @footnote_bot What is the population of Peru?",
        "#8",
        "[1]",
        options=["--group"],
    )
    assert out.index("> You What is BRICS?") < out.index("> You /as Ada")
    assert out.count("▌ Think of the BRICS group") == 2
    assert "> Ada /ask What is BRICS?" in out
    assert "Footnote, edited" in out
    assert "No article mentions “Peru”." in " ".join(out.split())
    assert "Footnote (in your private chat)" in out


def test_cards_are_listed_and_chosen(console):
    """As behind the bot's name in another chat."""
    out = console("/inline BRICS", "#4", "[", "/inline qwertz", "/quit")
    assert "\n#4 Think of the BRICS group" in out
    assert "\nYou via Footnote\n" in out
    assert "Nothing found. Ask me in our chat" in out


def test_a_document_is_saved_and_shown_where(console):
    """So that it can be opened."""
    out = console("/brief BRICS", "#4")
    path = Path(re.search(r"📄 (\S+)", "".join(out.rpartition("> #4")[2].split("\n")))[1])
    assert path.name == "BRICS.html"
    assert "Shanghai Cooperation Organization" in path.read_text(encoding="utf-8")


REFUSED = {
    "#99": "there’s no button #99; press one from #1 to #3",
    "[9]": "no message has a footnote [9]",
    "/as Ada": "there’s nobody else here",
    "/edit": "write /edit and the new words",
    "/reply": "write /reply and your words",
    "x" * 5000: "5000 characters are sent as several messages",
}


def test_a_group_begins_without_buttons(console):
    """There is nothing to press until somebody asks."""
    assert "there are no buttons yet" in console("#1", options=["--group"])


def test_what_cannot_be_done_is_told(console):
    """In one sentence each, and it goes on."""
    out = " ".join(console(*REFUSED, "What is BRICS?").split())
    for said in REFUSED.values():
        assert said in out
    assert "Think of the BRICS group" in out


def test_a_script_that_is_not_there_is_told(tmp_path):
    """With status 2."""
    command = ["console", "--script", "nowhere.txt"]
    status, _, err = forked(tmp_path, environment(tmp_path), *command)
    assert status == 2
    assert "nowhere.txt" in err
    assert "Traceback" not in err


@pytest.fixture
def terminal(tmp_path):
    """The console at a pseudo-terminal."""
    parent, child = pty.openpty()
    named = environment(tmp_path, TERM="xterm-256color", COLUMNS="80", LINES="24")
    drawn = os.ttyname(child)
    process = ForkedProgram(["console"], tmp_path, named, drawn, drawn, drawn)
    yield Terminal(parent, process)
    process.kill()
    process.wait()
    os.close(child)
    os.close(parent)


class Terminal:
    """What is typed there, and what was drawn since something was last waited for."""

    def __init__(self, parent, process):
        self.process = process
        self.raw = ""
        self._parent = parent
        self._drawn = ""

    def type(self, keys):
        os.write(self._parent, keys.encode())

    def wait_for(self, text):
        """Until it is drawn; what was drawn in front of it since the last time."""
        end = time.monotonic() + 20
        while text not in self._drawn:
            ready, _, _ = select.select([self._parent], [], [], max(0, end - time.monotonic()))
            assert ready, self.raw[-500:]
            self._read()
        before, _, self._drawn = self._drawn.partition(text)
        return before

    def _read(self):
        chunk = os.read(self._parent, 65536).decode(errors="replace")
        assert "Traceback" not in chunk
        self.raw += chunk
        self._drawn += re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", chunk)
        if "\x1b[6n" in chunk:  # prompt-toolkit asks where the cursor is
            self.type("\x1b[1;1R")


@pytest.mark.parametrize("ending", ["\x04", "\x03", "/quit\r"])
def test_at_a_terminal_it_draws_and_ends_at_once(terminal, ending):
    """At the end of input, at Ctrl-C and when told to: status 0."""
    terminal.wait_for("/help")
    terminal.type("What is BRICS?\r")
    terminal.wait_for("Think of the BRICS group")
    assert "\x1b[" in terminal.raw
    time.sleep(0.5)  # until the prompt is there again
    terminal.type(ending)
    assert terminal.process.wait(10) == 0


def test_commands_are_completed_and_lines_come_back(terminal):
    """With Tab and the arrow up."""
    terminal.wait_for("/help")
    terminal.type("/priv")
    terminal.wait_for("/privacy")  # in the list below the line
    terminal.type("\t\r")
    assert "I keep your questions" in terminal.wait_for("30 days")
    time.sleep(0.5)  # until the prompt is there again
    terminal.type("\x1b[A\r")
    assert "/privacy" in (drawn := terminal.wait_for("30 days"))
    assert "I keep your questions" in drawn
