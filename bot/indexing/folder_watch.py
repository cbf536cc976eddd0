"""When the files of a collection are to be looked at, and which of them may have changed."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from retrieval.sources.folders.folder_scan import Scan, inode_of

if TYPE_CHECKING:
    from bot.indexing.folder_events import FolderEvents

LOOK_AT_FILES_SECONDS = 0.7
LOOK_SHARE = 50  # looking takes at most one fiftieth of the time
# From so many files on, the operating system reports changes, and looks wait for its reports.
MANY_FILES = 2000
TOLD_LOOKS = 5  # looks that may follow reports at once, before there is a pause
UNTOLD_SECONDS = 60  # between scans for changes that are not reported

Told: TypeAlias = frozenset[str] | None  # the paths that may have changed; None if any may have


class FolderWatch:
    """Says what to look at next; `pause` is for how many seconds not to look again."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._events: FolderEvents | None = None
        self._told: Told = None
        self._looked = self._spent = 0.0  # seconds: when, and what looking took of late
        self.pause = LOOK_AT_FILES_SECONDS

    def told(self, seen: Scan | None) -> Told:
        """What may have changed since `seen`, when files are complete: as told the time before."""
        events = self._events
        if events is None or not events.are_told or seen is None:
            return None
        told, self._told = self._told, None if self._are_others(seen) else events.paths()
        is_late = time.monotonic() - self._looked > max(UNTOLD_SECONDS, LOOK_SHARE * self._spent)
        return None if is_late else told

    def look_again(self, told: Told) -> None:
        """What was told is to be looked at once more, because it was not complete."""
        self._told = None if told is None or self._told is None else self._told | told

    def looked(self, found: Scan, began: float) -> None:
        """Note that files were looked at from `began` until now, and how they were found."""
        seconds = time.monotonic() - began
        afforded = TOLD_LOOKS * seconds if self._watch(found) else 0.0
        self._spent = max(0.0, self._spent - (began - self._looked) / LOOK_SHARE) + seconds
        self._looked = began
        self.pause = max(LOOK_AT_FILES_SECONDS, LOOK_SHARE * (self._spent - afforded))

    def _watch(self, found: Scan) -> bool:
        """Have changes of many files reported; returns whether they are."""
        if len(found.files) < MANY_FILES:
            self._events = None
            return False
        if self._events is None:
            from bot.indexing.folder_events import FolderEvents

            self._events = FolderEvents()
        if self._events.watch(found.folders):
            self._told = None  # it may have happened since the scan
        return self._events.are_told

    def _are_others(self, seen: Scan) -> bool:
        """Whether one of the folders is another one than was looked into."""
        return any(inode_of(one) != seen.folders.get(str(one), 0) for one in self._folders)
