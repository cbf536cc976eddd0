"""Lets a process of its own read a file, one at a time, within time and memory."""

import json
import os
import signal
import sys
import threading
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.worker.document_json import document_of

if TYPE_CHECKING:
    from subprocess import Popen

ROOT = Path(__file__).parents[3]
MODULE = "retrieval.sources.worker.reading_process"
MOST_SECONDS = 50
MOST_OUTPUT = 70_000_000
NEEDED = ("trafilatura", "pypdfium2", "mammoth", "feedparser", "lxml")
INSTALL = "pip install 'footnote-bot[ingest]'"
TOO_LONG = ("it takes too long to read", "split it, or save it in a simpler form")
ENDED = ("reading it takes more memory or time than is allowed", "split it, or save it anew")


class NotInstalledError(UnreadableError):
    """The libraries that read documents are not installed."""

    def __init__(self) -> None:
        super().__init__("documents and web pages need the extra `ingest`", f"run {INSTALL}")


def is_ingest_installed() -> bool:
    """Whether the libraries that read documents are there."""
    return all(find_spec(name) is not None for name in NEEDED)


class ReadingWorker:
    """Starts a process for each file and waits for what it read; several threads take turns."""

    def __init__(self, seconds: float = MOST_SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()

    def read(
        self, content: bytes, charset: str | None = None, address: str | None = None
    ) -> Document:
        """The headings and paragraphs of a file; raises UnreadableError."""
        found = self._ask(content, {"charset": charset, "address": address})
        try:
            return document_of(found)
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableError(*ENDED) from error

    def read_feed(self, content: bytes, address: str) -> dict[str, Any]:
        """The entries of a feed as JSON; raises UnreadableError."""
        return self._ask(content, {"feed": "yes", "address": address})

    def _ask(self, content: bytes, request: dict[str, str | None]) -> dict[str, Any]:
        if not is_ingest_installed():
            raise NotInstalledError
        with self._turn:
            answer = self._run(json.dumps(request).encode() + b"\n" + content)
        try:
            found = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise UnreadableError(*ENDED) from error
        if not isinstance(found, dict):
            raise UnreadableError(*ENDED)
        if "missing" in found:
            raise NotInstalledError
        if "problem" in found:
            raise UnreadableError(str(found["problem"]), str(found["remedy"]))
        return found

    def _run(self, request: bytes) -> bytes:
        """What the process wrote; empty if it was ended by its limits."""
        import subprocess  # which takes its time, and most runs read no document anew

        process = subprocess.Popen(  # noqa: S603  # the program itself
            [sys.executable, "-P", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
        )
        try:
            answer, _ = process.communicate(request, timeout=self._seconds)
        except subprocess.TimeoutExpired as error:
            raise UnreadableError(*TOO_LONG) from error
        finally:
            _kill(process)
        return answer if len(answer) <= MOST_OUTPUT else b""


def _environment() -> dict[str, str]:
    """What the process needs to find the program; none of the settings, which hold secrets."""
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR", "TEMP", "VIRTUAL_ENV")
    found = {name: os.environ[name] for name in kept if name in os.environ}
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return found | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONDONTWRITEBYTECODE": "1"}


def _kill(process: "Popen[bytes]") -> None:
    """End the process and all that it started."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.communicate()
