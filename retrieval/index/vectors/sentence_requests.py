"""The paragraphs of a large collection whose sentences were needed and have no vectors yet.

Those who answer note them in a file, and whoever makes vectors, mostly another process, takes them
from it. A line is the number of a paragraph in the index. What is lost with a process that is
killed is noted again by the next one that answers; if the articles changed meanwhile, another
paragraph gets its vectors sooner.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MOST_DIGITS = 12
LARGEST_REQUESTS = 100_000  # nobody makes vectors, then; more need not be noted


class SentenceRequests:
    """The file with these requests; several processes may use it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, paragraphs: Iterable[int]) -> None:
        """Note these paragraphs; without a word where that cannot be done."""
        text = "".join(f"{number}\n" for number in paragraphs)
        if not text:
            return
        with suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(file).st_size < LARGEST_REQUESTS:
                    os.write(file, text.encode())
            finally:
                os.close(file)

    def take(self) -> list[int]:
        """What was noted since the last time; none where nothing was."""
        taken = self.path.with_suffix(f".{os.getpid()}.taken")
        try:
            self.path.replace(taken)
            lines = taken.read_bytes().split()
            taken.unlink()
        except OSError:
            return []
        return [int(line) for line in lines if line.isdigit() and len(line) <= MOST_DIGITS]
