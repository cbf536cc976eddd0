"""Logging: what is logged, and the secrets that are redacted at every level.

A terminal gets lines for people, anything else a JSON object a line. What an update brings about
carries its number, in the worker's thread as well.
"""

import json
import logging
import re
import sys
import threading
import warnings
from collections.abc import Collection
from contextlib import AbstractContextManager
from types import TracebackType
from urllib.parse import quote

from structlog.contextvars import bound_contextvars, merge_contextvars
from structlog.dev import ConsoleRenderer, plain_traceback
from structlog.processors import EventRenamer, JSONRenderer, TimeStamper, format_exc_info
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor, WrappedLogger

HIDDEN = "<hidden>"
SHORT = (
    8  # letters; what is shorter is also part of other words, and hidden only as one of its own
)
# Behind a line's end that is written as two letters, too; but no name or number in a JSON object.
ALONE = r"""(?:(?<![\w-])|(?<=\\[nrt]))(?<!": ){}(?![\w-]|": )"""
CHATTY = ("httpx", "httpcore", "alembic", "apscheduler", "asyncio", "uvicorn")
RAISED = "telegram.request.BaseRequest"  # what it complains about is raised as well
# At DEBUG it writes down each call and each update in full.
TALKATIVE = "telegram"
FIRST = ("timestamp", "level", "update", "message")


class Redacted(ProcessorFormatter):
    """Formats records, tracebacks included, without the secrets."""

    def __init__(self, secrets: Collection[str], *, as_json: bool) -> None:
        render: list[Processor] = [ProcessorFormatter.remove_processors_meta]
        render += _for_programs() if as_json else _for_people()
        super().__init__(
            processors=render,
            foreign_pre_chain=[
                merge_contextvars,
                add_log_level,
                add_logger_name,
                ExtraAdder(),
                TimeStamper(fmt="iso" if as_json else "%Y-%m-%d %H:%M:%S", utc=as_json),
            ],
        )
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def set_up(
    level: str, secrets: Collection[str], *, as_json: bool = False, with_questions: bool = False
) -> None:
    """Log to stderr from that level on; uncaught exceptions go there as well, redacted.

    What people say is logged only `with_questions`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted(forms(secrets), as_json=as_json))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.raiseExceptions = False  # what cannot be formatted would be printed as it is
    logging.captureWarnings(capture=True)
    warnings.simplefilter("default")
    if root.level > logging.DEBUG:
        for name in CHATTY:  # httpx logs every URL at INFO, and the URL holds the token
            logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    logging.getLogger(RAISED).setLevel(logging.CRITICAL)
    if not with_questions:
        logging.getLogger(TALKATIVE).setLevel(max(root.level, logging.INFO))
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_a_thread
    sys.unraisablehook = _unraisable


def about_update(identity: int | None) -> AbstractContextManager[None]:
    """Note the update in every line that is logged until the end of the block."""
    return bound_contextvars(update=identity)


def forms(secrets: Collection[str]) -> tuple[str, ...]:
    """The secrets as they may be written, and a token's secret part.

    Plain, quoted for a URL, as Python and as JSON write a text.
    """
    found: set[str] = set()
    for secret in filter(None, secrets):
        parts = [secret, secret.partition(":")[2]]
        for part in filter(None, parts):
            found.update((part, quote(part), quote(part, safe="")))
            found.update((repr(part)[1:-1], json.dumps(part)[1:-1]))
    return tuple(sorted(found, key=len, reverse=True))


def redact(text: str, secrets: Collection[str]) -> str:
    """The text with `<hidden>` in place of each of these; a short one where it stands alone."""
    for secret in secrets:
        if len(secret) < SHORT:
            text = re.sub(ALONE.format(re.escape(secret)), HIDDEN, text)
        else:
            text = text.replace(secret, HIDDEN)
    return text


def _for_people() -> list[Processor]:
    # Without the values of variables, which are what people say.
    return [ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain_traceback)]


def _for_programs() -> list[Processor]:
    return [format_exc_info, EventRenamer("message"), _in_order, JSONRenderer()]


def _in_order(_logger: WrappedLogger, _method: str, fields: EventDict) -> EventDict:
    return {name: fields[name] for name in FIRST if name in fields} | dict(fields)


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("footnote").critical("stopped", exc_info=(kind, error, traceback))


def _uncaught_in_a_thread(stopped: threading.ExceptHookArgs) -> None:
    error = stopped.exc_value
    logging.getLogger("footnote").error("a thread has stopped", exc_info=error)


def _unraisable(ignored: "sys.UnraisableHookArgs") -> None:
    error = ignored.exc_value
    logging.getLogger("footnote").error(ignored.err_msg or "not raised", exc_info=error)
