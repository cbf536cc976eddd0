"""Which files are in a folder, and when was each changed? One look at each, no file is opened."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import TypeAlias

from retrieval.errors import ArticleError, FolderError, where
from retrieval.sources.files import ReadFile
from retrieval.sources.folder import INSTALLED, FileKind, check_folder

# Marks in a place, so that places sort as the collection is ordered: files before folders.
FILE, FOLDER, END = b"\x01", b"\x02", b"\x00"

# Reads the file at a path into an article of that id, or of its own where that is None.
Reader: TypeAlias = Callable[[Path, str | None], ReadFile]


@dataclass(frozen=True, slots=True)
class SourceFolder:
    """A folder of files that articles are read from.

    `suffixes` are the endings of files that are read. In a folder that `names_articles`, the path
    of a file gives the id of its article; else the file holds it. One that is not `needed` may be
    missing or empty.
    """

    folder: Path
    suffixes: frozenset[str]
    read: Reader
    names_articles: bool = True
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that may be an article; `changed` is when it was modified, in nanoseconds."""

    place: bytes
    location: str
    size: int
    changed: int

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.location)


@dataclass
class Scan:
    """What was found in all folders, in the order of the collection.

    `error` is why a folder that is needed could not be looked into.
    """

    files: dict[bytes, FoundFile] = field(default_factory=dict)
    defects: list[ArticleError] = field(default_factory=list)
    others: dict[str, list[Path]] = field(default_factory=dict)
    error: FolderError | None = None

    @cached_property
    def digest(self) -> bytes:
        """What stands for all of it, once it is whole: two scans with the same found the same."""
        digest = blake2b(digest_size=16)
        for found in self.files.values():
            digest.update(b"%b %d %d\n" % (found.place, found.size, found.changed))
        return digest.digest()

    @property
    def unread(self) -> tuple[FileKind, ...]:
        """The kinds of files that are not read, the most frequent first."""
        kinds = [FileKind(ending, len(paths), paths[0]) for ending, paths in self.others.items()]
        return tuple(sorted(kinds, key=lambda kind: (-kind.count, kind.ending)))


def scan(folders: list[SourceFolder]) -> Scan:
    """Look at each file of the folders and of those under them; hidden ones are passed over."""
    found = Scan()
    for number, source in enumerate(folders):
        try:
            if source.is_needed:
                check_folder(source.folder)
            elif not source.folder.is_dir():
                continue
            _look_into(found, source, source.folder, bytes([number]))
        except FolderError as error:
            found.error = error
    return found


def _look_into(found: Scan, source: SourceFolder, folder: Path, place: bytes) -> None:
    """The files of a folder, then those of the folders in it."""
    folders: list[os.DirEntry[str]] = []
    for entry in _entries(found, source, folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in INSTALLED:
                folders.append(entry)
        elif entry.is_symlink() and entry.is_dir():
            _note_link(found, Path(entry.path), entry.name)
        else:
            _add_file(found, source, entry, place)
    for entry in folders:
        inside = place + FOLDER + os.fsencode(entry.name) + END
        _look_into(found, source, Path(entry.path), inside)


def _entries(found: Scan, source: SourceFolder, folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return iter(sorted(entries, key=lambda entry: os.fsencode(entry.name)))
    except OSError as error:
        problem, remedy = f"cannot be read ({error.strerror})", "check its permissions"
        if folder == source.folder and source.is_needed:
            raise FolderError(f"{where(folder)}: {problem}; {remedy}") from error
        found.defects.append(ArticleError(folder, f"this folder {problem}", remedy))
        return iter(())


def _note_link(found: Scan, path: Path, name: str) -> None:
    """A link to a folder may lead round in a circle, so it is named and not followed."""
    if name not in INSTALLED:
        problem = "this link to a folder is not followed"
        found.defects.append(ArticleError(path, problem, "put the folder itself there"))


def _add_file(found: Scan, source: SourceFolder, entry: "os.DirEntry[str]", place: bytes) -> None:
    # Of each file at each look, so without a `Path`.
    ending = os.path.splitext(entry.name)[1].lower().rstrip(".")  # noqa: PTH122
    if ending not in source.suffixes:
        if source.names_articles and entry.is_file():
            found.others.setdefault(ending, []).append(Path(entry.path))
        return
    try:
        size, changed = 0, 0
        if entry.is_file():
            status = entry.stat()
            size, changed = status.st_size, status.st_mtime_ns
        elif not entry.is_symlink():  # a pipe or a device, which would be waited for
            return
    except OSError:  # it has just gone, or may not be looked at; reading it says so
        size, changed = 0, 0
    at = place + FILE + os.fsencode(entry.name)
    found.files[at] = FoundFile(at, entry.path, size, changed)
