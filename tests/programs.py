"""Runs the program as a process of its own, as a user or a supervisor does."""

import os
import pty
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

from bot_process import ROOT
from forked_program import ForkedProgram

PROGRAM = [sys.executable, "-m", "bot"]
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")


def environment(folder, **settings):
    """This process's without settings and proxies, but with these."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FOOTNOTE_") and name.upper() not in PROXIES
    }
    named = {f"FOOTNOTE_{name}": str(value) for name, value in settings.items()}
    usual = {
        "FOOTNOTE_DATA": str(folder / "d"),
        "FOOTNOTE_HEALTH_LISTEN": "",
        "FOOTNOTE_MEANING": "off",  # vectors would take a core for a minute, each time
    }
    return {**kept, "PYTHONPATH": str(ROOT), **usual, **named}


def run(folder, *arguments, before=(), **settings):
    """Runs a command to its end: its exit status, stdout and stderr."""
    named = environment(folder, **settings)
    if before:
        command = [*before, *PROGRAM, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=60, cwd=folder, env=named
        )
        found = done.returncode, done.stdout, done.stderr
    else:
        found = forked(folder, named, *arguments)
    assert "Traceback" not in found[2]
    return found


def forked(folder, named, *arguments, stdin=b""):
    """Runs a command to its end: its exit status, stdout and stderr."""
    with tempfile.TemporaryDirectory() as streams:
        given, out, err = (Path(streams) / name for name in ("in", "out", "err"))
        given.write_bytes(stdin)
        process = ForkedProgram(arguments, folder, named, out, err, given)
        try:
            status = process.wait(60)
        finally:
            process.kill()
        return status, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def on_terminal(folder, *arguments, **environment):
    """Runs a command on a terminal: its exit status, and what stands there then."""
    parent, child = pty.openpty()
    screen = os.ttyname(child)
    status = ForkedProgram(arguments, folder, environment, screen, screen).wait(60)
    os.close(child)
    shown = os.read(parent, 100_000).decode()
    os.close(parent)
    return status, shown


@contextmanager
def running(folder, *arguments, **settings):
    """Runs a command until the end of the block; all that it says is in the list `said`."""
    with tempfile.TemporaryDirectory() as streams:
        pipe = Path(streams) / "out"
        os.mkfifo(pipe)
        process = ForkedProgram(arguments, folder, environment(folder, **settings), pipe, pipe)
        process.said = []
        reader = threading.Thread(target=_read, args=(pipe, process.said))
        reader.start()
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            with suppress(OSError):  # the reader still waits where it ended before it wrote
                os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
            reader.join()


def _read(pipe, said):
    with pipe.open(encoding="utf-8") as opened:
        said.extend(opened)


def unprivileged():
    """What to put before a command so that file modes hold for it; None where that cannot be."""
    if os.geteuid():
        return []
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}"] if shutil.which("setpriv") else None
