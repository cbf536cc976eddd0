"""Articles that were read and wait for a word of whoever sent them; nothing finds them before.

They are kept on disk, so that buttons work after a restart, and for a day.
"""

import json
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from secrets import token_urlsafe

from retrieval.sources.added.added_article import AddedArticle, decoded_article, encoded
from retrieval.sources.private_files import write_private

FOLDER = "articles-staged"
STAGED_SECONDS = 24 * 3600
NAME = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)


@dataclass(frozen=True, slots=True)
class TitleRequest:
    """A message that asks for a title, its chat, and the message with the preview."""

    chat: int
    message: int
    preview: int


@dataclass(frozen=True, slots=True)
class Staged:
    """What was read of one message or album; `is_kept` once it was added.

    `request` is where a title was asked for.
    """

    id: str
    articles: tuple[AddedArticle, ...]
    is_kept: bool = False
    request: TitleRequest | None = None


class StagedArticles:
    """The articles that wait, in a folder of the data folder."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    def put(self, articles: Sequence[AddedArticle], name: str = "") -> Staged:
        """Keep these articles until they are added, under a new id or the given one."""
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
            if time.time() - stored["at"] > STAGED_SECONDS:
                return None
            articles = tuple(decoded_article(one.encode()) for one in stored["articles"])
            asked = stored.get("request")
            request = TitleRequest(*map(int, asked)) if asked else None
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return Staged(name, articles, bool(stored["is_kept"]), request)

    def await_title(self, staged: Staged, request: TitleRequest) -> None:
        """Note where a title was asked for."""
        self._write(replace(staged, request=request))

    def awaiting(self, chat: int, message: int) -> Staged | None:
        """What waits for the title that is asked for in that message; None if nothing does."""
        waiting = (self.get(path.stem) for path in self._files())
        return next(
            (
                one
                for one in waiting
                if one is not None
                and one.request is not None
                and (one.request.chat, one.request.message) == (chat, message)
            ),
            None,
        )

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
            "request": astuple(staged.request) if staged.request is not None else None,
            "articles": [encoded(added).decode() for added in staged.articles],
        }
        write_private(self._folder / f"{staged.id}.json", json.dumps(fields).encode())

    def _forget_old(self) -> None:
        for path in self._files():
            with suppress(OSError):
                if time.time() - path.stat().st_mtime > STAGED_SECONDS:
                    path.unlink()

    def _files(self) -> Iterator[Path]:
        yield from self._folder.glob("*.json")
