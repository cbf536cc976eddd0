"""Runs the program as a process of its own, as a user or a supervisor does."""

import os
import shutil
import subprocess
import sys
import threading
from contextlib import contextmanager

from bot_process import ROOT

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
    done = subprocess.run(
        [*before, *PROGRAM, *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=folder,
        env=environment(folder, **settings),
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@contextmanager
def running(folder, *arguments, **settings):
    """Runs a command until the end of the block; all that it says is in the list `said`."""
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=folder,
        env=environment(folder, **settings),
    )
    process.said = []
    reader = threading.Thread(target=lambda: process.said.extend(process.stdout))
    reader.start()
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        reader.join()
        process.stdout.close()


def unprivileged():
    """What to put before a command so that file modes hold for it; None where that cannot be."""
    if os.geteuid():
        return []
    powers = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={powers}"] if shutil.which("setpriv") else None
