"""The files of folders after a few changes: only those that are told of are looked at again."""

import os
import stat
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.sources.folders.folder_scan import (
    END,
    FILE,
    FOLDER,
    Scan,
    ScannedFolder,
    found_file,
)

MOST_TOLD = 1000  # paths; a scan finds more about as quickly
LOST = "\ufffd"  # stands in a path for what is no UTF-8


def rescan(folders: Sequence[ScannedFolder], before: Scan, told: Collection[str]) -> Scan | None:
    """The scan of the folders if nothing has changed but those paths; new files stand last.

    None where a scan has to tell: where a folder, a link or a file that is not read came or went.
    """
    if before.error or len(told) > MOST_TOLD:
        return None
    files = dict(before.files)
    for location in told:
        path = Path(location)
        if path.name.startswith("."):
            continue
        places = list(_places(folders, path))
        is_file_there = str(path.parent) in before.folders and location not in before.folders
        if not places or not is_file_there or LOST in location:
            return None
        try:
            status = path.lstat()
        except FileNotFoundError:
            for place in places:
                files.pop(place, None)
            continue
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        for place in places:
            files[place] = found_file(place, os.fsencode(location), status)
    return replace(before, files=files)


def _places(folders: Sequence[ScannedFolder], path: Path) -> Iterator[bytes]:
    """The places of a file in the order of the collection, if it may be an article."""
    for number, source in enumerate(folders):
        if path.suffix.lower() in source.suffixes and path.is_relative_to(source.folder):
            *above, name = map(os.fsencode, path.relative_to(source.folder).parts)
            inner = b"".join(FOLDER + part + END for part in above)
            yield bytes([number]) + inner + FILE + name
