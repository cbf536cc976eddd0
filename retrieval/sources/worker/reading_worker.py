"""Lets a process of its own read files, one process at a time, within time and memory."""

import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from retrieval.articles import Article
from retrieval.sources.documents.cautions import SourceWarning
from retrieval.sources.documents.document import Document, UnreadableError
from retrieval.sources.documents.feed import Feed
from retrieval.sources.documents.refusal_reasons import Reason
from retrieval.sources.worker.document_json import document_of, feed_of, refused_as, text_of
from retrieval.sources.worker.ingest_extra import INSTALL, is_ingest_installed

if TYPE_CHECKING:
    from subprocess import Popen

Found = TypeVar("Found")
ROOT = Path(__file__).parents[3]
MODULE = "retrieval.sources.worker.reading_process"
MOST_CLOCK_SECONDS = 50
MOST_READ_OUTPUT = 70_000_000


class NotInstalledError(UnreadableError):
    """The libraries that read documents are not installed."""

    def __init__(self) -> None:
        super().__init__(Reason.NOT_INSTALLED, command=INSTALL)


@dataclass(frozen=True, slots=True)
class ReadingRequest:
    """Bytes to be read; `charset` and `address` are what came with a page of the web.

    `text_name` is the name of a file of Markdown or plain text.
    """

    content: bytes
    charset: str | None = None
    address: str | None = None
    is_feed: bool = False
    text_name: str = ""

    @property
    def fields(self) -> dict[str, object]:
        """What the process gets with the bytes."""
        told: dict[str, object] = {
            "charset": self.charset,
            "address": self.address,
            "feed": self.is_feed,
        }
        told["text"] = self.text_name
        return {"length": len(self.content), **told}


class ReadingWorker:
    """Starts a process that reads files and waits for what it read; several threads take turns."""

    def __init__(self, seconds: float = MOST_CLOCK_SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: Popen[bytes] | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """Read no more: what is being read is given up, so that nobody waits for it."""
        self._is_stopped = True
        if (process := self._process) is not None:
            _kill(process)

    def read(
        self, content: bytes, charset: str | None = None, address: str | None = None
    ) -> Document:
        """The headings and paragraphs of a file; raises UnreadableError."""
        (found,) = self.read_all([ReadingRequest(content, charset, address)])
        if isinstance(found, UnreadableError):
            raise found
        return found

    def read_all(self, requests: Sequence[ReadingRequest]) -> list[Document | UnreadableError]:
        """Several files, or why one gives none; a file that ends the process harms no other."""
        return [_checked(answer, document_of) for answer in self._ask(requests)]

    def read_text(self, name: str, content: bytes) -> tuple[Article, tuple[SourceWarning, ...]]:
        """The article of a file of Markdown or plain text, and what is wrong with it.

        Raises UnreadableError.
        """
        (answer,) = self._ask([ReadingRequest(content, text_name=name)])
        found = _checked(answer, text_of)
        if isinstance(found, UnreadableError):
            raise found
        return found

    def read_feed(self, content: bytes, address: str) -> Feed:
        """A feed with its entries; raises UnreadableError."""
        (answer,) = self._ask([ReadingRequest(content, None, address, is_feed=True)])
        found = _checked(answer, feed_of)
        if isinstance(found, UnreadableError):
            raise found
        return found

    def _ask(self, requests: Sequence[ReadingRequest]) -> list[dict[str, Any] | UnreadableError]:
        if not is_ingest_installed():
            raise NotInstalledError
        answers: list[dict[str, Any] | UnreadableError] = []
        with self._turn:
            while len(answers) < len(requests):
                if self._is_stopped:
                    raise UnreadableError(Reason.STOPPED)
                told, is_late = self._run(requests[len(answers) :])
                answers += told
                if len(answers) < len(requests):  # the next one ended the process
                    answers.append(UnreadableError(Reason.TOO_SLOW if is_late else Reason.ENDED))
        return answers

    def _run(self, requests: Sequence[ReadingRequest]) -> tuple[list[dict[str, Any]], bool]:
        """What a process answered before it ended, and whether it took too long."""
        import subprocess  # which is slow, and most runs read no new document

        process = subprocess.Popen(  # noqa: S603  # the program itself
            [sys.executable, "-P", "-m", MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env=_environment(),
        )
        self._process = process
        told = json.dumps([request.fields for request in requests]).encode() + b"\n"
        content = b"".join([told, *(request.content for request in requests)])
        is_late = False
        try:
            output, _ = process.communicate(content, timeout=self._seconds)
        except subprocess.TimeoutExpired:
            is_late = True
            _kill(process)
            output, _ = process.communicate()
        finally:
            self._process = None
            _kill(process)
        return list(_answers(output[:MOST_READ_OUTPUT])), is_late


def _answers(output: bytes) -> Iterator[dict[str, Any]]:
    """The whole lines of what a process wrote."""
    for line in output.split(b"\n")[:-1]:
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(answer, dict):
            return
        yield answer


def _checked(
    answer: dict[str, Any] | UnreadableError, made: Callable[[dict[str, Any]], Found]
) -> Found | UnreadableError:
    """What an answer holds; raises NotInstalledError where a library was missing."""
    if isinstance(answer, UnreadableError):
        return answer
    if "missing" in answer:
        raise NotInstalledError
    try:
        if "reason" in answer:
            return refused_as(answer)
        return made(answer)
    except (KeyError, TypeError, ValueError):
        return UnreadableError(Reason.ENDED)


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
        process.wait()
