"""The walk through a folder: which files are in it, and when was each changed? None is opened."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from retrieval.errors import ArticleError, FolderError, where
from retrieval.sources.file_kinds import FileKind, file_kinds

# Folders of other people's files, which tools put beside one's own.
INSTALLED = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})
# Marks in a place, so that places sort as the collection is ordered: files before folders.
FILE, FOLDER, END = b"\x01", b"\x02", b"\x00"


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

    `error` is why a folder that is needed could not be looked into; `others` are the files that
    are not read.
    """

    files: dict[bytes, FoundFile] = field(default_factory=dict)
    defects: list[ArticleError] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    error: FolderError | None = None

    @cached_property
    def digest(self) -> bytes:
        """What stands for all of it, once it is whole: two scans with the same found the same."""
        digest = blake2b(digest_size=16)
        for found in self.files.values():
            digest.update(b"%b %d %d\n" % (found.place, found.size, found.changed))
        return digest.digest()

    @property
    def paths(self) -> list[Path]:
        """The files that may be articles."""
        return [found.path for found in self.files.values()]

    @property
    def unread(self) -> tuple[FileKind, ...]:
        """The kinds of files that are not read, the most frequent first."""
        return file_kinds(self.others)


def scan(folders: Iterable[ScannedFolder]) -> Scan:
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


def _look_into(found: Scan, source: ScannedFolder, folder: Path, place: bytes) -> None:
    """The files of a folder, then those of the folders in it."""
    folders: list[os.DirEntry[str]] = []
    for entry in _entries(found, source, folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in INSTALLED:
                folders.append(entry)
        elif entry.is_symlink() and Path(entry.path).is_dir():
            _note_link(found, Path(entry.path))
        else:
            _add_file(found, source, entry, place)
    for entry in folders:
        inside = place + FOLDER + os.fsencode(entry.name) + END
        _look_into(found, source, Path(entry.path), inside)


def _entries(found: Scan, source: ScannedFolder, folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return iter(sorted(entries, key=lambda entry: os.fsencode(entry.name)))
    except OSError as error:
        problem, remedy = f"cannot be read ({error.strerror})", "check its permissions"
        if folder == source.folder and source.is_needed:
            raise FolderError(f"{where(folder)}: {problem}; {remedy}") from error
        found.defects.append(ArticleError(folder, f"this folder {problem}", remedy))
        return iter(())


def _note_link(found: Scan, path: Path) -> None:
    """A link to a folder may lead round in a circle, so it is named and not followed."""
    if path.name not in INSTALLED:
        problem = "this link to a folder is not followed"
        found.defects.append(ArticleError(path, problem, "put the folder itself there"))


def _add_file(found: Scan, source: ScannedFolder, entry: "os.DirEntry[str]", place: bytes) -> None:
    if not _is_text_file(entry):
        return
    # Of each file at each look, so without a `Path`.
    ending = os.path.splitext(entry.name)[1].lower()  # noqa: PTH122
    if ending in source.suffixes:
        at = place + FILE + os.fsencode(entry.name)
        size, changed = _size_and_time(entry)
        found.files[at] = FoundFile(at, entry.path, size, changed)
    elif source.names_articles:
        found.others.append(Path(entry.path))


def _is_text_file(entry: "os.DirEntry[str]") -> bool:
    """False for a pipe or a device, which would be waited for, and for a link to one.

    A link that leads nowhere is one; reading it says what is wrong.
    """
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:  # it links to itself, or may not be looked at
        return True


def _size_and_time(entry: "os.DirEntry[str]") -> tuple[int, int]:
    try:
        status = entry.stat()
    except OSError:  # it has just gone; reading it says so
        return 0, 0
    return status.st_size, status.st_mtime_ns
