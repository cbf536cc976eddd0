"""The process that makes vectors while the bot answers.

A process of its own, because encoding takes all of a core: at the lowest priority it gets what
the answers leave, and it holds neither their interpreter nor their event loop.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.indexing.meaning_source import MEANING_OFF
from bot.settings.settings import PREFIX, Settings
from retrieval.index.vectors.nano_encoder import is_installed

ROOT = Path(__file__).parents[2]
END_SECONDS = 2
LOWEST_PRIORITY = 19

log = logging.getLogger(__name__)


@contextmanager
def index_worker(settings: Settings, folder: Path | None) -> Iterator[Callable[[], None]]:
    """Make the collection's vectors in the background while the block runs.

    The articles are those of that folder, or of the one that the settings name. The process ends
    when all are made; what is given has new ones made, if it has ended. A worker that cannot be
    started is logged: questions are then answered by words.
    """
    if settings.meaning == MEANING_OFF:
        yield lambda: None
        return
    if not is_installed():
        log.info(MISSING)
        yield lambda: None
        return
    process = _start(settings, folder)

    def wake() -> None:
        nonlocal process
        if process is not None and process.poll() is not None:
            process = _start(settings, folder)

    try:
        yield wake
    finally:
        if process is not None:
            _end(process)


MISSING = (
    "questions are answered by words alone; pip install 'footnote-bot[meaning]' lets them be "
    "found in other words and languages, too"
)


def _start(settings: Settings, folder: Path | None) -> subprocess.Popen[bytes] | None:
    command = [sys.executable, "-P", "-m", "bot", "articles", "index", "--background"]
    if folder is not None:
        command += ["--articles", str(folder.absolute())]
    paths = [str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    secret = {f"{PREFIX}TELEGRAM_TOKEN", f"{PREFIX}WEBHOOK_SECRET", f"{PREFIX}PROXY"}
    environment = {n: v for n, v in os.environ.items() if n.upper() not in secret}
    environment["PYTHONPATH"] = os.pathsep.join(paths)
    environment[f"{PREFIX}DATA"] = str(settings.data.absolute())
    try:
        return subprocess.Popen(  # noqa: S603  # the program itself
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        log.warning("no vectors are made: the process for it does not start (%s)", error)
        return None


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()  # what it was writing is cut off by the next one
        process.wait()


def lower_priority() -> None:
    """Give this process only the processor time that others leave."""
    with suppress(AttributeError, OSError):  # not on Windows; or a sandbox forbids it
        os.nice(LOWEST_PRIORITY)
