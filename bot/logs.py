"""What is logged, and what never is? No secret leaves the process, at any level."""

import logging
import sys
import warnings
from collections.abc import Collection
from types import TracebackType
from urllib.parse import quote

HIDDEN = "<hidden>"
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
CHATTY = ("httpx", "httpcore", "alembic", "apscheduler", "asyncio")


class Redacted(logging.Formatter):
    """Formats records, tracebacks included, without the secrets."""

    def __init__(self, secrets: Collection[str]) -> None:
        super().__init__(FORMAT)
        self._secrets = tuple(secrets)

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record), self._secrets)


def set_up(level: str, secrets: Collection[str]) -> None:
    """Log to stderr from that level on; uncaught exceptions go there as well, redacted."""
    hidden = forms(secrets)
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Redacted(hidden))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    logging.raiseExceptions = False  # what cannot be formatted would be printed as it is
    logging.captureWarnings(capture=True)
    warnings.simplefilter("default")
    if root.level > logging.DEBUG:
        for name in CHATTY:  # httpx logs every URL at INFO, and the URL holds the token
            logging.getLogger(name).setLevel(max(root.level, logging.WARNING))
    sys.excepthook = _uncaught


def forms(secrets: Collection[str]) -> tuple[str, ...]:
    """The secrets as they may be written: plain, quoted for a URL, and a token's secret part."""
    found: set[str] = set()
    for secret in filter(None, secrets):
        parts = [secret, secret.partition(":")[2]]
        for part in filter(None, parts):
            found.update((part, quote(part), quote(part, safe=""), repr(part)[1:-1]))
    return tuple(sorted(found, key=len, reverse=True))


def redact(text: str, secrets: Collection[str]) -> str:
    """The text with `<hidden>` in place of each of these."""
    for secret in secrets:
        text = text.replace(secret, HIDDEN)
    return text


def _uncaught(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("footnote").critical("stopped", exc_info=(kind, error, traceback))
