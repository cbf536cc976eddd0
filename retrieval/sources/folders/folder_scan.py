"""The walk through a folder: which files are in it, and when was each changed? None is opened."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from retrieval.errors import ArticleError, FolderError, where
from retrieval.sources.file_kinds import FileKind, file_kinds

# Folders of other people's files, which tools put beside one's own.
INSTALLED = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})
# Marks in a place, so that places sort as the collection is ordered: files before folders.
FILE, FOLDER, END = b"\x01", b"\x02", b"\x00"
MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class ScannedFolder:
    """A folder that is looked through for files whose names end in `suffixes`.

    In a folder that `names_articles`, the path of a file gives the id of its article, and other
    files may have been meant as articles; else the file holds the id. One that is not `is_needed`
    may be missing or empty.
    """

    folder: Path
    suffixes: frozenset[str]
    names_articles: bool = True
    is_needed: bool = True


class FoundFile(NamedTuple):
    """A file that may be an article; `changed` is when it was modified, in nanoseconds.

    `mark` is a number of 128 bits that stands for place, size and time.
    """

    place: bytes
    location: bytes
    size: int
    changed: int
    mark: int

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(os.fsdecode(self.location))


@dataclass
class Scan:
    """What was found in all folders, in the order of the collection.

    `error` is why a folder that is needed could not be looked into; `others` are the files that
    are not read; `folders` are those that were looked into, each with its inode.
    """

    files: dict[bytes, FoundFile] = field(default_factory=dict)
    defects: list[ArticleError] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    folders: dict[str, int] = field(default_factory=dict)
    error: FolderError | None = None

    @cached_property
    def digest(self) -> bytes:
        """What stands for all of it, once it is whole: two scans with the same found the same."""
        total: int = sum(map(attrgetter("mark"), self.files.values()))
        return (total % (1 << 8 * MARK_BYTES)).to_bytes(MARK_BYTES, "big")

    @property
    def paths(self) -> list[Path]:
        """The files that may be articles."""
        return [found.path for found in self.files.values()]

    @property
    def unread(self) -> tuple[FileKind, ...]:
        """The kinds of files that are not read, the most frequent first."""
        return file_kinds(self.others)


def scan(folders: Iterable[ScannedFolder], before: Scan | None = None) -> Scan:
    """Look at each file of the folders and of those under them; hidden ones are passed over.

    What is as it was `before`, in the same folders, costs little and is the same object.
    """
    found = Scan()
    known = before.files if before is not None else {}
    for number, source in enumerate(folders):
        try:
            if source.is_needed:
                check_folder(source.folder)
            elif not source.folder.is_dir():
                continue
            walk = _Walk(found, source, known)
            walk.look_into(os.fsencode(source.folder), bytes([number]), inode_of(source.folder))
        except FolderError as error:
            found.error = error
    return found


def found_file(place: bytes, location: bytes, status: os.stat_result | None) -> FoundFile:
    """A file in that place of the collection, with its status if that is known."""
    size, changed = (status.st_size, status.st_mtime_ns) if status is not None else (0, 0)
    content = b"%b %d %d" % (place, size, changed)
    mark = int.from_bytes(blake2b(content, digest_size=MARK_BYTES).digest(), "big")
    return FoundFile(place, location, size, changed, mark)


def inode_of(folder: Path) -> int:
    """The inode of a folder, or of the one that a link leads to; 0 where there is none."""
    try:
        return folder.stat().st_ino
    except OSError:
        return 0


def check_folder(folder: Path) -> None:
    """Raise FolderError if there is no such folder."""
    try:
        exists = folder.exists()
    except (OSError, ValueError) as error:
        problem = "this is no name of a folder; name the folder that holds the articles"
        raise FolderError(f"{where(folder)[:200]}: {problem}") from error
    if not exists:
        raise FolderError(f"{where(folder)}: there is no such folder; create it or name another")
    if not folder.is_dir():
        raise FolderError(f"{where(folder)}: this is a file; name the folder that holds it")


def no_articles(source: ScannedFolder) -> FolderError:
    """The error of a folder without a file that could be an article."""
    problem = f"no file in this folder ends in {', '.join(sorted(source.suffixes))}"
    return FolderError(f"{where(source.folder)}: {problem}; put articles there")


class _Walk:
    """The way through one folder and those under it."""

    def __init__(
        self, found: Scan, source: ScannedFolder, known: Mapping[bytes, FoundFile]
    ) -> None:
        self._found = found
        self._source = source
        self._suffixes = frozenset(map(os.fsencode, source.suffixes))
        self._known = known

    def look_into(self, folder: bytes, place: bytes, inode: int) -> None:
        """The files of a folder, then those of the folders in it."""
        self._found.folders[os.fsdecode(folder)] = inode
        folders: list[os.DirEntry[bytes]] = []
        files, known, beginning = self._found.files, self._known, place + FILE
        for entry in self._entries(folder):
            name = entry.name
            if name.startswith(b"."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if os.fsdecode(name) not in INSTALLED:
                    folders.append(entry)
                continue
            at = beginning + name
            before = known.get(at)  # of each file at each look, so this comes first
            if before is not None and _is_as_before(entry, before):
                files[at] = before
            elif entry.is_symlink() and _path(entry).is_dir():
                self._note_link(_path(entry))
            else:
                self._add_file(entry, at)
        for entry in folders:
            self.look_into(entry.path, place + FOLDER + entry.name + END, entry.inode())

    def _entries(self, folder: bytes) -> list["os.DirEntry[bytes]"]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=attrgetter("name"))
        except OSError as error:
            path = Path(os.fsdecode(folder))
            problem, remedy = f"cannot be read ({error.strerror})", "check its permissions"
            if path == self._source.folder and self._source.is_needed:
                raise FolderError(f"{where(path)}: {problem}; {remedy}") from error
            self._found.defects.append(ArticleError(path, f"this folder {problem}", remedy))
            return []

    def _note_link(self, path: Path) -> None:
        """A link to a folder may lead round in a circle, so it is named and not followed."""
        if path.name not in INSTALLED:
            problem = "this link to a folder is not followed"
            error = ArticleError(path, problem, "put the folder itself there")
            self._found.defects.append(error)

    def _add_file(self, entry: "os.DirEntry[bytes]", at: bytes) -> None:
        if not _is_text_file(entry):
            return
        # Of each file of a folder that may hold many, so without a `Path` or text.
        _, dot, ending = entry.name.rpartition(b".")
        if dot + ending.lower() in self._suffixes:
            self._found.files[at] = found_file(at, entry.path, _status(entry))
        elif self._source.names_articles:
            self._found.others.append(_path(entry))


def _path(entry: "os.DirEntry[bytes]") -> Path:
    return Path(os.fsdecode(entry.path))


def _is_as_before(entry: "os.DirEntry[bytes]", before: FoundFile) -> bool:
    try:
        status = entry.stat()
        is_same = status.st_size == before.size and status.st_mtime_ns == before.changed
        return is_same and entry.is_file()
    except OSError:
        return False


def _is_text_file(entry: "os.DirEntry[bytes]") -> bool:
    """False for a pipe or a device, which would be waited for, and for a link to one.

    A link that leads nowhere is one; reading it says what is wrong.
    """
    try:
        return entry.is_file() or (entry.is_symlink() and not _path(entry).exists())
    except OSError:  # it links to itself, or may not be looked at
        return True


def _status(entry: "os.DirEntry[bytes]") -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:  # it has just gone; reading it says so
        return None
