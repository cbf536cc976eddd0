"""How does the program begin, and with which status does it end?"""

import logging
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli import EXIT_ANSWERED, EXIT_ERROR, app, warn
from retrieval.errors import RetrievalError


def main() -> None:
    """Run the program; whatever is wrong with what it was given ends in one sentence."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # else each wait of Telegram's is a warning
    for name in ("stdin", "stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed by whoever started the program
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115
        elif name != "stdin":
            stream.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_status())


def _status() -> int:
    """Run the program and say what went wrong; the exit status."""
    try:
        status = app(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_ERROR
    except RetrievalError as error:
        warn(str(error))
    except click.Abort:
        warn("interrupted")
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        at = f"{error.filename}: " if error.filename else "the output: "
        warn(f"{at}cannot be read or written ({error.strerror}); check that there is room")
    else:
        return status if isinstance(status, int) else EXIT_ANSWERED
    return EXIT_ERROR


def leave_at_signals() -> None:
    """Let SIGTERM and Ctrl-C end the process quietly with status 0, while it has begun nothing.

    At once, for an exception would go astray in some library that is being imported.
    """
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: os._exit(EXIT_ANSWERED))


@contextmanager
def last_word_logged() -> Iterator[None]:
    """Put what goes wrong in the block into the log, which ends with it."""
    try:
        yield
    except RetrievalError as error:
        logging.getLogger("footnote").critical("%s", error)
        raise click.exceptions.Exit(EXIT_ERROR) from error
    except OSError as error:  # nothing foresees it
        logging.getLogger("footnote").critical("stopped", exc_info=True)
        raise click.exceptions.Exit(EXIT_ERROR) from error
