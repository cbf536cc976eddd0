"""Starts the program by fork, from a process that has loaded and used all of it once.

Each start is a process of its own, from `main` on; what Python and the libraries take to load,
nine tenths of most starts, is paid once. A start from nothing is tested in `test_program.py`.
"""

import multiprocessing
import os
import pkgutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import bot
import retrieval

UNLOADED = ("migrations", "__main__")
# The process that forks learns in no other way where `warmed_program` is.
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")])
)
FORKING = multiprocessing.get_context("forkserver")
FORKING.set_forkserver_preload(
    [
        module.name
        for package in (bot, retrieval)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if not any(name in module.name for name in UNLOADED)
    ]
    + ["warmed_program"]
)
Place = str | Path


class ForkedProgram:
    """The program while it runs, as `subprocess.Popen` shows one.

    It reads from the file `stdin`, and writes to those of `out` and `err`.
    """

    def __init__(  # noqa: PLR0913, PLR0917  # all that a process is begun with
        self,
        arguments: Sequence[str | bytes | Path],
        folder: Place,
        environment: Mapping[str, str],
        out: Place,
        err: Place,
        stdin: Place = os.devnull,
    ) -> None:
        streams = [str(place) for place in (stdin, out, err)]
        given = [os.fsdecode(argument) for argument in arguments]
        self._process = FORKING.Process(
            target=_begin, args=(given, str(folder), dict(environment), streams)
        )
        self._process.start()
        self.pid = self._process.pid

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("footnote", timeout or 0)
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        if self._process.exitcode is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self._process.terminate()

    def kill(self) -> None:
        self._process.kill()


def _begin(
    arguments: list[str], folder: str, environment: dict[str, str], streams: list[str]
) -> None:
    """What `python -m bot` does in that folder and environment; in the process that was forked."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, (path, flag) in enumerate(zip(streams, (os.O_RDONLY, flags, flags), strict=True)):
        opened = os.open(path, flag, 0o600)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["bot", *arguments]
    from bot.program import main

    main()
