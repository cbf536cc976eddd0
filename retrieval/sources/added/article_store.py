"""The store of added articles: a file each, written whole or not at all, each change undoable."""

import hashlib
import json
import logging
import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from retrieval.errors import RetrievalError
from retrieval.sources.added.added_article import AddedArticle, decoded_article, encoded
from retrieval.sources.private_files import write_private

FOLDER = "articles"
BEFORE = "articles-before"
LAST = "last-change.json"
LOCK_SECONDS = 30
UNSAFE = re.compile(r"[^a-z0-9-]+")

log = logging.getLogger(__name__)


class ArticleStoreError(RetrievalError):
    """The store cannot be changed; the text says why and what to do."""


class ArticleStore:
    """The added articles of a data folder.

    Readers need no lock: a file is replaced by a rename, so that they see the old article or the
    new one. Writers take turns. Of each article one former version is kept, for `undo`.
    """

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self._before = data / BEFORE
        self._lock = data / f"{FOLDER}.lock"

    def all(self) -> tuple[AddedArticle, ...]:
        """All articles in the order of their ids; a file that is none is named in the log."""
        found: list[AddedArticle] = []
        with suppress(OSError):
            found += filter(None, map(_read, sorted(self.folder.glob("*.json"))))
        return tuple(sorted(found, key=lambda added: added.article.id))

    def get(self, identity: str) -> AddedArticle | None:
        """The article of that id; None if none was added."""
        return _read(self.folder / file_name(identity))

    def put(self, articles: Sequence[AddedArticle], *, goes_on: bool = False) -> None:
        """Add articles, or change those of their ids, as one change. Raises ArticleStoreError.

        `goes_on`: as a part of the change before, so that both are undone together.
        """
        with self._changing([a.article.id for a in articles], goes_on=goes_on):
            for added in articles:
                write_private(self.folder / file_name(added.article.id), encoded(added))

    def note(self, added: AddedArticle) -> None:
        """Note how an article was found by its server; nothing that `undo` takes back."""
        with self._locked():
            if self.get(added.article.id) is not None:
                write_private(self.folder / file_name(added.article.id), encoded(added))

    def remove(self, identities: Sequence[str]) -> None:
        """Remove the articles of these ids, as one change. Raises ArticleStoreError."""
        with self._changing(identities):
            for identity in identities:
                (self.folder / file_name(identity)).unlink(missing_ok=True)

    def removed(self) -> tuple[AddedArticle, ...]:
        """What can be restored of articles that are there no more."""
        found: list[AddedArticle] = []
        with suppress(OSError):
            paths = self._before.glob("*.json")
            gone = (path for path in paths if not (self.folder / path.name).exists())
            found += filter(None, (_read(path) for path in sorted(gone) if path.name != LAST))
        return tuple(found)

    def undo(self) -> list[str]:
        """Take the last change back; the ids of the articles that it was about, if any.

        Raises ArticleStoreError.
        """
        with self._locked():
            identities = self._last()
            for identity in identities:
                self._restore(identity)
            (self._before / LAST).unlink(missing_ok=True)
            return identities

    def restore(self, identity: str) -> None:
        """Take the last change of one article back. Raises ArticleStoreError."""
        with self._locked():
            self._restore(identity)

    def _restore(self, identity: str) -> None:
        name = file_name(identity)
        former = self._before / name
        try:
            if former.exists():
                write_private(self.folder / name, former.read_bytes())
                former.unlink()
            else:
                (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error

    def _last(self) -> list[str]:
        """The ids of the articles that the last change was about."""
        try:
            change = json.loads((self._before / LAST).read_bytes())
            return [str(identity) for identity in change["articles"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    @contextmanager
    def _changing(self, identities: Sequence[str], *, goes_on: bool = False) -> Iterator[None]:
        """Keep what these articles were before the change that the block makes."""
        with self._locked():
            before = self._last() if goes_on else []
            try:
                for identity in set(identities) - set(before):
                    self._keep(file_name(identity))
                change = {"articles": [*dict.fromkeys((*before, *identities))], "at": time.time()}
                write_private(self._before / LAST, json.dumps(change).encode())
                yield
            except OSError as error:
                raise unwritable(self.folder, error) from error

    def _keep(self, name: str) -> None:
        try:
            content = (self.folder / name).read_bytes()
        except FileNotFoundError:
            (self._before / name).unlink(missing_ok=True)
        else:
            write_private(self._before / name, content)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with write_lock(self._lock):
            yield


def file_name(identity: str) -> str:
    """The name of the article's file: readable, and different for each id."""
    digest = hashlib.sha256(identity.encode("utf-8", "replace")).hexdigest()[:10]
    readable = UNSAFE.sub("-", identity.casefold()).strip("-")[:60].strip("-")
    return f"{readable}-{digest}.json" if readable else f"{digest}.json"


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Lock the store against other writers during the block; raises ArticleStoreError."""
    from filelock import FileLock, Timeout  # which readers do without

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with FileLock(path, timeout=LOCK_SECONDS, mode=0o600):
            yield
    except Timeout:
        problem = f"{path}: another process is changing the articles"
        raise ArticleStoreError(f"{problem}; try again when it is done") from None
    except OSError as error:
        raise unwritable(path, error) from error


def _read(path: Path) -> AddedArticle | None:
    try:
        return decoded_article(path.read_bytes())
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        log.warning("%s: the article cannot be read (%s); add it again", path, error)
        return None


def unwritable(folder: Path, error: OSError) -> ArticleStoreError:
    """The error of a file that cannot be written."""
    problem = f"{folder}: cannot be changed ({error.strerror or error})"
    return ArticleStoreError(f"{problem}; check its permissions and that there is room")
