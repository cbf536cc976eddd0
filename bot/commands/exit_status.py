"""How the program ends: exit statuses, the last line on stderr or in the log, early signals."""

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from retrieval.errors import RetrievalError

EXIT_ANSWERED, EXIT_UNANSWERED, EXIT_ERROR = 0, 1, 2


def warn(message: str) -> None:
    """Say on stderr what is wrong, in one line."""
    click.echo(f"footnote: {message}", err=True)


def at_stop_signals(stop: Callable[..., object]) -> None:
    """Call `stop` at SIGTERM, at Ctrl-C, and when the terminal is closed (SIGHUP).

    Under `nohup`, which has SIGHUP ignored, it stays so; Windows has none. SIGTERM comes last: who
    sees that it is handled may rely on all of them.
    """
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
        signal.signal(hangup, stop)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def exit_at_signals() -> None:
    """Make the signals to stop end the process with status 0, while it has begun nothing.

    At once, for an exception would go astray in some library that is being imported.
    """
    at_stop_signals(lambda *_: os._exit(EXIT_ANSWERED))


@contextmanager
def last_error_logged() -> Iterator[None]:
    """Put the error that ends the block into the log; the program exits with it."""
    try:
        yield
    except RetrievalError as error:
        logging.getLogger("footnote").critical("%s", error)
        raise click.exceptions.Exit(EXIT_ERROR) from error
    except OSError as error:  # nothing foresees it
        logging.getLogger("footnote").critical("stopped", exc_info=True)
        raise click.exceptions.Exit(EXIT_ERROR) from error
