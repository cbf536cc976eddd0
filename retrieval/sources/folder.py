"""Reads a folder into articles, with the defects of the files that are none."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.articles import Article, Collection
from retrieval.errors import ArticleError, FolderError, where
from retrieval.sources.files import SUFFIXES, Detector, read_article


@dataclass(frozen=True, slots=True)
class Loaded:
    """The usable articles of a folder, and one error for each file that is not."""

    collection: Collection
    defects: tuple[ArticleError, ...]


def load_folder(folder: Path, detect_language: Detector) -> Loaded:
    """All articles in the folder and the folders under it, in the order of their paths.

    A broken file does not take the others down: it is reported in `defects`. Raises FolderError
    if the folder cannot be read or holds no file that could be an article.
    """
    paths = list(_article_files(folder))
    if not paths:
        kinds = " or ".join(sorted(SUFFIXES))
        raise FolderError(f"{where(folder)}: no {kinds} file in this folder; put articles there")
    articles: dict[str, Article] = {}
    origins: dict[str, Path] = {}
    defects = []
    for path in paths:
        try:
            article = read_article(path, detect_language)
        except ArticleError as error:
            defects.append(error)
            continue
        except RecursionError:
            remedy = "make it simpler"
            defects.append(ArticleError(path, "its markup is nested too deeply", remedy))
            continue
        if article.id in articles:
            problem = f"its id {article.id!r} is also that of {where(origins[article.id])}"
            defects.append(ArticleError(path, problem, "rename one of the two files"))
            continue
        articles[article.id] = article
        origins[article.id] = path
    return Loaded(Collection(list(articles.values())), tuple(defects))


def _article_files(folder: Path) -> Iterator[Path]:
    try:
        exists = folder.exists()
    except (OSError, ValueError) as error:
        problem = "this is no name of a folder; name the folder that holds the articles"
        raise FolderError(f"{where(folder)[:200]}: {problem}") from error
    if not exists:
        raise FolderError(f"{where(folder)}: there is no such folder; create it or name another")
    if not folder.is_dir():
        raise FolderError(f"{where(folder)}: this is a file; name the folder that holds it")

    def refuse(error: OSError) -> None:
        at = where(Path(str(error.filename or folder)))
        raise FolderError(f"{at}: cannot be read ({error.strerror}); check its permissions")

    for root, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            hidden = name.startswith(".")
            if path.suffix.lower() in SUFFIXES and not hidden and _is_text_file(path):
                yield path


def _is_text_file(path: Path) -> bool:
    """False for a pipe or a device, which would be waited for; a dead link is reported later."""
    return path.is_file() or (path.is_symlink() and not path.exists())
