"""Reads a folder into articles, with the defects of the files that are none."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from retrieval.articles import Article, Collection
from retrieval.errors import ArticleError, FolderError, where
from retrieval.sources.article_ids import article_ids
from retrieval.sources.files import (
    DOCUMENT_SUFFIXES,
    SUFFIXES,
    Detector,
    ReadDocument,
    read_article,
)

# Folders of other people's files, which tools put beside one's own.
INSTALLED = frozenset({"node_modules", "bower_components", "__pycache__", "site-packages"})
# The endings of files that people write texts in, and that may have been meant as articles.
# fmt: off
MEANT_AS_ARTICLES = frozenset({
    ".html", ".htm", ".xhtml", ".pdf", ".docx", ".doc", ".odt", ".rtf", ".pages", ".epub", ".rst",
    ".adoc", ".asciidoc", ".org", ".tex", ".wiki", ".mediawiki", ".textile", ".ipynb", ".pptx",
    ".ppt", ".odp", ".xlsx", ".xls", ".ods", ".csv", ".tsv",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one kind: their ending, how many there are, and the first of them.

    `ending` is in lower case with its dot, or empty.
    """

    ending: str
    count: int
    example: Path

    @property
    def is_document(self) -> bool:
        """Whether such a file holds a text as a rule, and no picture, program or setting."""
        return self.ending in MEANT_AS_ARTICLES

    def __str__(self) -> str:
        files = "1 file" if self.count == 1 else f"{self.count:,} files"
        kind = f"the ending {self.ending}" if self.ending else "no ending"
        remedy = "save as .md or .txt what is an article"
        if self.ending in DOCUMENT_SUFFIXES:
            remedy = "to have them read, pip install 'footnote-bot[ingest]'"
        return f"{where(self.example)}: {files} with {kind} cannot be read; {remedy}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The usable articles of a folder, and what is wrong with the other files.

    `defects` are of files that cannot be used, or of which something cannot; `broken` is how
    many files give no article; `read` and `unread` are the kinds of files, the most frequent
    first; `leftovers` are places where markup is left in a text, if they
    were asked for.
    """

    collection: Collection
    defects: tuple[ArticleError, ...]
    broken: int = 0
    read: tuple[FileKind, ...] = ()
    unread: tuple[FileKind, ...] = ()
    leftovers: tuple[ArticleError, ...] = ()


@dataclass(slots=True)
class _Found:
    """The files of a folder: those that are read, others, and what was passed over."""

    articles: list[Path] = field(default_factory=list)
    others: list[Path] = field(default_factory=list)
    defects: list[ArticleError] = field(default_factory=list)


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
    found = _files(folder, suffixes)
    if not found.articles:
        kinds = ", ".join(sorted(suffixes))
        problem = f"no file in this folder ends in {kinds}"
        raise FolderError(f"{where(folder)}: {problem}; put articles there")
    ids = article_ids(path.relative_to(folder) for path in found.articles)
    articles: list[Article] = []
    defects = list(found.defects)
    leftovers: list[ArticleError] = []
    for path in found.articles:
        identity = ids[path.relative_to(folder)]
        read = read_article(path, detect_language, identity, read_document, check=check)
        defects += read.defects
        leftovers += read.leftovers
        if read.article is not None:
            articles.append(read.article)
    return Loaded(
        Collection(articles),
        tuple(defects),
        len(found.articles) - len(articles),
        _kinds(found.articles),
        _kinds(found.others),
        tuple(leftovers),
    )


def ids_in(folder: Path) -> set[str]:
    """The ids of the articles in a folder, whatever is in the files; none if it cannot be read."""
    try:
        found = _files(folder, SUFFIXES | DOCUMENT_SUFFIXES)
    except FolderError:
        return set()
    return set(article_ids(path.relative_to(folder) for path in found.articles).values())


def readable_files(folder: Path) -> list[Path]:
    """The files in a folder and those under it that may be articles; raises FolderError."""
    return _files(folder, SUFFIXES | DOCUMENT_SUFFIXES).articles


def _files(folder: Path, suffixes: frozenset[str]) -> _Found:
    """The files below a folder; hidden ones and those that tools install are passed over."""
    check_folder(folder)
    found = _Found()

    def refuse(error: OSError) -> None:
        at = Path(str(error.filename or folder))
        problem, remedy = f"cannot be read ({error.strerror})", "check its permissions"
        if at == folder:
            raise FolderError(f"{where(at)}: {problem}; {remedy}")
        found.defects.append(ArticleError(at, f"this folder {problem}", remedy))

    for root, folders, names in os.walk(folder, onerror=refuse):
        _note_links(found, root, folders)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in INSTALLED
        )
        for name in sorted(names):
            if not name.startswith("."):
                _add_file(found, Path(root, name), suffixes)
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


def _note_links(found: _Found, root: str, folders: Iterable[str]) -> None:
    """A link to a folder may lead round in a circle, so it is named and not followed."""
    for name in sorted(folders):
        path = Path(root, name)
        if not name.startswith(".") and name not in INSTALLED and path.is_symlink():
            problem = "this link to a folder is not followed"
            found.defects.append(ArticleError(path, problem, "put the folder itself there"))


def _add_file(found: _Found, path: Path, suffixes: frozenset[str]) -> None:
    if _is_text_file(path):
        is_read = path.suffix.lower() in suffixes
        (found.articles if is_read else found.others).append(path)


def _kinds(paths: Sequence[Path]) -> tuple[FileKind, ...]:
    counts = Counter(path.suffix.lower() for path in paths)
    examples = {path.suffix.lower(): path for path in reversed(paths)}
    endings = sorted(counts, key=lambda ending: (-counts[ending], ending))
    return tuple(FileKind(ending, counts[ending], examples[ending]) for ending in endings)


def _is_text_file(path: Path) -> bool:
    """False for a pipe or a device, which would be waited for; a dead link is reported later."""
    return path.is_file() or (path.is_symlink() and not path.exists())
