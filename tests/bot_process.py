"""Runs `footnote telegram` as a process of its own, against a Bot API server over loopback."""

import json
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
from bot_api_server import serve
from forked_program import ForkedProgram

ROOT = Path(__file__).parent.parent
TOKEN = "123456789:AAH-very_secret"  # noqa: S105  # none of Telegram's
# One client for all calls: each new one reads all certificates, which takes 25 ms of CPU time.
LOOPBACK = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0), trust_env=False)


class Spoken:
    """What a program says into a file, all by now."""

    place: Path

    @property
    def said(self):
        return self.place.read_text(encoding="utf-8") if self.place.exists() else ""

    @property
    def lines(self):
        """What was logged, read as JSON; a line that is being written isn't there yet."""
        written = self.said[: self.said.rfind("\n") + 1]
        return [json.loads(line) for line in written.splitlines() if line.startswith("{")]


class Program(Spoken, ForkedProgram):
    """The program while it runs."""

    def __init__(self, folder, environment):
        self.place = folder / "said"
        self.place.unlink(missing_ok=True)
        super().__init__(["telegram"], folder, environment, self.place, self.place)


class ProgramFromNothing(Spoken, subprocess.Popen):
    """The program while it runs, with the seconds in which it is loaded."""

    def __init__(self, folder, environment):
        self.place = folder / "said"
        command = [sys.executable, "-m", "bot", "telegram"]
        with self.place.open("wb") as out:
            super().__init__(
                command, stdout=out, stderr=subprocess.STDOUT, cwd=folder, env=environment
            )


@contextmanager
def running(tmp_path, start=Program, **settings):
    """The program with these settings; it is killed at the end, if it still runs."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("FOOTNOTE_")}
    fixed = {"DATA": str(tmp_path / "d"), "HEALTH_LISTEN": "127.0.0.1:0", "MEANING": "off"}
    named = {f"FOOTNOTE_{name}": value for name, value in (fixed | settings).items()}
    process = start(tmp_path, {**kept, "PYTHONPATH": str(ROOT), **named})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def serving(tmp_path, api, **settings):
    """A server of that Bot API and the program that uses it."""
    with serve(api) as server:
        settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url, **settings}
        with running(tmp_path, **settings) as process:
            yield server, process


def ended(process, seconds=20):
    """The exit status and all that was said."""
    return process.wait(timeout=seconds), process.said


def until(true, seconds=20):
    """Wait until it is true, and give it back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.01)
    raise AssertionError("waited in vain")


def answers(server, chat):
    """What the bot has said in a chat."""
    with server.lock:
        return [m for m in chat.messages.values() if m["from"]["is_bot"]]


@contextmanager
def nobody_listening():
    """The URL of a port at which nobody listens, nor can meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{held.getsockname()[1]}"


def free_port():
    """A port that nobody listens at, for now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
