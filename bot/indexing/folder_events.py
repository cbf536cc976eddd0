"""Changes in folders as the operating system tells them. Only this module imports watchfiles."""

from collections.abc import Generator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

import watchfiles
from watchfiles.main import FileChange

AT_ONCE = 1  # milliseconds: what has happened is only collected, not waited for

_Changes: TypeAlias = Generator[set[FileChange], None, None]


class FolderEvents:
    """Tells what may have changed in folders, without a look into them.

    Only in those that are named, not in those under them: what is passed over is not watched, and
    links are not followed. Not all is told: not what another machine changes on a disk that is
    shared, nor changes of what a link leads to.
    """

    def __init__(self) -> None:
        self._folders: Mapping[str, int] = {}
        self._named: dict[Path, str] = {}  # the folders as they are named, by their absolute paths
        self._changes: _Changes | None = None

    @property
    def are_told(self) -> bool:
        """Whether changes are reported; the operating system may not allow that many folders."""
        return self._changes is not None

    def watch(self, folders: Mapping[str, int]) -> bool:
        """Watch these folders, each with its inode; whether they are others than until now.

        What happened in new ones before is not told.
        """
        if folders == self._folders:
            return False
        self._folders, self._changes = folders, None
        self._named = {Path(folder).absolute(): folder for folder in folders}
        changes: _Changes = watchfiles.watch(
            *folders,
            watch_filter=None,
            debounce=AT_ONCE,
            step=AT_ONCE,
            rust_timeout=AT_ONCE,
            yield_on_timeout=True,
            force_polling=False,
            recursive=False,
            ignore_permission_denied=True,
        )
        # One has just gone, or has no name in UTF-8, or there are more than may be watched.
        with suppress(OSError, ValueError, RuntimeError):
            next(changes)
            self._changes = changes
        return True

    def paths(self) -> frozenset[str]:
        """Where anything has happened since this was asked the last time."""
        if self._changes is None:
            return frozenset()
        happened = frozenset(self._as_named(Path(path)) for _, path in next(self._changes))
        # One that was removed and made again is another one, even if its inode is the same.
        if not happened.isdisjoint(self._folders):
            self._folders = {}
        return happened

    def _as_named(self, path: Path) -> str:
        """A path that was reported, below its folder as that is named."""
        folder = self._named.get(path.parent)
        return self._named.get(path, str(path) if folder is None else str(Path(folder, path.name)))
