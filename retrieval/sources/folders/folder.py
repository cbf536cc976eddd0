"""Reads a folder into articles, with the defects of the files that are none."""

from dataclasses import dataclass
from pathlib import Path

from retrieval.articles import Collection
from retrieval.errors import ArticleError, FolderError
from retrieval.sources.article_file import Detector, ReadDocument, read_article
from retrieval.sources.article_ids import article_ids
from retrieval.sources.file_kinds import DOCUMENT_SUFFIXES, SUFFIXES, FileKind, file_kinds
from retrieval.sources.folders.folder_scan import Scan, ScannedFolder, no_articles, scan


@dataclass(frozen=True, slots=True)
class Loaded:
    """The usable articles of a folder, and what is wrong with the other files.

    `defects` are of files that cannot be used, or of which something cannot; `broken` is how
    many of them give no article; `read` and `unread` are the kinds of files, the most frequent
    first; `leftovers` are places where markup is left in a text, and pages without text, if they
    were asked for.
    """

    collection: Collection
    defects: tuple[ArticleError, ...]
    broken: int = 0
    read: tuple[FileKind, ...] = ()
    unread: tuple[FileKind, ...] = ()
    leftovers: tuple[ArticleError, ...] = ()


def load_folder(
    folder: Path,
    detect_language: Detector,
    read_document: ReadDocument | None = None,
    *,
    check: bool = False,
) -> Loaded:
    """All articles in the folder and the folders under it, in the order of their paths.

    Documents are passed over unless `read_document` reads them. A broken file does not take the
    others down: it is reported in `defects`. `check` also looks for markup that is left in the
    texts. Raises FolderError if the folder cannot be read or holds no file that could be an
    article.
    """
    suffixes = SUFFIXES if read_document is None else SUFFIXES | DOCUMENT_SUFFIXES
    source = ScannedFolder(folder, suffixes)
    found = _scanned(source)
    paths = found.paths
    if not paths:
        raise no_articles(source)
    ids = article_ids(path.relative_to(folder) for path in paths)
    files = [
        read_article(
            path, detect_language, ids[path.relative_to(folder)], read_document, check=check
        )
        for path in paths
    ]
    return Loaded(
        Collection([file.article for file in files if file.article is not None]),
        (*found.defects, *(defect for file in files for defect in file.defects)),
        sum(file.article is None and bool(file.defects) for file in files),
        file_kinds(paths),
        found.unread,
        tuple(leftover for file in files for leftover in file.leftovers),
    )


def ids_in(folder: Path) -> set[str]:
    """The ids of the articles in a folder, whatever is in the files; none if it cannot be read."""
    try:
        paths = readable_files(folder)
    except FolderError:
        return set()
    return set(article_ids(path.relative_to(folder) for path in paths).values())


def readable_files(folder: Path) -> list[Path]:
    """The files in a folder and those under it that may be articles; raises FolderError."""
    return _scanned(ScannedFolder(folder, SUFFIXES | DOCUMENT_SUFFIXES)).paths


def _scanned(source: ScannedFolder) -> Scan:
    found = scan([source])
    if found.error:
        raise found.error
    return found
