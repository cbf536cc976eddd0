"""Articles that were read and wait for a word of whoever sent them; nothing finds them before.

They are kept on disk, so that buttons work after a restart, and for a day.
"""

import json
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_urlsafe

from retrieval.sources.added.added_article import AddedArticle, decoded_article, encoded
from retrieval.sources.private_files import write_private

FOLDER = "articles-staged"
KEPT_SECONDS = 24 * 3600
NAME = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Staged:
    """What was read of one message or album; `is_kept` once it was added."""

    id: str
    articles: tuple[AddedArticle, ...]
    is_kept: bool = False


class StagedArticles:
    """The articles that wait, in a folder of the data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def put(self, articles: Sequence[AddedArticle], name: str = "") -> Staged:
        """Let these articles wait, under a new id or that one."""
        staged = Staged(name or token_urlsafe(8), tuple(articles))
        self._write(staged)
        self._forget_old()
        return staged

    def get(self, name: str) -> Staged | None:
        """What waits under that id; None if it is gone."""
        if not NAME.fullmatch(name):
            return None
        try:
            stored = json.loads((self._folder / f"{name}.json").read_bytes())
            if time.time() - stored["at"] > KEPT_SECONDS:
                return None
            articles = tuple(decoded_article(one.encode()) for one in stored["articles"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return Staged(name, articles, bool(stored["is_kept"]))

    def mark_kept(self, staged: Staged) -> None:
        """Note that they were added: from now on they can be taken back for a day."""
        self._write(replace(staged, is_kept=True))

    def drop(self, name: str) -> None:
        """Forget what waits under that id."""
        if NAME.fullmatch(name):
            (self._folder / f"{name}.json").unlink(missing_ok=True)

    def _write(self, staged: Staged) -> None:
        fields = {
            "at": time.time(),
            "is_kept": staged.is_kept,
            "articles": [encoded(added).decode() for added in staged.articles],
        }
        write_private(self._folder / f"{staged.id}.json", json.dumps(fields).encode())

    def _forget_old(self) -> None:
        for path in self._files():
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > KEPT_SECONDS:
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        yield from self._folder.glob("*.json")
