"""The entry point: starts the program, and turns errors into one sentence and a status."""

import os
import sys
from pathlib import Path

import click

from bot.cli import app
from bot.commands.exit_status import EXIT_ANSWERED, EXIT_ERROR, warn
from retrieval.errors import RetrievalError


def main() -> None:
    """Run the program; every error that a user can mend is one sentence."""
    os.environ.setdefault("PTB_TIMEDELTA", "true")  # otherwise each RetryAfter is a warning
    # The settings need none, and to look for them pydantic reads all installed packages' metadata.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
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
