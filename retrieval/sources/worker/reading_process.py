"""The process that reads files: `python -m retrieval.sources.worker.reading_process`.

It takes limits upon itself before it imports a parser, reads a request from stdin, and writes what
it read to stdout, a line of JSON a file. PDFium ends the process where memory runs out, and a
parser of HTML may take minutes for a page made to hurt; who started it sees only that it ended.
"""

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

MOST_MEMORY_BYTES = 1_200_000_000
MOST_CPU_SECONDS = 40
MOST_OPEN_FILES = 64
FIRST_TO_END = "1000"  # proc(5), oom_score_adj
MOST_WRITTEN_OUTPUT = 60_000_000
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "pty.")


def main() -> None:
    """Read the files of one request, and answer each in a line of its own."""
    _limit()
    requests = json.loads(sys.stdin.buffer.readline())
    contents = [sys.stdin.buffer.read(request["length"]) for request in requests]
    _forbid()
    sys.setrecursionlimit(3_000)
    left = MOST_WRITTEN_OUTPUT
    for request, content in zip(requests, contents, strict=True):
        answer = json.dumps(answer_of(content, request), ensure_ascii=True).encode()
        if len(answer) > left:
            answer = json.dumps({"reason": "TOO_MUCH_TEXT", "values": {}}).encode()
        left -= len(answer)
        sys.stdout.buffer.write(answer + b"\n")
        sys.stdout.buffer.flush()


def answer_of(content: bytes, request: dict[str, Any]) -> dict[str, object]:
    """What a file holds, or why it cannot be read."""
    from retrieval.sources.documents.document import SourceRefusal, UnreadableError
    from retrieval.sources.documents.refusal_reasons import Reason
    from retrieval.sources.worker.document_json import refusal_object

    try:
        return _read(content, request)
    except UnreadableError as error:
        return refusal_object(error.refusal)
    except ModuleNotFoundError as error:
        return {"missing": error.name or ""}
    except MemoryError:
        refusal = SourceRefusal(Reason.TOO_MUCH_MEMORY)
    except RecursionError:
        refusal = SourceRefusal(Reason.TOO_DEEP)
    except Exception as error:  # noqa: BLE001  # whatever a file was made to break
        refusal = SourceRefusal(Reason.DAMAGED_SO, {"kind": type(error).__name__})
    return refusal_object(refusal)


def _read(content: bytes, request: dict[str, Any]) -> dict[str, object]:
    address = request.get("address")
    if name := request.get("text"):
        return _read_text(content, Path(name))
    if request.get("feed"):
        from retrieval.sources.documents.formats.feed_reader import read_feed
        from retrieval.sources.worker.document_json import feed_object

        return feed_object(read_feed(content, address or ""))
    from retrieval.sources.documents.formats.document_reader import read_document
    from retrieval.sources.worker.document_json import document_object

    return document_object(read_document(content, request.get("charset"), address))


def _read_text(content: bytes, path: Path) -> dict[str, object]:
    """Markdown or plain text, in whatever encoding."""
    from retrieval.sources.article_file import ReadFile, read_text
    from retrieval.sources.documents.charset import decoded
    from retrieval.sources.documents.document import UnreadableError
    from retrieval.sources.documents.refusal_reasons import Reason
    from retrieval.sources.worker.document_json import header_warnings, text_object
    from retrieval.text.detection import detected_language

    read = ReadFile(path)
    text = decoded(content)
    read_text(read, text.encode(), detected_language, "x")
    if read.article is None:
        raise UnreadableError(Reason.UNKNOWN_KIND if "\0" in text else Reason.NO_TEXT)
    return text_object(read.article, header_warnings(read.defects, text))


def _limit() -> None:
    """Take limits upon this process; Windows has none of them.

    Where the machine's memory runs out nevertheless, Linux is to end this process and not the bot.
    """
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(FIRST_TO_END, encoding="ascii")
    try:
        import resource
    except ImportError:
        return
    wanted = (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, MOST_OPEN_FILES),
    )
    for limit, most in wanted:
        with suppress(ValueError, OSError):  # a lower one is set already
            resource.setrlimit(limit, (most, most))


def _forbid() -> None:
    """Refuse the network and other programs, whatever a file makes a parser do."""

    def refuse(event: str, _: object) -> None:
        if event.startswith(FORBIDDEN):
            raise PermissionError(f"{event} is not allowed here")

    sys.addaudithook(refuse)


if __name__ == "__main__":
    main()
